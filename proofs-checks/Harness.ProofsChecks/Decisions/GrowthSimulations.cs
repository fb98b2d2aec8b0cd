using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Error rates of the growth procedure where the truth is known: x = 1, 2, 4, …, 32, with 8 trials each and 20 % of scatter unless said otherwise.</summary>
[Category("Simulation")]
public sealed class GrowthSimulations
{
    private static readonly Growth Polynomial = Growth.Polynomial("x");

    [Test]
    public void Violated_MidwayBetweenTheLaws_StaysBelowTheLevel([Values("normal", "outliers", "heavy tails")] string shape)
    {
        // The hardest true case: to x = 4 neither law is refuted, and beyond, y is the geometric mean of what both predict of x itself. Level 5 %; exact binomial test at 1e-6.
        var rate = Frequency.Of(Verdict.Violated, 1000, run => Polynomial.Decide(Noisy(RandomStream.FromSeed(121).Derive(shape).Derive(run), Midway, 0.2, shape), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Holds_MidwayBetweenTheLaws_IsRare()
    {
        var rate = Frequency.Of(Verdict.Holds, 1000, run => Polynomial.Decide(Noisy(RandomStream.FromSeed(122).Derive(run), Midway, 0.2), 1e-8));
        Assert.That(rate.IsConsistentWithAtMost(ErrorBudget.MissedViolation), rate.ToString());
    }

    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(6)]
    public void Holds_Power_IsUsuallyDecidedAndNeverViolated(double exponent)
    {
        Verdict[] verdicts = [.. Enumerable.Range(0, 200).Select(run => Polynomial.Decide(Noisy(RandomStream.FromSeed(123).Derive((ulong)run), x => Math.Pow(x, exponent), 0.1), 1e-8).Verdict)];
        Assert.That(verdicts, Has.None.EqualTo(Verdict.Violated));
        var holds = new Frequency(verdicts.Count(v => v == Verdict.Holds), verdicts.Length);
        Assert.That(holds.IsConsistentWithAtLeast(0.95), holds.ToString());
    }

    [Test]
    public void Violated_ExponentialAtTheLevelOfARun_IsAlmostSure([Values("normal", "outliers")] string shape, [Values(0.5, 1)] double rate)
    {
        // e^{x/2} rises by a factor of 4.5 over the mild half, e^x by 20: 200 runs, and more than 4 misses would refute a power of 0.999 at 1e-6.
        var violated = Frequency.Of(Verdict.Violated, 200, run => Polynomial.Decide(Noisy(RandomStream.FromSeed(124).Derive(shape).Derive(run), x => Math.Exp(rate * x), 0.1, shape), 1e-8));
        Assert.That(violated.IsConsistentWithAtLeast(0.999), violated.ToString());
    }

    [Test]
    public void Violated_PolynomialOfSeveralTerms_NeverHappens([Values(0, 1, 2)] int polynomial)
    {
        Func<double, double>[] polynomials = [x => x + (x * x), x => x * (1 + (2 * x) + (x * x)), x => (3 * x) + Math.Pow(x, 3)];
        var rate = Frequency.Of(Verdict.Violated, 400, run => Polynomial.Decide(Noisy(RandomStream.FromSeed(125).Derive(run), polynomials[polynomial], 0.1), 1e-6));
        Assert.That(rate.Count, Is.Zero);
    }

    [Test]
    public void Undecided_Constant_AlmostAlways()
    {
        // Both laws predict it alike: neither verdict may come out more often than its level permits.
        var holds = Frequency.Of(Verdict.Holds, 1000, run => Polynomial.Decide(Noisy(RandomStream.FromSeed(126).Derive(run), _ => 1, 0.2), 1e-8));
        Assert.That(holds.IsConsistentWithAtMost(ErrorBudget.MissedViolation), holds.ToString());
    }

    /// <summary>x up to 4; beyond, √(x·E(x)) with E the exponential through log x at 1, 2, 4: slope and mean of log 2·(0, 1, 2) against (1, 2, 4) by least squares.</summary>
    private static double Midway(double x)
    {
        var slope = Math.Log(2) * 9 / 14;
        var exponential = Math.Exp(Math.Log(2) + (slope * (x - (7.0 / 3))));
        return x <= 4 ? x : Math.Sqrt(x * exponential);
    }

    private static Evidence Noisy(RandomStream stream, Func<double, double> law, double noise, string shape = "normal", int rungs = 6, int trials = 8)
    {
        var z = SyntheticEvidence.Normals(stream, rungs * trials);
        return SyntheticEvidence.Ladder(rungs, trials, (x, i) => law(x) * Math.Exp(noise * shape switch
        {
            // One trial in eight is off by a factor of e² to e¹⁰, always upwards.
            "outliers" => i % trials == 0 ? (2 / noise) + Math.Abs(20 * z[i]) : z[i],

            // Student's t with 3 degrees of freedom, by the expansion of its quantile at the normal's probability.
            "heavy tails" => z[i] * (1 + (((z[i] * z[i]) + 1) / 12)),
            _ => z[i],
        }));
    }
}
