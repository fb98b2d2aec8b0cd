using Harness.Claims;
using Harness.Core.Data;
using Harness.Reports.Runs;
using NUnit.Framework;

namespace Harness.ReportsChecks.Runs;

/// <summary>The engine: rounds, arms, the order of what is stored, resuming, and what happens when a trial throws.</summary>
public sealed class VerificationRunTests
{
    /// <summary>3 cells × 2 trials of the claim, and as many of the mutant that has trials of its own.</summary>
    private const int FirstRound = 12;

    private static readonly DataSet Data = new("points.csv", [0.0, 1, 1, 0], 2, [1.0, 0], 1);

    [Test]
    public void Execute_ClaimDecidedAtOnce_TakesOneRound()
    {
        var (outcome, progress, store) = Run([SyntheticClaims.AtMostOne("s.true")]);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Single().Verdict, Is.EqualTo(Verdict.Holds));
            Assert.That(outcome.Single().Mutants.Select(m => m.IsRefuted), Is.EqualTo(new[] { true, true }));
            Assert.That(progress.Rounds, Is.EqualTo(new[] { (0, 1, FirstRound) }));
            Assert.That(progress.Decisions, Is.EqualTo(new[] { ("s.true", Verdict.Holds) }));
            Assert.That(store.Appended, Has.Count.EqualTo(FirstRound));
        });
    }

    [Test]
    public void Execute_FalseClaim_IsViolated() =>
        Assert.That(Run([SyntheticClaims.AtMostOne("s.false", factor: 1e6)]).Outcomes.Single().Verdict, Is.EqualTo(Verdict.Violated));

    [Test]
    public void Execute_UndecidedClaim_DoublesItsOwnTrialsUntilDecided()
    {
        // 6 trials, then 12, then 24: the third round is the first with at least 20. The mutants are refuted in round 1 and need no more.
        var (outcomes, progress, _) = Run([SyntheticClaims.AtMostOne("s.done"), SyntheticClaims.AtMostOne("s.slow", needed: 20)]);
        Assert.Multiple(() =>
        {
            Assert.That(outcomes.Select(o => o.Verdict), Is.All.EqualTo(Verdict.Holds));
            Assert.That(progress.Rounds, Is.EqualTo(new[] { (0, 2, 2 * FirstRound), (1, 1, 6), (2, 1, 12) }));
            Assert.That(progress.Decisions.Where(d => d.Claim == "s.slow").Select(d => d.Verdict), Is.EqualTo(new[] { Verdict.Undecided, Verdict.Undecided, Verdict.Holds }));
        });
    }

    [Test]
    public void Execute_MoreTrialsThanTheRoundsHave_StopsUndecidedAtOnce()
    {
        // Six rounds have 192 trials at most; 193 cannot be reached, so not one more trial is spent.
        var (outcomes, progress, _) = Run([SyntheticClaims.AtMostOne("s.never", needed: 193)]);
        Assert.That((outcomes.Single().Verdict, progress.Rounds.Count), Is.EqualTo((Verdict.Undecided, 1)));
    }

    [Test]
    public void Execute_Data_AreTriedOnlyByClaimsThatTakeThem()
    {
        var (outcomes, _, store) = Run([SyntheticClaims.AtMostOne("s.data", takesData: true), SyntheticClaims.AtMostOne("s.none")], data: Data);
        Assert.Multiple(() =>
        {
            Assert.That(outcomes[0].Findings.Select(f => f.On), Is.EqualTo(new[] { "generated", "points.csv" }));
            Assert.That(outcomes[1].Findings.Select(f => f.On), Is.EqualTo(new[] { "generated" }));
            Assert.That(store.Appended.Count(a => a.Key.Contains("@points.csv", StringComparison.Ordinal)), Is.EqualTo(6));
        });
    }

    [TestCase(2)]
    [TestCase(7)]
    public void Execute_AnyNumberOfThreads_StoresTheSameInTheSameOrder(int threads)
    {
        // Trials of uneven length, so that threads overtake each other.
        Claim[] Claims() => [.. Enumerable.Range(0, 4).Select(k => SyntheticClaims.AtMostOne($"s.{k}", needed: 10 * k, takesData: k == 1, before: Dawdle))];
        var expected = Run(Claims(), data: Data, threads: 1).Store.Appended;
        var actual = Run(Claims(), data: Data, threads: threads).Store.Appended;
        Assert.That(actual.Select(Line), Is.EqualTo(expected.Select(Line)));
    }

    [Test]
    public void Execute_Resumed_ComputesOnlyWhatIsMissingAndEndsTheSame()
    {
        var computed = 0;
        Claim[] Claims() => [SyntheticClaims.AtMostOne("s.a", needed: 20, before: _ => Interlocked.Increment(ref computed)), SyntheticClaims.AtMostOne("s.b", takesData: true)];
        var whole = Run(Claims(), data: Data).Store.Appended;
        var all = computed;
        for (var kept = 0; kept <= whole.Count; kept++)
        {
            computed = 0;
            var (outcomes, _, store) = Run(Claims(), data: Data, earlier: whole.Take(kept));
            Assert.That(whole.Take(kept).Concat(store.Appended).Select(Line), Is.EqualTo(whole.Select(Line)), $"after {kept} observations");
            Assert.That(computed, Is.EqualTo(all - whole.Take(kept).Count(o => o.Key.StartsWith("s.a/gate/claim", StringComparison.Ordinal))));
            Assert.That(outcomes.Select(o => o.Verdict), Is.All.EqualTo(Verdict.Holds));
        }
    }

    [Test]
    public void Execute_ClaimsOfDifferentLength_TriesTheLongestFirstAndReportsInTheOrderOfThePlan()
    {
        Claim[] claims = [SyntheticClaims.AtMostOne("s.short", width: 32), SyntheticClaims.AtMostOne("s.long", width: 512), SyntheticClaims.AtMostOne("s.middle"), SyntheticClaims.AtMostOne("s.like-middle")];
        var (outcomes, progress, store) = Run(claims, threads: 3);
        Assert.Multiple(() =>
        {
            Assert.That(store.Appended.Select(a => a.Key.Split('/')[0]).Distinct(), Is.EqualTo(new[] { "s.long", "s.middle", "s.like-middle", "s.short" }));
            Assert.That(progress.Decisions.Select(d => d.Claim), Is.EqualTo(new[] { "s.long", "s.middle", "s.like-middle", "s.short" }));
            Assert.That(outcomes.Select(o => o.Claim), Is.EqualTo(claims));
        });
    }

    [Test]
    public void Execute_TimedClaims_ComeLastAndRunAlone()
    {
        var (running, besideOthers, timed) = (0, 0, 0);
        void Enter(Trial trial)
        {
            Interlocked.Increment(ref running);
            Dawdle(trial);
            Interlocked.Decrement(ref running);
        }

        void EnterTimed(Trial trial)
        {
            timed++;
            besideOthers += Interlocked.Increment(ref running) - 1;
            Dawdle(trial);
            besideOthers += Interlocked.Decrement(ref running);
        }

        Claim[] claims = [SyntheticClaims.Timed("t.a", EnterTimed), SyntheticClaims.AtMostOne("s.a", needed: 20, before: Enter), SyntheticClaims.Timed("t.b", EnterTimed)];
        var (outcomes, progress, store) = Run(claims, threads: 4);
        Assert.Multiple(() =>
        {
            Assert.That((timed, besideOthers), Is.EqualTo((12, 0)));
            Assert.That(progress.Rounds, Is.EqualTo(new[] { (0, 1, FirstRound), (1, 1, 6), (2, 1, 12), (0, 2, 12) }));
            Assert.That(store.Appended.Select(a => a.Key[0]), Is.EqualTo(Enumerable.Repeat('s', 30).Concat(Enumerable.Repeat('t', 12))));
            Assert.That(outcomes.Select(o => o.Claim), Is.EqualTo(claims));
        });
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Execute_TrialThrows_StoresEverythingBeforeItAndNamesIt(int threads)
    {
        var store = new MemoryStore();
        var run = new VerificationRun(Plan(
            [SyntheticClaims.AtMostOne("s.fine"), SyntheticClaims.AtMostOne("s.broken", before: t => { if (t.Variables["n"] > 4) { throw new InvalidOperationException("no."); } })], null));
        var failure = Assert.Throws<TrialFailedException>(() => run.Execute(threads, store, new RecordedProgress(), CancellationToken.None))!;
        Assert.Multiple(() =>
        {
            Assert.That(failure.Key.ClaimId, Is.EqualTo("s.broken"));
            Assert.That(failure.Message, Does.Contain(failure.Key.ToString()).And.Contain("no."));
            Assert.That(store.Appended.Count(a => a.Key.StartsWith("s.fine", StringComparison.Ordinal)), Is.EqualTo(FirstRound));
            Assert.That(store.Appended.Select(a => a.Key), Does.Not.Contain(failure.Key.ToString()));
        });
    }

    [Test]
    public void Execute_Cancelled_StoresABeginningAndStops()
    {
        var whole = Run([SyntheticClaims.AtMostOne("s.a"), SyntheticClaims.AtMostOne("s.b")]).Store.Appended;
        using var cancellation = new CancellationTokenSource();
        var store = new MemoryStore();
        var run = new VerificationRun(Plan([SyntheticClaims.AtMostOne("s.a"), SyntheticClaims.AtMostOne("s.b", before: _ => cancellation.Cancel())], null));
        Assert.Throws<OperationCanceledException>(() => run.Execute(1, store, new RecordedProgress(), cancellation.Token));
        Assert.That(store.Appended.Select(Line), Is.EqualTo(whole.Take(store.Appended.Count).Select(Line)));
        Assert.That(store.Appended, Has.Count.LessThan(whole.Count));
    }

    [Test]
    public void Recall_StoredObservations_DecidesTheSameWithoutComputing()
    {
        var (expected, _, store) = Run([SyntheticClaims.AtMostOne("s.slow", needed: 20, takesData: true)], data: Data);
        var recalled = new VerificationRun(Plan([SyntheticClaims.AtMostOne("s.slow", needed: 20, takesData: true, before: _ => Assert.Fail("computed"))], Data));
        var outcomes = recalled.Recall(new MemoryStore(store.Appended).Find);
        Assert.That(outcomes.Single().Findings.Select(f => f.Scope), Is.EqualTo(expected.Single().Findings.Select(f => f.Scope)));
        Assert.That(outcomes.Single().Verdict, Is.EqualTo(Verdict.Holds));
    }

    [Test]
    public void Execute_NoClaims_DecidesNothing()
    {
        var run = new VerificationRun(Plan([], null));
        Assert.That(run.Execute(2, new MemoryStore(), new RecordedProgress(), CancellationToken.None), Is.Empty);
    }

    private static RunPlan Plan(IReadOnlyList<Claim> claims, DataSet? data) => new(claims, Profile.Gate, 7, data);

    private static (IReadOnlyList<Outcome> Outcomes, RecordedProgress Progress, MemoryStore Store) Run(
        IReadOnlyList<Claim> claims, DataSet? data = null, int threads = 2, IEnumerable<KeyValuePair<string, Observation>>? earlier = null)
    {
        var (store, progress) = (new MemoryStore(earlier), new RecordedProgress());
        return (new VerificationRun(Plan(claims, data)).Execute(threads, store, progress, CancellationToken.None), progress, store);
    }

    private static string Line(KeyValuePair<string, Observation> stored) =>
        $"{stored.Key} {stored.Value.Variables} {BitConverter.DoubleToInt64Bits(stored.Value.Value.Midpoint)} {string.Join(' ', stored.Value.Series)}";

    private static void Dawdle(Trial trial) => Thread.SpinWait((int)(20_000 * trial.Random("length").Uniform(0)));
}
