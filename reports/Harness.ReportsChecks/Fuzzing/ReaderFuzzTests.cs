using System.Text;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Fuzzing;

/// <summary>Whatever is in a file, a reader gives what it promises or refuses in one line that names the file, and it takes no more memory than the file's length allows.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ReaderFuzzTests
{
    private const int Cases = 3000;

    private static IEnumerable<string> Readers => ReaderTargets.Names;

    [TestCaseSource(nameof(Readers))]
    public void Read_ValidFiles_AreNotRefused(string reader)
    {
        var target = ReaderTargets.Create(reader);
        using var folder = new Files.TemporaryFolder();
        var refused = target.Valid().Count(file =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[target.FileName])!);
            File.WriteAllBytes(folder[target.FileName], file);
            try
            {
                target.Read(folder[""]);
                return false;
            }
            catch (Exception e) when (e.GetType() == target.Refusal)
            {
                return true;
            }
        });
        Assert.That(refused, Is.EqualTo(reader == "npz" ? 1 : 0), "the archive with an entry that climbs out of its folder is refused, and nothing else");
    }

    [TestCaseSource(nameof(Readers))]
    public void Read_DamagedFile_GivesWhatItPromisesOrRefuses(string reader) => Assert.That(new ReaderFuzz(ReaderTargets.Create(reader)).Run(seed: 1, first: 0, Cases), Is.Null);

    /// <summary>Faults in a reader of lines of digits, which the cases above must be able to find.</summary>
    private static IEnumerable<TestCaseData> PlantedFaults()
    {
        yield return Fault("OtherException", bytes => _ = bytes.Contains((byte)'x') ? throw new IndexOutOfRangeException() : 0, "IndexOutOfRangeException");
        yield return Fault("ResultThatIsNone", bytes => _ = bytes.Length == 0 ? throw new BrokenPromiseException("nothing") : 0, "nothing");
        yield return Fault("TooMuchMemory", bytes => _ = new byte[bytes.Contains((byte)'9') ? 2 << 20 : 0], "were allocated");
        yield return Fault("MessageWithoutPlace", bytes => _ = bytes.Length < 3 ? throw new DataFileException("somewhere", "is short") : 0, "not one line that names the file");
        yield return Fault("MessageOfTwoLines", bytes => _ = bytes.Contains((byte)'x') ? throw new DataFileException("faulty.txt", Encoding.Latin1.GetString(bytes)) : 0, "not one line that names the file");

        static TestCaseData Fault(string name, Action<byte[]> read, string found) => new TestCaseData(read, found).SetName($"Run_Planted_{name}_IsFound");
    }

    [TestCaseSource(nameof(PlantedFaults))]
    public void Run_PlantedFault_IsFound(Action<byte[]> read, string found) => Assert.That(new ReaderFuzz(Faulty(read)).Run(1, 0, Cases)?.Refutation, Does.Contain(found));

    [Test]
    public void Run_ReaderThatDoesNotEnd_IsFound()
    {
        using var never = new ManualResetEventSlim();
        var failure = new ReaderFuzz(Faulty(bytes =>
        {
            if (bytes.Contains((byte)'x'))
            {
                never.Wait();
            }
        })) { Patience = TimeSpan.FromSeconds(3) }.Run(1, 0, Cases);
        never.Set();
        Assert.That(failure?.Refutation, Does.Contain("does not end"));
        Assert.That(failure?.File, Does.Contain((byte)'x'));
    }

    [Test]
    public void Draw_SameCase_HasTheSameBytes()
    {
        var target = ReaderTargets.Create("npz");
        var (one, other) = (new Damage(target.Valid(), target.Words), new Damage(target.Valid(), target.Words));
        Assert.That(Enumerable.Range(0, 50).Select(k => Convert.ToHexString(one.Draw(3, k))), Is.EqualTo(Enumerable.Range(0, 50).Select(k => Convert.ToHexString(other.Draw(3, k)))));
        Assert.That(Enumerable.Range(0, 50).Select(k => Convert.ToHexString(one.Draw(3, k))).Distinct().Count(), Is.GreaterThan(40));
    }

    private static ReaderTarget Faulty(Action<byte[]> read) => new("faulty", "faulty.txt", typeof(DataFileException), 64, 1 << 20, folder => read(File.ReadAllBytes(Path.Combine(folder, "faulty.txt"))))
    {
        Valid = () => ReaderTargets.Bytes("1234\n5678\n"),
        Words = ReaderTargets.Bytes("x", "\n"),
    };
}
