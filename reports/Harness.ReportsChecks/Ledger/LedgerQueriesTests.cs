using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Reports.Ledger;
using Harness.Reports.Runs;
using Harness.ReportsChecks.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>DuckDB sees what the reader sees, but for the signs of zero and NaN bit for bit, and needs no network for it.</summary>
public sealed class LedgerQueriesTests : LedgerFixture
{
    [Test]
    public void Observations_EveryArm_AreThoseOfTheReader()
    {
        Write(Entries);
        using var queries = LedgerQueries.Open(Folder);
        var arms = queries.Arms();
        var rows = arms.SelectMany(arm => queries.Observations(arm.Claim, arm.Variant, arm.On).Select(o => Bits(new(Identity.Key(arm.Claim, arm.Variant, arm.On, o.Cell, o.Trial), o))));
        Assert.That(rows, Is.EqualTo(Entries.Select(Bits).Select(AsDuckDBReads)));
        Assert.That(arms.Select(a => (a.Claim, a.Variant, a.On, a.Observations, a.Cells)), Is.EqualTo(new[]
        {
            ("s.first", 0, "generated", 2, 1), ("s.first", 1, "generated", 1, 1), ("s.first", 0, "points.csv", 1, 1), ("s.second", 0, "generated", 1, 1),
        }));
    }

    /// <summary>The JSON reader of DuckDB knows one zero, and one NaN with the other sign than .NET's.</summary>
    private static string AsDuckDBReads(string bits) => bits.Replace("8000000000000000", "0000000000000000", StringComparison.Ordinal).Replace("fff8000000000000", "7ff8000000000000", StringComparison.Ordinal);

    [Test]
    public void Observations_ManyTrials_StandInTheOrderOfTheLedger()
    {
        // More rows than one of DuckDB's vectors has (2048), so that several threads could disturb the order.
        var entries = Enumerable.Range(0, 6000).Select(i => Entry("s.many", 0, null, i % 7, i, Ball.Exactly(i), Ball.Exactly(1024))).ToList();
        Write(entries);
        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Observations("s.many").Select(o => o.Trial), Is.EqualTo(Enumerable.Range(0, 6000)));
        Assert.That(queries.Arms().Single(), Is.EqualTo(new ArmSummary("s.many", 0, "generated", 6000, 7, 0, 2999.5 / 1024, 5999.0 / 1024)));
    }

    [Test]
    public void Ranges_Variables_AreThoseOfTheTrialsInTheirOrder()
    {
        Write(Entries);
        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Ranges("s.first"), Is.EqualTo(new[] { new SeenRange("n", 8, 8, 2), new SeenRange("δ", 0.1, 1.1, 2), new SeenRange("ω²/√m", 1e-9, 1e-9, 2) }));
    }

    [TestCase("run[1]")]
    [TestCase("größe *?'")]
    public void Open_FolderWithUnusualName_IsThatFolder(string name)
    {
        Write(Entries);
        var unusual = Path.Combine(Path.GetDirectoryName(Folder)!, name);
        Directory.Move(Folder, unusual);
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Folder)!, "run1"));
        File.WriteAllLines(LedgerFolder.Observations(Path.Combine(Path.GetDirectoryName(Folder)!, "run1")), File.ReadLines(LedgerFolder.Observations(unusual)).Take(2));
        using var queries = LedgerQueries.Open(unusual);
        Assert.That(queries.Arms().Sum(a => a.Observations), Is.EqualTo(Entries.Count));
    }

    [TestCase(1)]
    [TestCase(20)]
    [TestCase(200)]
    public void Open_KilledInTheLastLine_HasTheLinesBefore(int missing)
    {
        Write(Entries);
        File.WriteAllBytes(Observations, File.ReadAllBytes(Observations)[..^missing]);
        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Arms().Sum(a => a.Observations), Is.EqualTo(Entries.Count - 1));
    }

    [Test]
    public void Open_DamagedLine_IsAnErrorAndNotAMissingRow()
    {
        Write(Entries);
        File.WriteAllText(Observations, File.ReadAllText(Observations).Replace("\"bound\":-0,", "\"bound\":?,", StringComparison.Ordinal));
        Assert.That(() => LedgerQueries.Open(Folder), Throws.TypeOf<LedgerException>().With.Message.Contains("observations.jsonl:3: "));
    }

    [Test]
    public void Open_RunJustBegun_IsEmpty()
    {
        Write([]);
        using var queries = LedgerQueries.Open(Folder);
        Assert.That((queries.Arms().Count, queries.Observations("s.first").Count, queries.Verdicts().Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void Exponents_ConcludedRun_ComeBackBitForBit()
    {
        ComparedExponent[] compared =
        [
            new("m", 128, 4096, Relation.AtMost, 1, 1.0 / 3, double.NegativeInfinity, double.PositiveInfinity), new("δ", 0.3, 0.001, Relation.AtLeast, -8, 0.1, 0.1, 0.1), new("ω√m", 1, 2, Relation.Equal, 0, -1e-17, -1, 1, 0.05),
        ];
        var decision = new Decision(Verdict.Holds, "because") { Exponents = [.. compared], Looseness = 2.5 };
        using (var writer = LedgerWriter.Begin(Folder, Identity, Session))
        {
            writer.WriteVerdicts([new(SyntheticClaims.AtMostOne("s.true"), [new("generated", decision, "anywhere")], [new("broken", decision)])]);
        }

        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Exponents(), Is.EqualTo(compared.Select(e => new RecordedExponent("s.true", "generated", e, 2.5))));
    }

    [Test]
    public void Verdicts_ConcludedRun_AreThoseOfItsOutcomes()
    {
        var run = new VerificationRun(new([SyntheticClaims.AtMostOne("s.true"), SyntheticClaims.AtMostOne("s.false", factor: 1e6)], Profile.Gate, 7, null));
        var outcomes = run.Execute(1, new MemoryStore(), new RecordedProgress(), CancellationToken.None);
        using (var writer = LedgerWriter.Begin(Folder, Identity, Session))
        {
            writer.WriteVerdicts(outcomes);
            writer.WriteVerdicts(outcomes);
        }

        using var queries = LedgerQueries.Open(Folder);
        Assert.That(queries.Verdicts().Select(v => (v.Kind, v.Claim, v.Variant, v.On, v.Name, v.Verdict)), Is.EqualTo(new (string, string, int, string?, string?, Verdict)[]
        {
            ("finding", "s.true", 0, "generated", null, Verdict.Holds),
            ("mutant", "s.true", 1, "generated", "the bound is zero", Verdict.Violated),
            ("mutant", "s.true", 2, "generated", "u is 1 larger", Verdict.Violated),
            ("claim", "s.true", 0, null, null, Verdict.Holds),
            ("finding", "s.false", 0, "generated", null, Verdict.Violated),
            ("mutant", "s.false", 1, "generated", "the bound is zero", Verdict.Violated),
            ("mutant", "s.false", 2, "generated", "u is 1 larger", Verdict.Violated),
            ("claim", "s.false", 0, null, null, Verdict.Violated),
        }));
        Assert.That(queries.Verdicts()[0], Is.EqualTo(new RecordedVerdict("finding", "s.true", 0, "generated", null, Verdict.Holds, true, "certified on 6 instances", null, "Every value is at most its bound.", outcomes[0].Findings[0].Scope, null)));
    }
}
