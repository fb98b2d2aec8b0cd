using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Data;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

/// <summary>Valid files, damaged: whatever is in a file, it is samples or a <see cref="DataFileException"/>, never anything else.</summary>
public class DelimitedFileFuzzTests
{
    private static readonly string[] Valid =
    [
        "5.1,3.5,a\n4.9,3.0,b\n7.0,3.2,a\n6.4,3.2,b\n",
        "\uFEFF\"x\";\"y\"\r\n1,82;0\r\n1,64;1\r\n1,75;0\r\n",
        "label\tx1\tx2\n0\t1\t2\n1\t3e-5\t4\n1\t5\t6\n",
        "rooms,price\n3,301.5\n2,-199\n5,603",
    ];

    private static readonly string[] Tokens =
        ["\"", ",", ";", "\t", "\n", "\r", "\r\n", "\0", "NaN", "-Infinity", "1e999", "-", ".", "e", " ", "\uFEFF", "é", "1,5", "\"a\nb\"", "=", "0x1F", "1_000", "sep=;\n", "\uD83D\uDE00", "9999999999999999999999"];

    [Test]
    public void Read_DamagedFile_GivesSamplesOrADataFileException()
    {
        using var folder = new TemporaryFolder();
        var path = folder["fuzz.csv"];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(Damaged(), Shrink), file =>
        {
            File.WriteAllBytes(path, file.Bytes);
            try
            {
                var data = DelimitedFile.Read(path, new() { Label = file.Label });
                return data.Count >= 2
                    && data.Inputs.All(double.IsFinite)
                    && data.Targets.All(y => Math.Abs(y) <= 1)
                    && UnitNormalisation.Apply(data).Inputs.All(double.IsFinite);
            }
            catch (DataFileException e)
            {
                return e.Message.StartsWith(path, StringComparison.Ordinal) && !e.Message.AsSpan().ContainsAny('\n', '\r', '\0');
            }
        }));
    }

    private static Gen<DamagedFile> Damaged() =>
        from text in Gen.Elements(Valid)
        from utf16 in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from seed in Gen.Choose(0, int.MaxValue)
        from hits in Gen.Choose(0, 6)
        from label in Gen.Elements(null, "last", "first", "x", "2", "", "\0")
        select new DamagedFile(Damage([.. utf16 ? Encoding.Unicode.GetPreamble() : [], .. (utf16 ? Encoding.Unicode : Encoding.UTF8).GetBytes(text)], hits, new Random(seed)), label);

    private static byte[] Damage(List<byte> bytes, int hits, Random random)
    {
        for (; hits > 0 && bytes.Count > 0; hits--)
        {
            var place = random.Next(bytes.Count);
            var length = random.Next(bytes.Count - place);
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(place, length);
                    break;
                case 2:
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
                case 3:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                default:
                    bytes.InsertRange(place, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<DamagedFile> Shrink(DamagedFile file)
    {
        for (var length = file.Bytes.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < file.Bytes.Length; start += length)
            {
                yield return file with { Bytes = [.. file.Bytes.Where((_, i) => i < start || i >= start + length)] };
            }
        }
    }

    private sealed record DamagedFile(byte[] Bytes, string? Label)
    {
        public override string ToString() => $"label {Label ?? "default"}, {DataFileException.Quote(Encoding.UTF8.GetString(Bytes))} {Convert.ToHexString(Bytes)}";
    }
}
