using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed class ClosenessTests
{
    private static readonly Paper Paper = new("test", "Author", "Title", "arXiv:0000.00000");

    [Test]
    public void Closest_ToAnUpperBound_HasTheLargestRatio() =>
        Assert.That(ClosestTrial(Inequality.AtMost, (3, 10), (9, 10), (40, 100)), Is.EqualTo(1));

    [Test]
    public void Closest_ToALowerBound_HasTheSmallestRatio() =>
        Assert.That(ClosestTrial(Inequality.AtLeast, (30, 10), (90, 10), (200, 100)), Is.EqualTo(2));

    [Test]
    public void Closest_ToABoundThatMayBeNegative_HasTheSmallestDistance() =>
        Assert.That(ClosestTrial(Inequality.AtMost, (-3, -1), (0, 1), (-2, -1.5)), Is.EqualTo(2));

    [Test]
    public void Closest_OfEnclosures_CountsTheRadius()
    {
        var claim = Claim(Inequality.AtMost);
        ImmutableArray<Observation> observations = [Observed(0, Ball.Exactly(5), Ball.Exactly(10)), Observed(1, new Ball(4, 3), Ball.Exactly(10))];
        Assert.That(Closeness.Closest(claim, observations)!.Trial, Is.EqualTo(1));
    }

    [Test]
    public void Closest_OfResiduals_IsRelativeToTheRadius()
    {
        var claim = Claim(Identity.Residual);
        ImmutableArray<Observation> observations =
            [Observed(0, new Ball(1e-10, 1e-8), Ball.Exactly(0)), Observed(1, new Ball(-1e-14, 1e-13), Ball.Exactly(0)), Observed(2, new Ball(0, 0), Ball.Exactly(0))];
        Assert.That(Closeness.Closest(claim, observations)!.Trial, Is.EqualTo(1));
    }

    [Test]
    public void Closest_ToALowerBoundWithAHiddenConstant_HasTheSmallestRatioAtAnyThresholds()
    {
        var claim = Claim(HiddenConstant.LowerBound.With(resolution: 0.2, excluded: 0.5));
        ImmutableArray<Observation> observations = [Observed(0, Ball.Exactly(90), Ball.Exactly(10)), Observed(1, Ball.Exactly(20), Ball.Exactly(10))];
        Assert.That(Closeness.Closest(claim, observations)!.Trial, Is.EqualTo(1));
    }

    [Test]
    public void Closest_WhereConstantsAreFitted_IsHeldOut()
    {
        var claim = Claim(HiddenConstant.UpperBound);
        ImmutableArray<Observation> observations = [Observed(0, Ball.Exactly(9), Ball.Exactly(10)) with { IsCalibration = true }, Observed(1, Ball.Exactly(2), Ball.Exactly(10))];
        Assert.That(Closeness.Closest(claim, observations)!.Trial, Is.EqualTo(1));
    }

    [Test]
    public void Closest_OnlyCalibration_IsStillATrial()
    {
        var claim = Claim(HiddenConstant.UpperBound);
        Assert.That(Closeness.Closest(claim, [Observed(7, Ball.Exactly(9), Ball.Exactly(10)) with { IsCalibration = true }])!.Trial, Is.EqualTo(7));
    }

    [Test]
    public void Closest_WithAValueThatIsNoNumber_IsThatTrial() =>
        Assert.That(ClosestTrial(Inequality.AtMost, (9, 10), (double.NaN, 10), (1, 10)), Is.EqualTo(1));

    [Test]
    public void Closest_OnALadder_IsFarthestFromThePower()
    {
        var domain = Domain.Climbing("m", 4, 1, new VariableRange("m", 64, 512, true));
        var claim = Claim(Exponent.EqualTo(1, within: 0.1, ladder: "m"), domain);
        ImmutableArray<Observation> observations = [.. domain.Cells(Profile.Gate).Select(cell => new Observation(
            cell.Index, 0, false, cell.Variables, Ball.Unbounded(cell.Variables.m * (cell.Index == 2 ? 3 : 1)), Ball.Exactly(1), []))];
        Assert.That(Closeness.Closest(claim, observations)!.Cell, Is.EqualTo(2));
    }

    [Test]
    public void Closest_OfNothing_IsNothing() => Assert.That(Closeness.Closest(Claim(Inequality.AtMost), []), Is.Null);

    private static int ClosestTrial(IDecisionProcedure procedure, params (double Value, double Bound)[] trials) =>
        Closeness.Closest(Claim(procedure), [.. trials.Select((t, i) => Observed(i, Ball.Exactly(t.Value), Ball.Exactly(t.Bound)))])!.Trial;

    private static Observation Observed(int trial, Ball value, Ball bound) => new(0, trial, false, Variables.None.With("m", 64), value, bound, []);

    private static Claim Claim(IDecisionProcedure procedure, Domain? domain = null) => Harness.Claims.Claim.Named("test.claim").From(Paper, "Lemma 1")
        .States("Q ≤ B").Given(new Generator<int>(domain ?? Domain.Filling(2, 1, new VariableRange("m", 64, 128, true)), "anything", false, _ => 0))
        .Observes("Q", _ => 1).AgainstItsOwnBound("B").DecidedBy(procedure).RefutedWhen("doubled", _ => 2);
}
