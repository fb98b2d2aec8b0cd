using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Reports.Ledger;
using Harness.Reports.Performance;

namespace Harness.ReportsChecks.Fuzzing;

/// <summary>The readers of the ledger's JSON Lines and of what BenchmarkDotNet writes.</summary>
internal static class LedgerTargets
{
    private static RunIdentity Identity => new(RunIdentity.CurrentSchema, Profile.Gate, 7, "0123abcd", "fedc3210", new("points.csv", "aa", "bb"));

    private static SessionProvenance Session =>
        new(new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), new("0123abcd", false, "10.0.100", "one build"), new("a processor", 256, true, 2), "an operating system", ".NET 10", 2);

    /// <summary><c>observations.jsonl</c>.</summary>
    public static ReaderTarget Observations() => Target("observations", "observations.jsonl", Path.Combine("run", "observations.jsonl"), folder => LedgerReader.Open(folder).Entries().Count());

    /// <summary><c>verdicts.jsonl</c>.</summary>
    public static ReaderTarget Verdicts() => Target("verdicts", "verdicts.jsonl", "verdicts.jsonl", folder => LedgerReader.CountVerdicts(Path.Combine(folder, "verdicts.jsonl")));

    /// <summary><c>provenance.jsonl</c>.</summary>
    public static ReaderTarget Sessions() => Target("sessions", "provenance.jsonl", Path.Combine("run", "provenance.jsonl"), folder => RunHistory.Read(folder).SecondsOf("s.first"));

    /// <summary><c>performance.jsonl</c>.</summary>
    public static ReaderTarget Performance() => Target("performance", "performance.jsonl", "performance.jsonl", folder => PerformanceLedger.Read(Path.Combine(folder, "performance.jsonl")));

    /// <summary>The full report of BenchmarkDotNet.</summary>
    public static ReaderTarget Benchmarks() => new("benchmarks", Path.Combine("results", "Suite-report-full.json"), typeof(LedgerException), BenchmarkResults.MostBytesPerByte, ReaderTargets.Constant, folder => BenchmarkResults.Read(folder))
    {
        Valid = () => ReaderTargets.Bytes("""
            {"Title":"Suite","Benchmarks":[{"FullName":"Harness.Perf.Suites.Gram(Size: 4)","Namespace":"Harness.Perf.Suites","Statistics":{"OriginalValues":[1.5,2,1e3]},
            "Memory":{"BytesAllocatedPerOperation":0},"Metrics":[{"Value":64.0,"Descriptor":{"Id":"MultiplyAdds"}}]},{"FullName":"Harness.Perf.Suites.Broken","Namespace":"Harness.Perf.Suites","Statistics":null,"Memory":{},"Metrics":[]}]}
            """),
        Words = ReaderTargets.JsonWords,
    };

    private static ReaderTarget Target(string name, string file, string written, Action<string> read) => new(name, file, typeof(LedgerException), JsonLines.MostBytesPerByte, ReaderTargets.Constant, read)
    {
        Valid = () => [Written(written)],
        Words = ReaderTargets.JsonWords,
    };

    /// <summary>A file of a run that was written to its end.</summary>
    private static byte[] Written(string file)
    {
        var folder = Directory.CreateTempSubdirectory("harness-fuzz-");
        try
        {
            using (var writer = LedgerWriter.Begin(Path.Combine(folder.FullName, "run"), Identity, Session))
            {
                foreach (var (trial, data) in new[] { (0, null), (1, null), (0, "points.csv") })
                {
                    var key = new ReplayKey("s.first", Identity.Profile, 0, data, 0, trial, Identity.Seed);
                    writer.Append(key, new(0, trial, false, Variables.None.With("n", 8).With("δ", 0.1), new Ball(0.1, 1e-17), Ball.Unbounded(double.PositiveInfinity), [0.5, double.NaN]));
                }

                writer.RecordTime("s.first", TimeSpan.FromSeconds(1.5));
            }

            using (var verdicts = JsonLinesAppender.Open(Path.Combine(folder.FullName, "verdicts.jsonl")))
            {
                verdicts.Append(Identity, LedgerJson.Line.RunIdentity);
                verdicts.Append(
                    new("finding", "s.first", 0, "generated", null, Verdict.Holds, true, "certified on 3 instances", 1e-9, null, "because", "n 2–8", [], 1.5, [], [new("δ", 0.2, 0.1, Relation.AtMost, 1, 0.9, 0.8, double.PositiveInfinity, 0.1)], 12),
                    LedgerJson.Line.VerdictLine);
                verdicts.Append(new("claim", "s.first", 0, null, null, Verdict.Undecided, false, "sense", null, null, null, null, [], null, [], [], null), LedgerJson.Line.VerdictLine);
            }

            PerformanceLedger.Append(Path.Combine(folder.FullName, "performance.jsonl"), [new(Session.Started, "0123abcd", true, "a machine", "Gram(Size: 4)", [1.5, 2e3], 0, 64), new(Session.Started, "0123abcd", false, "a machine", "Other", [], 8, null)]);
            return File.ReadAllBytes(Path.Combine(folder.FullName, file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
