using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Error rates of the exponent procedure where the truth is known: 6 rungs that double, 8 trials each, unless said otherwise.</summary>
[Category("Simulation")]
public sealed class ExponentSimulations
{
    private static readonly Exponent One = Exponent.EqualTo(1, within: 0.15, ladder: "x");

    [Test]
    public void Violated_ExponentAtTheEdgeOfTheMargin_StaysBelowTheLevel([Values("normal", "outliers", "heavy tails")] string shape)
    {
        // The hardest true case, on both sides half of 5 %; exact binomial test at 1e-6.
        var rate = Frequency.Of(Verdict.Violated, 1000, run => One.Decide(Noisy(RandomStream.FromSeed(51).Derive(shape).Derive(run), x => Math.Pow(x, 1.15), 0.2, shape), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Violated_TrueExponentAtTheLevelOfARun_NeverHappens()
    {
        var rate = Frequency.Of(Verdict.Violated, 400, run => One.Decide(Noisy(RandomStream.FromSeed(52).Derive(run), x => x, 0.3, "outliers"), 1e-8));
        Assert.That(rate.Count, Is.Zero);
    }

    [Test]
    public void Violated_WrongExponentAtTheLevelOfARun_IsAlmostSure([Values("normal", "outliers")] string shape)
    {
        // Exponent ½ in place of 1, at level 1e-8: 200 runs, and more than 4 misses would refute a power of 0.999 at 1e-6.
        var rate = Frequency.Of(Verdict.Violated, 200, run => One.Decide(Noisy(RandomStream.FromSeed(53).Derive(run), Math.Sqrt, 0.2, shape), 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [Test]
    public void Holds_TrueExponent_IsUsuallyDecided([Values("normal", "outliers")] string shape)
    {
        var rate = Frequency.Of(Verdict.Holds, 200, run => One.Decide(Noisy(RandomStream.FromSeed(54).Derive(run), x => x, 0.1, shape), 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.9), rate.ToString());
    }

    [Test]
    public void Holds_ExponentAtTheEdgeOfTheMargin_IsRare()
    {
        var rate = Frequency.Of(Verdict.Holds, 1000, run => One.Decide(Noisy(RandomStream.FromSeed(55).Derive(run), x => Math.Pow(x, 1.15), 0.1), 1e-8));
        Assert.That(rate.IsConsistentWithAtMost(2 * ErrorBudget.MissedViolation), rate.ToString());
    }

    [Test]
    public void FixedOverhead_WithoutOffset_IsNeverAConfidentWrongExponent()
    {
        // 10 + x over x = 1 … 128: the plain slope is 0.5. The bend must be seen, and no exponent but the tail's may come out of it.
        var rate = Frequency.Of(Verdict.Holds, 200, run =>
            Exponent.EqualTo(0.5, within: 0.15, ladder: "x").Decide(Noisy(RandomStream.FromSeed(56).Derive(run), x => 10 + x, 0.05, rungs: 8), 1e-8));
        Assert.That(rate.Count, Is.Zero);
    }

    [Test]
    public void FixedOverhead_WithOffset_HoldsAndDoesNotViolate()
    {
        var exponent = Exponent.EqualTo(1, within: 0.25, ladder: "x").WithOffset;
        Decision Decide(ulong run) => exponent.Decide(Noisy(RandomStream.FromSeed(57).Derive(run), x => 10 + x, 0.05, rungs: 8), 1e-8);
        Verdict[] verdicts = [.. Enumerable.Range(0, 60).Select(run => Decide((ulong)run).Verdict)];
        Assert.That(verdicts, Has.None.EqualTo(Verdict.Violated));
        var holds = new Frequency(verdicts.Count(v => v == Verdict.Holds), verdicts.Length);
        Assert.That(holds.IsConsistentWithAtLeast(0.8), holds.ToString());
    }

    [Test]
    public void FixedOverhead_WithOffset_LevelAndPower()
    {
        // At the edge of the margin, level 5 %; and x² behind an overhead is not x, at 1e-8.
        var edge = Frequency.Of(Verdict.Violated, 200, run =>
            Exponent.EqualTo(1, within: 0.25, ladder: "x").WithOffset.Decide(Noisy(RandomStream.FromSeed(58).Derive(run), x => 10 + Math.Pow(x, 1.25), 0.05, rungs: 7), 0.05));
        var square = Frequency.Of(Verdict.Violated, 60, run =>
            Exponent.EqualTo(1, within: 0.25, ladder: "x").WithOffset.Decide(Noisy(RandomStream.FromSeed(59).Derive(run), x => 10 + (x * x), 0.05, rungs: 7), 1e-8));
        Assert.That(edge.IsConsistentWithAtMost(0.05), edge.ToString());
        Assert.That(square.IsConsistentWithAtLeast(0.999), square.ToString());
    }

    [Test]
    public void ChangeOfRegime_ClearBend_ReportsTheTailOrNothing()
    {
        // Exponent ½ up to x = 16 and 3/2 beyond; over the whole ladder about 1.
        Decision Decide(ulong run) => One.Decide(Noisy(RandomStream.FromSeed(60).Derive(run), x => x <= 16 ? Math.Sqrt(x) : 4 * Math.Pow(x / 16, 1.5), 0.1, rungs: 9), 1e-8);
        Assert.That(Frequency.Of(Verdict.Holds, 200, Decide).Count, Is.Zero);
        var tail = Frequency.Of(Verdict.Violated, 200, Decide);
        Assert.That(tail.IsConsistentWithAtLeast(0.9), tail.ToString());
    }

    private static Evidence Noisy(RandomStream stream, Func<double, double> law, double noise, string shape = "normal", int rungs = 6, int trials = 8)
    {
        var z = SyntheticEvidence.Normals(stream, rungs * trials);
        return SyntheticEvidence.Ladder(rungs, trials, (x, i) => law(x) * Math.Exp(noise * shape switch
        {
            // One trial in eight is off by a factor of e² to e¹⁰, always upwards, as a disturbed timing is.
            "outliers" => i % trials == 0 ? (2 / noise) + Math.Abs(20 * z[i]) : z[i],

            // Student's t with 3 degrees of freedom, by the inverse of its distribution function's tail expansion at the normal's probability.
            "heavy tails" => z[i] * (1 + (((z[i] * z[i]) + 1) / 12)),
            _ => z[i],
        }));
    }
}
