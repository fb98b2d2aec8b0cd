using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

/// <summary>The safetensors format: types, limits, and files that lie.</summary>
public sealed class SafetensorsFileTests
{
    [Test]
    public void Read_EveryType_GivesItsNumbers()
    {
        using var folder = new TemporaryFolder();
        byte[] data = [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-2.5f), .. BitConverter.GetBytes((Half)0.25f), 0x80, 0x3f];
        Write(folder["t"], """{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"h":{"dtype":"F16","shape":[1,1],"data_offsets":[12,14]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[14,16]},"__metadata__":{"format":"pt"}}""", data);
        var tensors = SafetensorsFile.Read(folder["t"]);
        Assert.That(tensors.Keys, Is.EquivalentTo(["d", "f", "h", "b"]));
        Assert.That(((string[])["d", "f", "h", "b"]).Select(n => tensors[n].Values[0]), Is.EqualTo([1.5, -2.5, 0.25, 1.0]));
        Assert.That(tensors["h"].Shape, Is.EqualTo([1, 1]));
    }

    /// <summary>A base model's file has tensors of types that are not read: they do no harm where they are not asked for.</summary>
    [Test]
    public void Read_OfSomeTensors_SkipsTheOthers()
    {
        using var folder = new TemporaryFolder();
        byte[] data = [.. BitConverter.GetBytes(7L), .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(2.5f)];
        Write(folder["t"], """{"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", data);
        Assert.That(SafetensorsFile.Read(folder["t"], name => name == "w").Single().Value.Values, Is.EqualTo([1.5, 2.5]));
        Assert.That(() => SafetensorsFile.Read(folder["t"]), Throws.TypeOf<DataFileException>().With.Message.Contains("I64"));
    }

    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999]}}""")]
    [TestCase("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":{"shape":[1],"data_offsets":[0,8]}}""")]
    [TestCase("""{"a":[]}""")]
    [TestCase("[]")]
    [TestCase("{")]
    public void Read_HeaderThatLies_IsRefused(string header)
    {
        using var folder = new TemporaryFolder();
        Write(folder["t"], header, new byte[8]);
        Assert.That(() => SafetensorsFile.Read(folder["t"]), Throws.TypeOf<DataFileException>());
    }

    [TestCase(-1L)]
    [TestCase(long.MaxValue)]
    [TestCase(0L)]
    [TestCase(1_000_000L)]
    public void Read_LengthThatLies_IsRefused(long length)
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        File.WriteAllBytes(folder["t"], bytes);
        Assert.That(() => SafetensorsFile.Read(folder["t"]), Throws.TypeOf<DataFileException>());
    }

    /// <summary>Any file with any byte changed, or cut anywhere, is read or refused in a message; nothing else is thrown.</summary>
    [Test]
    public void Read_DamagedFile_IsReadOrRefused()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["t"], [("a.lora_A.weight", [2, 3], new float[6]), ("a.lora_B.weight", [4, 2], new float[8])]);
        var whole = File.ReadAllBytes(folder["t"]);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Gen.Choose(0, whole.Length - 1).Two().ToArbitrary(), damage =>
        {
            var (at, value) = damage;
            var bytes = at % 3 == 0 ? whole[..at] : [.. whole[..at], (byte)value, .. whole[(at + 1)..]];
            File.WriteAllBytes(folder["damaged"], bytes);
            try
            {
                SafetensorsFile.Read(folder["damaged"]);
            }
            catch (DataFileException)
            {
            }
        }));
    }

    private static void Write(string path, string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, Encoding.UTF8.GetByteCount(header));
        File.WriteAllBytes(path, [.. length, .. Encoding.UTF8.GetBytes(header), .. data]);
    }
}
