using Harness.Reports.Ledger;
using Harness.Reports.Performance;
using NUnit.Framework;

namespace Harness.ReportsChecks.Performance;

/// <summary>The file of measurements, and the series that come out of it.</summary>
public sealed class PerformanceLedgerTests
{
    private string folder = "";

    private string File => Path.Combine(folder, "kept", "performance.jsonl");

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("harness-performance-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Append_Lines_ComeBackWithTheirBits()
    {
        PerformanceLine[] lines = [Line(0, 1.0 / 3), Line(1, 2e-300)];
        PerformanceLedger.Append(File, lines[..1]);
        PerformanceLedger.Append(File, lines[1..]);
        var read = PerformanceLedger.Read(File);
        Assert.That(read.Select(line => line.Nanoseconds.ToArray()), Is.EqualTo(lines.Select(line => line.Nanoseconds.ToArray())));
        Assert.That(read.Select(line => line with { Nanoseconds = [] }), Is.EqualTo(lines.Select(line => line with { Nanoseconds = [] })));
    }

    [Test]
    public void Append_AfterATornLine_ItIsCutOff()
    {
        PerformanceLedger.Append(File, [Line(0, 1)]);
        System.IO.File.AppendAllText(File, "{\"started\":\"2026");
        PerformanceLedger.Append(File, [Line(1, 2)]);
        Assert.That(PerformanceLedger.Read(File).Select(line => line.Result.Median), Is.EqualTo(new[] { 1.0, 2.0 }));
    }

    [Test]
    public void Read_DamagedLine_MessageHasThePlace()
    {
        PerformanceLedger.Append(File, [Line(0, 1)]);
        System.IO.File.AppendAllText(File, "{\"started\":\"yesterday\"}\n");
        Assert.That(() => PerformanceLedger.Read(File), Throws.TypeOf<LedgerException>().With.Message.Contains(File + ":2:"));
    }

    [Test]
    public void OfBenchmarks_BytesAndOperations_AreSeriesOnlyWhereTheyChange()
    {
        PerformanceLine[] lines = [Line(0, 5), Line(1, 6) with { BytesAllocated = 8 }, Line(2, 7) with { Benchmark = "Other()" }];
        var series = Histories.OfBenchmarks(lines);
        Assert.That(series.Select(one => (one.Name, one.Unit, one.Points.Length)), Is.EqualTo(new[] { ("Other()", "ns", 1), ("Suite.Method(Size: 1)", "ns", 2), ("Suite.Method(Size: 1)", "bytes", 2) }));
    }

    [Test]
    public void OfBenchmarks_TwoMachines_AreTwoSeries() =>
        Assert.That(Histories.OfBenchmarks([Line(0, 5), Line(1, 6) with { Machine = "another" }]).Select(one => one.Machine), Is.EquivalentTo(new[] { "a machine", "another" }));

    private static PerformanceLine Line(int hour, double nanoseconds) =>
        new(new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero), "0123456789abcdef", false, "a machine", "Suite.Method(Size: 1)", [nanoseconds], 0, 100);
}
