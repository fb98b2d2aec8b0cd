using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class HiddenConstantTests
{
    private static readonly RandomStream Stream = RandomStream.FromSeed(1);

    [Test]
    public void Decide_NoObservations_IsUndecided()
    {
        var some = SyntheticEvidence.Ratios(Stream, _ => 1, 0.1);
        Assert.That(HiddenConstant.UpperBound.Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(HiddenConstant.UpperBound.Decide(some with { HeldOut = [] }, 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(HiddenConstant.UpperBound.Decide(some with { Calibration = [] }, 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));
    }

    [Test]
    public void Decide_OneObservationEach_WithoutSweepHolds()
    {
        var one = SyntheticEvidence.Observe(0, 0, Variables.None, 3, 1);
        Assert.That(HiddenConstant.UpperBound.Decide(new([one], [one], []), 1e-8).Verdict, Is.EqualTo(Verdict.Holds));
    }

    [Test]
    public void Decide_OneHeldOutTrialBeyondConstant_IsUndecidedAndAsksForMore()
    {
        var decision = HiddenConstant.UpperBound.Decide(new([SyntheticEvidence.Observe(0, 0, Variables.None, 3, 1)], [SyntheticEvidence.Observe(1, 0, Variables.None, 6.1, 1)], []), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(decision.TrialsNeeded, Is.EqualTo(1));
    }

    [Test]
    public void Decide_RatioAtTwiceTheCalibration_IsATieThatHolds()
    {
        var decision = HiddenConstant.UpperBound.Decide(new([SyntheticEvidence.Observe(0, 0, Variables.None, 1, 1)], [SyntheticEvidence.Observe(1, 0, Variables.None, 2, 1)], []), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(decision.Looseness, Is.EqualTo(1));
    }

    [TestCase(double.NaN, 1, Verdict.Undecided)]
    [TestCase(1, double.NaN, Verdict.Undecided)]
    [TestCase(1, -1, Verdict.Undecided)]
    [TestCase(double.PositiveInfinity, 1, Verdict.Violated)]
    [TestCase(1, 0, Verdict.Violated)]
    [TestCase(0, 0, Verdict.Holds)]
    [TestCase(0, 1, Verdict.Holds)]
    [TestCase(-1, 1, Verdict.Holds)]
    public void UpperBound_OddTrialAmongGoodOnes_IsDecidedSensibly(double value, double bound, Verdict expected) =>
        Assert.That(HiddenConstant.UpperBound.Decide(WithOdd(value, bound), 1e-8).Verdict, Is.EqualTo(expected));

    [TestCase(double.NaN, 1, Verdict.Undecided)]
    [TestCase(1, double.NaN, Verdict.Undecided)]
    [TestCase(1, -1, Verdict.Undecided)]
    [TestCase(0, 1, Verdict.Violated)]
    [TestCase(-1, 1, Verdict.Violated)]
    [TestCase(-1, 0, Verdict.Violated)]
    [TestCase(0, 0, Verdict.Holds)]
    [TestCase(1, 0, Verdict.Holds)]
    public void LowerBound_OddTrialAmongGoodOnes_IsDecidedSensibly(double value, double bound, Verdict expected) =>
        Assert.That(HiddenConstant.LowerBound.Decide(WithOdd(value, bound), 1e-8).Verdict, Is.EqualTo(expected));

    [Test]
    public void LowerBound_EnclosureAroundZero_IsUndecidedNotViolated()
    {
        var evidence = WithOdd(0, 1);
        var blurred = evidence with { HeldOut = [.. evidence.HeldOut.Select(o => o.Value.Midpoint == 0 ? o with { Value = new Ball(0, 1e-9) } : o)] };
        Assert.That(HiddenConstant.LowerBound.Decide(blurred, 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));
    }

    [Test]
    public void LowerBound_ExactZeroAgainstExactScale_IsCertified()
    {
        var evidence = WithOdd(0, 1);
        var exact = evidence with { HeldOut = [.. evidence.HeldOut.Select(o => o.Value.Midpoint == 0 ? o with { Value = Ball.Exactly(0) } : o)] };
        Assert.That(HiddenConstant.LowerBound.Decide(exact, 1e-8).IsCertified, Is.True);
    }

    [Test]
    public void Decide_SweptVariableThatDoesNotVary_IsNamedAsUntested()
    {
        var evidence = SyntheticEvidence.Ratios(Stream, _ => 1, 0.1);
        var frozen = evidence with
        {
            Calibration = [.. evidence.Calibration.Select(o => o with { Variables = o.Variables.With("L", 3) })],
            HeldOut = [.. evidence.HeldOut.Select(o => o with { Variables = o.Variables.With("L", 3) })],
        };
        var decision = HiddenConstant.UpperBound.Decide(frozen, 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(decision.Because, Does.Contain("L"));
    }

    [Test]
    public void Decide_PowerLawWithoutNoise_ReportsItsExponents()
    {
        // R = m⁻¹ δ²: for an upper bound both slopes lead away from violation, and the regression of an exact power law returns them up to rounding.
        var decision = HiddenConstant.UpperBound.Decide(SyntheticEvidence.Ratios(Stream, v => v.δ * v.δ / v.m, 0), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds), decision.Because);
        Assert.That(decision.LooseExponents.Select(e => e.Value), Is.EqualTo(new[] { -1.0, 2, 0, 0, 0 }).Within(1e-9));

        // Measured = proved + drift, variable by variable, whatever the scale.
        Assert.That(decision.Exponents.Select(e => e.Measured - e.Proved), Is.EqualTo(new[] { -1.0, 2, 0, 0, 0 }).Within(1e-9));
    }

    [Test]
    public void Decide_LowerBoundWithFallingSeparation_BlamesTheVariableThatDrifts()
    {
        var decision = HiddenConstant.LowerBound.Decide(SyntheticEvidence.Ratios(Stream, v => v.δ, 0.2), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Violated));
        Assert.That(decision.Because, Does.Contain("as δ falls"));
    }

    [Test]
    public void Decide_RatioThatClimbsToALimit_SettlesAndHolds()
    {
        // 1 − e^{−L} climbs by nearly a half on the way from L = 1 to its limit: without noise a sure slope over the whole range, and none near its end.
        var saturating = SyntheticEvidence.Ratios(Stream, v => 1 - Math.Exp(-v.L), 0);
        var decision = HiddenConstant.UpperBound.Decide(saturating, 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Holds), decision.Because);
    }

    [Test]
    public void Decide_HeldOutCellFarBeyondWithoutSweep_IsViolated()
    {
        var z = SyntheticEvidence.Normals(Stream, 24);
        Observation[] all = [.. Enumerable.Range(0, 24).Select(i => SyntheticEvidence.Observe(i / 4, i % 4, Variables.None, (i / 4 == 5 ? 50 : 1) * Math.Exp(0.1 * z[i]), 1))];
        Assert.That(HiddenConstant.UpperBound.Decide(new(all[..12], all[12..], []), 1e-8).Verdict, Is.EqualTo(Verdict.Violated));
    }

    [Test]
    public void Decide_HeldOutMeanBeyondConstantWithinItsNoise_IsUndecided()
    {
        // Calibration within e^±1 of 1, so the constant is 2e; the held-out mean is e², 0.3 beyond it in the logarithm and less than one standard error, ½.
        double[] spread = [-1, 1, -1, 1];
        Observation[] Cell(int cell, double level) => [.. spread.Select((z, trial) => SyntheticEvidence.Observe(cell, trial, Variables.None, Math.Exp(level + z), 1))];
        var decision = HiddenConstant.UpperBound.Decide(new([.. Cell(0, 0), .. Cell(1, 0)], Cell(2, 2), []), 1e-8);
        Assert.That(decision.Verdict, Is.EqualTo(Verdict.Undecided), decision.Because);
    }

    [Test]
    public void Decide_EverythingEnclosed_CertifiesTheInequalityAndKeepsTheDriftApart()
    {
        var decision = HiddenConstant.UpperBound.Decide(Enclosed(SyntheticEvidence.Ratios(Stream, _ => 1, 0.05), relativeRadius: 1e-9), 1e-8);
        Assert.That((decision.Verdict, decision.IsCertified, decision.Level), Is.EqualTo((Verdict.Holds, true, (double?)1e-8)), decision.Because);
        Assert.That(decision.Because, Does.StartWith("Certified: all 48 held-out and 48 calibration instances").And.Contain("Statistical: no drift"));
        Assert.That(decision.Tightness!.Largest, Is.EqualTo(1e-9).Within(1e-24), "the quotient is rounded once, below 2u of itself");
    }

    [Test]
    public void Decide_OneCalibrationValueUntracked_CertifiesNothing()
    {
        var evidence = Enclosed(SyntheticEvidence.Ratios(Stream, _ => 1, 0.05), relativeRadius: 1e-9);
        var decision = HiddenConstant.UpperBound.Decide(evidence with { Calibration = [evidence.Calibration[0] with { Value = Ball.Unbounded(1) }, .. evidence.Calibration.Skip(1)] }, 1e-8);
        Assert.That((decision.Verdict, decision.IsCertified, decision.Tightness), Is.EqualTo((Verdict.Holds, false, (Tightness?)null)));
        Assert.That(decision.Because, Does.Contain("enclosed in 95 of 96 instances"));
    }

    // The constant is twice the calibration's ratio of 1. A tight enclosure overlaps it or not; one wider than a sixteenth stands for its midpoint.
    [TestCase(1.99, 0.001, Verdict.Holds, true)]
    [TestCase(1.99, 0.02, Verdict.Undecided, false)]
    [TestCase(2.01, 0.02, Verdict.Undecided, false)]
    [TestCase(1.5, 0.6, Verdict.Holds, false)]
    [TestCase(1, 0.9, Verdict.Holds, true)]
    public void UpperBound_EnclosureNearTheConstant_IsWithinBeyondOrOpen(double value, double radius, Verdict verdict, bool certified)
    {
        var decision = HiddenConstant.UpperBound.Decide(
            new([SyntheticEvidence.Observe(0, 0, Variables.None, 1, 1) with { Value = Ball.Exactly(1) }], [SyntheticEvidence.Observe(1, 0, Variables.None, 1, 1) with { Value = new(value, radius) }], []), 1e-8);
        Assert.That((decision.Verdict, decision.IsCertified), Is.EqualTo((verdict, certified)), decision.Because);
        Assert.That(decision.Because.Contains("1 of 1 overlap", StringComparison.Ordinal), Is.EqualTo(verdict == Verdict.Undecided));
    }

    [Test]
    public void UpperBound_ValueOneUlpBeyondTheConstant_IsNeverCertified()
    {
        foreach (var side in new[] { HiddenConstant.UpperBound, HiddenConstant.LowerBound })
        {
            // Whatever constant comes out of the calibration, its neighbour on the wrong side is beyond it.
            Evidence With(double value) => new(
                [SyntheticEvidence.Observe(0, 0, Variables.None, 1, 1) with { Value = Ball.Exactly(0.7), Bound = Ball.Exactly(1) }],
                [SyntheticEvidence.Observe(1, 0, Variables.None, 1, 1) with { Value = Ball.Exactly(value), Bound = Ball.Exactly(1) }], []);
            var constant = side.Decide(With(0.7), 1e-8).Estimates[0].Value;
            var beyond = side == HiddenConstant.UpperBound ? Math.BitIncrement(constant) : Math.BitDecrement(constant);
            Assert.That(side.Decide(With(constant), 1e-8).IsCertified, Is.True, "exactly at the constant the bound holds");
            Assert.That(side.Decide(With(beyond), 1e-8), Has.Property("Verdict").EqualTo(Verdict.Undecided).And.Property("IsCertified").False);
        }
    }

    [Test]
    public void LowerBound_AllEnclosedAroundZero_IsViolatedByTheirUpperEnds()
    {
        var evidence = SyntheticEvidence.Ratios(Stream, _ => 1, 0.05);
        var vanishing = evidence with { HeldOut = [.. evidence.HeldOut.Select(o => o with { Value = new Ball(0, 1e-9) })] };
        Assert.That(HiddenConstant.LowerBound.Decide(vanishing, 1e-8).Verdict, Is.EqualTo(Verdict.Violated));
    }

    private static Evidence Enclosed(Evidence evidence, double relativeRadius)
    {
        Observation[] All(IReadOnlyList<Observation> observations) => [.. observations.Select(o => o with { Value = new(o.Value.Midpoint, relativeRadius * o.Value.Midpoint) })];
        return evidence with { Calibration = All(evidence.Calibration), HeldOut = All(evidence.HeldOut) };
    }

    [Test]
    public void With_ThresholdsOutOfOrder_Throws() =>
        Assert.That(() => HiddenConstant.UpperBound.With(resolution: 0.3, excluded: 0.2), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Rate_LossThatRoseOnce_IsViolatedOutright()
    {
        Assert.That(Rate.AtLeast.Decide(WithOdd(-0.01, 1), 1e-8).Verdict, Is.EqualTo(Verdict.Violated));
        Assert.That(Rate.AtLeast.Decide(SyntheticEvidence.Ratios(Stream, _ => 0.5, 0.05), 1e-8).Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(Rate.AtLeast.Calibrates, Is.True);
    }

    /// <summary>Ratios near 1 with one odd trial in a held-out cell.</summary>
    private static Evidence WithOdd(double value, double bound)
    {
        var evidence = SyntheticEvidence.Ratios(Stream, _ => 1, 0.05);
        return evidence with { HeldOut = [evidence.HeldOut[0] with { Value = Ball.Unbounded(value), Bound = Ball.Exactly(bound) }, .. evidence.HeldOut.Skip(1)] };
    }
}
