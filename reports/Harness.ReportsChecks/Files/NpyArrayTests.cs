using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

public class NpyArrayTests
{
    [Test]
    public void Write_MatrixOfDoubles_IsByteForByteWhatNumPyWrites()
    {
        // numpy.save("a.npy", numpy.array([[1.0, 2.0], [-0.5, 0.0]])), NumPy 1.26.
        using var folder = new TemporaryFolder();
        NpyArray.Write<double>(folder["a.npy"], new[] { 1.0, 2.0, -0.5, 0.0 }, 2, 2);
        byte[] header = [0x93, .. "NUMPY"u8, 1, 0, 0x76, 0, .. Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }".PadRight(117) + "\n")];
        byte[] numbers = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0xE0, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.That(File.ReadAllBytes(folder["a.npy"]), Is.EqualTo((byte[])[.. header, .. numbers]));
    }

    [Test]
    public void WriteThenRead_AnyDoubles_GivesTheSameBits() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Shapes()), shape =>
    {
        using var folder = new TemporaryFolder();
        var random = new Random(shape.Length);
        var values = Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).ToArray();
        NpyArray.Write<double>(folder["a.npy"], values, shape);
        var read = NpyArray.Read(folder["a.npy"]);
        return read.ElementType == "<f8" && read.Shape.SequenceEqual(shape)
            && read.Values.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(values.Select(BitConverter.DoubleToInt64Bits));
    }));

    [Test]
    public void WriteThenRead_Floats_KeepsTypeAndValues()
    {
        using var folder = new TemporaryFolder();
        NpyArray.Write<float>(folder["a.npy"], new[] { 0.1f, float.MaxValue, float.Epsilon }, 3);
        var read = NpyArray.Read(folder["a.npy"]);
        Assert.That((read.ElementType, read[0], read[2]), Is.EqualTo(("<f4", (double)0.1f, (double)float.Epsilon)));
    }

    [Test]
    public void Write_MoreThanOnePiece_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(0, (1 << 20) + 3).Select(i => (double)i).ToArray();
        NpyArray.Write<double>(folder["a.npy"], values, values.Length);
        Assert.That(NpyArray.Read(folder["a.npy"]).Values.SequenceEqual(values));
    }

    [Test]
    public void Read_FortranOrder_IsTurnedIntoCOrder() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Shapes()), shape =>
    {
        // Element (i, j, …) holds the number whose digits are its indices, in base 7; in Fortran order the first index runs fastest.
        using var folder = new TemporaryFolder();
        var count = shape.Aggregate(1, (a, b) => a * b);
        var fortran = Enumerable.Range(0, count).Select(place => (double)Digits(Indices(place, shape))).ToArray();
        var read = NpyArray.Read(folder.Write("f.npy", Npy("<f8", fortranOrder: true, shape, [.. fortran.SelectMany(BitConverter.GetBytes)])));
        return Enumerable.Range(0, count).All(place => read[Indices(place, shape)] == Digits(Indices(place, shape)));
    }));

    [TestCase("<i8", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [TestCase("<i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [TestCase("<i2", new byte[] { 0xFE, 0xFF }, -2)]
    [TestCase("|i1", new byte[] { 0xFE }, -2)]
    [TestCase("<u4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, 4294967294)]
    [TestCase("<u2", new byte[] { 0xFE, 0xFF }, 65534)]
    [TestCase("|u1", new byte[] { 0xFE }, 254)]
    public void Read_WholeNumbers_AreExact(string type, byte[] bytes, double expected)
    {
        using var folder = new TemporaryFolder();
        Assert.That(NpyArray.Read(folder.Write("i.npy", Npy(type, false, [1], bytes)))[0], Is.EqualTo(expected));
    }

    [Test]
    public void Read_Version2And3_HaveTheLongHeaderLength([Values(2, 3)] int version)
    {
        using var folder = new TemporaryFolder();
        var dictionary = "{'shape': (), 'fortran_order': False, 'descr': '<f8'}\n"u8;
        var file = folder.Write("v.npy", [0x93, .. "NUMPY"u8, (byte)version, 0, .. BitConverter.GetBytes(dictionary.Length), .. dictionary, .. BitConverter.GetBytes(2.5)]);
        Assert.That(NpyArray.Read(file).Values, Is.EqualTo([2.5]));
    }

    [TestCase("<f8", "(3,)", 16, "truncated or damaged")]
    [TestCase("<f8", "(1,)", 16, "truncated or damaged")]
    [TestCase("|O", "(1,)", 8, "elements of type '|O'")]
    [TestCase(">f8", "(1,)", 8, "astype('<f8')")]
    [TestCase("<U7", "(1,)", 28, "elements of type '<U7'")]
    [TestCase("<f8", "(1000000000000,)", 8, "more than an array can have")]
    [TestCase("<f8", "(1000000000, 1000000000, 1000000000, 1000000000)", 8, "more than fit in memory")]
    [TestCase("<f8", "(2000000000,)", 8, "truncated or damaged")]
    [TestCase("<f8", "(1, 1, 1, 1, 1)", 8, "5 dimensions")]
    [TestCase("<f8", "(-1,)", 8, "damaged header")]
    [TestCase("<f8", "7", 8, "damaged header")]
    public void Read_HeaderThatTheDataContradict_IsRefusedBeforeAnythingIsAllocated(string type, string shape, int bytes, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.npy", Npy(type, false, shape, new byte[bytes]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => NpyArray.Read(path), Throws.InstanceOf<DataFileException>().With.Message.StartsWith(path).And.Message.Contains(expected));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10 << 20), "16 GB were claimed");
    }

    [Test]
    public void Read_WholeNumberBeyondDoublePrecision_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("i.npy", Npy("<i8", false, [1], BitConverter.GetBytes((1L << 53) + 1)));
        Assert.That(() => NpyArray.Read(path), Throws.InstanceOf<DataFileException>().With.Message.Contains("too large"));
    }

    [Test]
    public void Read_EveryTruncation_IsRefused()
    {
        using var folder = new TemporaryFolder();
        NpyArray.Write<double>(folder["a.npy"], new[] { 1.0, 2.0 }, 2);
        var whole = File.ReadAllBytes(folder["a.npy"]);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write("cut.npy", whole[..length]);
            Assert.That(() => NpyArray.Read(path), Throws.InstanceOf<DataFileException>(), $"cut to {length} bytes");
        }
    }

    [Test]
    public void Write_ShapeOfAnotherSize_IsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => NpyArray.Write<double>(folder["a.npy"], new double[5], 2, 3), Throws.ArgumentException);
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public void Write_MissingFolder_IsADataFileException()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => NpyArray.Write<double>(Path.Combine(folder["none"], "a.npy"), new double[1], 1), Throws.InstanceOf<DataFileException>());
        Assert.That(() => NpyArray.Write<double>(folder[""], new double[1], 1), Throws.InstanceOf<DataFileException>().With.Message.Contains("is a folder"));
    }

    private static byte[] Npy(string type, bool fortranOrder, int[] shape, byte[] data) =>
        Npy(type, fortranOrder, shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})", data);

    private static byte[] Npy(string type, bool fortranOrder, string shape, byte[] data)
    {
        var dictionary = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortranOrder}, 'shape': {shape}, }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)dictionary.Length), .. dictionary, .. data];
    }

    /// <summary>Up to four dimensions of 0 to 4.</summary>
    private static Gen<int[]> Shapes() => Gen.Choose(0, NpyArray.HighestRank).SelectMany(rank => Gen.ArrayOf(Gen.Choose(0, 4), rank));

    private static int[] Indices(int place, int[] shape)
    {
        var indices = new int[shape.Length];
        for (var k = 0; k < shape.Length; k++)
        {
            (place, indices[k]) = Math.DivRem(place, shape[k]);
        }

        return indices;
    }

    private static int Digits(int[] indices) => indices.Aggregate(0, (number, digit) => (7 * number) + digit);
}
