using System.Diagnostics;
using System.IO.Compression;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Files;

public class NpzFileTests
{
    private const string Python = "/usr/bin/python3";

    [Test]
    public void WriteThenRead_SeveralArrays_GivesThemBackByName()
    {
        using var folder = new TemporaryFolder();
        WriteExample(folder["s.npz"]);
        var arrays = NpzFile.Read(folder["s.npz"]);
        Assert.Multiple(() =>
        {
            Assert.That(arrays.Keys, Is.EquivalentTo(["A", "W1", "loss", "δ"]));
            Assert.That(arrays["A"].Shape, Is.EqualTo([2, 3]));
            Assert.That(arrays["A"][1, 2], Is.EqualTo(6));
            Assert.That(arrays["W1"].ElementType, Is.EqualTo("<f4"));
            Assert.That(arrays["loss"].Values, Is.EqualTo([0.1, double.NaN, double.PositiveInfinity]));
            Assert.That(arrays["δ"].Shape, Is.Empty);
        });
    }

    [Test]
    public void Write_Twice_GivesTheSameBytesAndReplacesTheFile()
    {
        using var folder = new TemporaryFolder();
        WriteExample(folder["s.npz"]);
        var first = File.ReadAllBytes(folder["s.npz"]);
        File.WriteAllText(folder["s.npz"], "something else");
        WriteExample(folder["s.npz"]);
        Assert.That(File.ReadAllBytes(folder["s.npz"]), Is.EqualTo(first));
        Assert.That(folder.Names, Is.EqualTo(["s.npz"]), "no temporary file is left");
    }

    [Test]
    public void Write_ContentThrows_LeavesTheOldFileAlone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("s.npz", "old");
        Assert.That(() => NpzFile.Write(folder["s.npz"], npz =>
        {
            npz.Add("A", new double[2], 2);
            throw new InvalidOperationException("training diverged");
        }), Throws.InvalidOperationException);
        Assert.That(File.ReadAllText(folder["s.npz"]), Is.EqualTo("old"));
        Assert.That(folder.Names, Is.EqualTo(["s.npz"]));
    }

    [TestCase("A")]
    [TestCase("")]
    [TestCase("../A")]
    [TestCase("a/b")]
    public void Add_NameThatIsTakenOrNone_IsRefused(string name)
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => NpzFile.Write(folder["s.npz"], npz =>
        {
            npz.Add("A", new double[2], 2);
            npz.Add(name, new double[2], 2);
        }), Throws.ArgumentException);
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public void Read_CompressedArchive_IsReadToo()
    {
        using var folder = new TemporaryFolder();
        WriteExample(folder["s.npz"]);
        Repack(folder["s.npz"], folder["c.npz"], CompressionLevel.Optimal, name => name);
        Assert.That(NpzFile.Read(folder["c.npz"])["A"].Values, Is.EqualTo([1, 2, 3, 4, 5, 6]));
    }

    [Test]
    public void Read_TwoArraysOfOneName_IsRefused()
    {
        using var folder = new TemporaryFolder();
        WriteExample(folder["s.npz"]);
        Repack(folder["s.npz"], folder["d.npz"], CompressionLevel.NoCompression, _ => "A.npy");
        Assert.That(() => NpzFile.Read(folder["d.npz"]), Throws.InstanceOf<DataFileException>().With.Message.Contains("two arrays called 'A'"));
    }

    [Test]
    public void Read_OneBitOfANumberChanged_IsRefusedByTheChecksum()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["s.npz"], npz => npz.Add("A", new double[] { 1, 2, 3 }, 3));
        var bytes = File.ReadAllBytes(folder["s.npz"]);
        bytes[bytes.AsSpan().IndexOf(BitConverter.GetBytes(3.0)) + 2] ^= 1;
        Assert.That(() => NpzFile.Read(folder.Write("d.npz", bytes)), Throws.InstanceOf<DataFileException>().With.Message.Contains("[A.npy]: does not have the checksum"));
    }

    [Test]
    public void Read_EntriesThatShareTheirBytes_AreRefused()
    {
        // Two entries of the directory, one compressed array: repeated, the file would unfold to the square of its length.
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["s.npz"], npz => npz.Add("A", new double[1000], 1000));
        Repack(folder["s.npz"], folder["c.npz"], CompressionLevel.NoCompression, name => name);
        var bytes = File.ReadAllBytes(folder["c.npz"]);
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        var end = bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        byte[] second = [.. bytes[directory..end]];
        second[second.AsSpan().IndexOf("A.npy"u8)] = (byte)'B';
        byte[] trailer = [.. bytes[end..]];
        (trailer[8], trailer[10]) = (2, 2);
        BitConverter.TryWriteBytes(trailer.AsSpan(12), 2 * second.Length);
        Assert.That(() => NpzFile.Read(folder.Write("d.npz", [.. bytes[..end], .. second, .. trailer])), Throws.InstanceOf<DataFileException>().With.Message.Contains("which the file does not have"));
    }

    [Test]
    public void Read_EntryThatIsNoArray_IsRefused([Values("A.txt", "../A.npy", ".npy")] string name)
    {
        using var folder = new TemporaryFolder();
        WriteExample(folder["s.npz"]);
        Repack(folder["s.npz"], folder["d.npz"], CompressionLevel.NoCompression, _ => name);
        Assert.That(() => NpzFile.Read(folder["d.npz"]), Throws.InstanceOf<DataFileException>().With.Message.Contains("NAME.npy"));
    }

    [Test]
    [RequiredPackage("python3", Python)]
    public void Write_ReadByAnotherLanguage_GivesTheSameNumbers()
    {
        // Python's own zip, struct and literal parser, no NumPy: an implementation of the format that shares nothing with ours.
        const string Script = """
            import ast, struct, sys, zipfile
            with zipfile.ZipFile(sys.argv[1]) as archive:
                assert archive.testzip() is None
                for info in archive.infolist():
                    data = archive.read(info)
                    assert data[:8] == b'\x93NUMPY\x01\x00'
                    length, = struct.unpack('<H', data[8:10])
                    assert (10 + length) % 64 == 0 and data[9 + length:10 + length] == b'\n'
                    header = ast.literal_eval(data[10:10 + length].decode('latin1').strip())
                    assert not header['fortran_order']
                    letter = {'<f8': 'd', '<f4': 'f'}[header['descr']]
                    count = 1
                    for d in header['shape']:
                        count *= d
                    values = struct.unpack(f'<{count}{letter}', data[10 + length:])
                    print(ascii(info.filename), header['shape'], *(v.hex() for v in values))
            """;
        using var folder = new TemporaryFolder();
        WriteExample(folder["s.npz"]);
        using var python = Process.Start(new ProcessStartInfo(Python, ["-c", Script, folder["s.npz"]]) { RedirectStandardOutput = true })!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.That(python.ExitCode, Is.Zero, "python's own message is on the standard error");
        Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo("""
            'A.npy' (2, 3) 0x1.0000000000000p+0 0x1.0000000000000p+1 0x1.8000000000000p+1 0x1.0000000000000p+2 0x1.4000000000000p+2 0x1.8000000000000p+2
            'W1.npy' (1, 1, 2) 0x1.99999a0000000p-4 -0x1.0000000000000p-149
            'loss.npy' (3,) 0x1.999999999999ap-4 nan inf
            '\u03b4.npy' () 0x1.eb851eb851eb8p-6

            """.ReplaceLineEndings("\n")));
    }

    private static void WriteExample(string path) => NpzFile.Write(path, npz =>
    {
        npz.Add("A", new double[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        npz.Add("W1", new[] { 0.1f, -float.Epsilon }, 1, 1, 2);
        npz.Add("loss", new[] { 0.1, double.NaN, double.PositiveInfinity }, 3);
        npz.Add("δ", new[] { 0.03 });
    });

    private static void Repack(string source, string destination, CompressionLevel level, Func<string, string> rename)
    {
        using var input = ZipFile.OpenRead(source);
        using var output = ZipFile.Open(destination, ZipArchiveMode.Create);
        foreach (var entry in input.Entries)
        {
            using var from = entry.Open();
            using var to = output.CreateEntry(rename(entry.FullName), level).Open();
            from.CopyTo(to);
        }
    }
}
