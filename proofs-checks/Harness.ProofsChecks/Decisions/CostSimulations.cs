using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>
/// Error rates of the cost procedure where the truth is known: 7 values that double, 6 trials each, 3 % of scatter unless said otherwise, degree 2 claimed at the level 2e-8 of a run.
/// </summary>
[Category("Simulation")]
public sealed class CostSimulations
{
    private const double RunLevel = 2e-8;

    private static readonly Cost Two = Cost.AtMost(2, ladder: "x");

    private static readonly Func<double, double>[] Polynomials =
    [
        x => x * x,
        x => 5 + (x * x),
        x => 3 + (20 * x) + (x * x),
        x => 7 * x,
    ];

    [Test]
    public void Holds_PolynomialWithAnOffset_IsUsuallyDecided([Values(0, 1, 2, 3)] int polynomial, [Values("normal", "disturbed")] string shape)
    {
        var holds = Frequency.Of(Verdict.Holds, 200, run => Two.Decide(Timed(RandomStream.FromSeed(81).Derive(shape).Derive(run), Polynomials[polynomial], 0.03, shape), RunLevel));
        Assert.That(holds.IsConsistentWithAtLeast(0.9), holds.ToString());
    }

    [Test]
    public void Violated_PolynomialThroughAMemoryHierarchy_NeverHappens([Values(1, 2, 3, 4, 5, 6)] int step)
    {
        // Every operation from one rung on is dearer by the whole machine factor: the hardest true case for its position. At level 5 %; exact binomial test at 1e-6.
        var rate = Frequency.Of(Verdict.Violated, 400, run => Two.Decide(Timed(RandomStream.FromSeed(82).Derive(run), x => x * x * (x >= Math.Pow(2, step) ? 2 : 1), 0.03), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Violated_AtTheEdgeOfTheMargin_StaysBelowTheLevel([Values(0.03, 0.3)] double noise)
    {
        // The slope of the edge, 2 + log 2/log 16, without any machine factor: half of 5 % is spent on it.
        var rate = Frequency.Of(Verdict.Violated, 1000, run => Two.Decide(Timed(RandomStream.FromSeed(83).Derive(run), x => Math.Pow(x, 2.25), noise), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Violated_PlantedFactorOfX_IsAlmostSure([Values("normal", "disturbed")] string shape)
    {
        var rate = Frequency.Of(Verdict.Violated, 200, run => Two.Decide(Timed(RandomStream.FromSeed(84).Derive(shape).Derive(run), x => x * (3 + (x * x)), 0.03, shape), RunLevel));
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test]
    public void Holds_CubeBehindAnyFixedPart_IsRare([Values(0, 10, 1e3, 1e5)] double fixedPart)
    {
        // From a fixed part that never shows to one that hides most of the ladder.
        var rate = Frequency.Of(Verdict.Holds, 1000, run => Two.Decide(Timed(RandomStream.FromSeed(85).Derive(run), x => fixedPart + (x * x * x), 0.03), RunLevel));
        Assert.That(rate.IsConsistentWithAtMost(ErrorBudget.MissedViolation), rate.ToString());
    }

    [Test]
    public void Exponential_IsViolatedAndNeverHolds([Values(0.1, 0.2, 0.5)] double growth)
    {
        // e^{gx} over x = 1 … 64. At g = 0.1 its slope over the tail, 60·0.1/log 16 = 2.2, is within the margin of degree 2: only the prediction tells.
        Decision Decide(ulong run) => Two.Decide(Timed(RandomStream.FromSeed(86).Derive(run), x => Math.Exp(growth * x), 0.03), RunLevel);
        Assert.That(Frequency.Of(Verdict.Holds, 200, Decide).Count, Is.Zero);
        var violated = Frequency.Of(Verdict.Violated, 200, Decide);
        Assert.That(violated.IsConsistentWithAtLeast(0.999), violated.ToString());
    }

    [Test]
    public void Holds_ExponentialThatIsFlatterThanThePolynomial_NeverHappens()
    {
        // e^{x/20}: the slope over the tail is about 1, and the largest values are what an exponential predicts and no power of the small ones does.
        var holds = Frequency.Of(Verdict.Holds, 200, run => Two.Decide(Timed(RandomStream.FromSeed(88).Derive(run), x => Math.Exp(x / 20), 0.03), RunLevel));
        Assert.That(holds.Count, Is.Zero);
    }

    [Test]
    public void Undecided_FarTooMuchScatter_AsksForMoreTrials()
    {
        // With trials scattered by a factor of e the limits of the slope reach far to both sides.
        var decisions = Enumerable.Range(0, 100).Select(run => Two.Decide(Timed(RandomStream.FromSeed(87).Derive((ulong)run), x => x * x, 1), RunLevel)).ToArray();
        Assert.That(decisions.Select(d => d.Verdict), Has.None.EqualTo(Verdict.Violated));
        var asking = new Frequency(decisions.Count(d => d is { Verdict: Verdict.Undecided, TrialsNeeded: > 0 }), decisions.Length);
        Assert.That(asking.IsConsistentWithAtLeast(0.5), asking.ToString());
    }

    private static Evidence Timed(RandomStream stream, Func<double, double> law, double noise, string shape = "normal")
    {
        const int Rungs = 7, Trials = 6;
        var z = SyntheticEvidence.Normals(stream, Rungs * Trials);
        return SyntheticEvidence.Ladder(Rungs, Trials, (x, i) => law(x) * Math.Exp(shape == "disturbed" && i % Trials == 0 ? Math.Abs(z[i]) : noise * z[i]));
    }
}
