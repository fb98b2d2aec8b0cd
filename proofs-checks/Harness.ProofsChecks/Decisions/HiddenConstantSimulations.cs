using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Error rates of the hidden-constant procedure where the truth is known: 24 cells of 4 trials in five variables unless said otherwise.</summary>
[Category("Simulation")]
public sealed class HiddenConstantSimulations
{
    [Test]
    public void Violated_DriftAtTheResolution_StaysBelowTheLevel([Values("normal", "heteroscedastic", "exponential tail")] string shape)
    {
        // The hardest true case: a drift of exactly the resolution in m, nothing else. Level 5 %; the exact binomial test rejects a correct procedure once in 1e6.
        Func<Variables, double, double> noise = shape switch
        {
            "heteroscedastic" => (v, z) => 0.5 / Math.Sqrt(v.m / 64) * z,
            "exponential tail" => (_, z) => 0.5 * LogExponential(z),
            _ => (_, z) => 0.5 * z,
        };
        var rate = Frequency.Of(Verdict.Violated, 600, run =>
            HiddenConstant.UpperBound.Decide(SyntheticEvidence.Ratios(RandomStream.FromSeed(21).Derive(shape).Derive(run), v => Math.Pow(v.m, 0.1), noise), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Violated_BoundLooseInEveryVariable_StaysBelowTheLevel()
    {
        // R falls by five orders of magnitude over the box, and a held-out cell lies so much nearer to its mild corner than any calibration cell that its ratio is 18
        // times theirs. Of the 256 products of powers 0, ½, 1, 2 of these variables, 121 exceed twice the largest calibration ratio on this design.
        var rate = Frequency.Of(Verdict.Violated, 400, run =>
            HiddenConstant.UpperBound.Decide(SyntheticEvidence.Ratios(RandomStream.FromSeed(22).Derive(run), v => v.δ / Math.Pow(v.n * v.L * v.d, 2), 0.3), 0.05));
        Assert.That(rate.IsConsistentWithAtMost(0.05), rate.ToString());
    }

    [Test]
    public void Violated_TrueBoundAtTheLevelOfARun_NeverHappens()
    {
        // 400 runs at 1e-8 each: one violation has probability 4e-6.
        var rate = Frequency.Of(Verdict.Violated, 400, run =>
            HiddenConstant.LowerBound.Decide(SyntheticEvidence.Ratios(RandomStream.FromSeed(23).Derive(run), v => 1 + (1 / v.m), 0.5), 1e-8));
        Assert.That(rate.Count, Is.Zero);
    }

    [TestCase("m", 1.0, 0.5, 4)]
    [TestCase("δ", -1.0, 0.5, 4)]
    [TestCase("n", 1.0, 0.5, 8)]
    [TestCase("L", 1.0, 0.5, 8)]
    [TestCase("d", 1.0, 0.5, 32)]
    [TestCase("δ", -0.5, 0.5, 8)]
    [TestCase("m", 0.5, 0.5, 16)]
    [TestCase("n", 0.5, 0.5, 16)]
    [TestCase("L", 0.5, 0.5, 32)]
    public void Violated_MissingFactorAtTheLevelOfARun_IsAlmostSure(string symbol, double exponent, double noise, int trials)
    {
        // Power at least 0.999 at level 1e-8: 200 runs; more than 4 misses would refute it at 1e-6.
        var rate = Frequency.Of(Verdict.Violated, 200, run =>
            HiddenConstant.UpperBound.Decide(SyntheticEvidence.Ratios(RandomStream.FromSeed(24).Derive(symbol).Derive(run), v => Math.Pow(v[symbol], exponent), noise, trials: trials), 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(0.999), rate.ToString());
    }

    [TestCase(0.1, 4, 0.99)]
    [TestCase(0.2, 8, 0.95)]
    [TestCase(0.5, 32, 0.95)]
    public void Holds_TightBound_IsUsuallyDecided(double noise, int trials, double atLeast)
    {
        var rate = Frequency.Of(Verdict.Holds, 200, run =>
            HiddenConstant.LowerBound.Decide(SyntheticEvidence.Ratios(RandomStream.FromSeed(25).Derive(run), _ => 1, noise, trials: trials), 1e-8));
        Assert.That(rate.IsConsistentWithAtLeast(atLeast), rate.ToString());
    }

    [Test]
    public void Holds_DriftOfOneThird_IsRare()
    {
        // The smallest excluded drift. Level 1e-3 for every variable; only one is off.
        var rate = Frequency.Of(Verdict.Holds, 600, run =>
            HiddenConstant.UpperBound.Decide(SyntheticEvidence.Ratios(RandomStream.FromSeed(26).Derive(run), v => Math.Pow(v.n, 1.0 / 3), 0.2), 1e-8));
        Assert.That(rate.IsConsistentWithAtMost(ErrorBudget.MissedViolation), rate.ToString());
    }

    [Test]
    public void TrialsNeeded_NoisyTightBound_IsEnoughMostOfTheTime()
    {
        // The projection keeps the slope that was seen, which further trials move: doubling it is enough nine times in ten.
        var rate = Frequency.Of(Verdict.Undecided, 100, run =>
        {
            var stream = RandomStream.FromSeed(27).Derive(run);
            var first = HiddenConstant.LowerBound.Decide(SyntheticEvidence.Ratios(stream, _ => 1, 0.5), 1e-8);
            return first.Verdict == Verdict.Undecided && first.TrialsNeeded is { } more
                ? HiddenConstant.LowerBound.Decide(SyntheticEvidence.Ratios(stream.Derive("more"), _ => 1, 0.5, trials: 4 + (2 * more)), 1e-8)
                : first;
        });
        Assert.That(rate.IsConsistentWithAtMost(0.1), rate.ToString());
    }

    /// <summary>The centred logarithm of an exponential variable, standardised: a long tail towards zero.</summary>
    private static double LogExponential(double z) =>
        (Math.Log(-Math.Log(MathNet.Numerics.Distributions.Normal.CDF(0, 1, z))) + 0.5772156649015329) / (Math.PI / Math.Sqrt(6));
}
