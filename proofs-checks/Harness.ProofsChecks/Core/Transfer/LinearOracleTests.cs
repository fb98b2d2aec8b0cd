using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Transfer;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>The oracle's closed form against two programs that know nothing of it: optimality of every support in rational arithmetic, and projected gradient descent.</summary>
public sealed class LinearOracleTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    [Test]
    public void Enclose_AnyCase_HoldsTheExactMinimum() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(TransferCase.UpTo(5), draw =>
    {
        var ball = LinearOracle.Enclose(draw.Model, draw.Biases);
        var exact = TransferProgram.Minimum(draw.Dimension, draw.Sizes, draw.Biases);
        return BigRational.Exactly(ball.Lower) <= exact && exact <= BigRational.Exactly(ball.Upper);
    }));

    [Test]
    public void Enclose_AnyCase_IsTight() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(TransferCase.UpTo(12), draw =>
        LinearOracle.Enclose(draw.Model, draw.Biases).RelativeRadius <= 2 * RelativeError(draw)));

    /// <summary>What the core documents.</summary>
    private static double RelativeError(TransferCase draw)
    {
        var (sources, nhh) = (draw.Biases.Length, draw.Biases.Select((h, k) => double.IsFinite(h) ? draw.Sizes[k + 1] * h * h : 0).Sum());
        return (8 * (sources + 4) * UnitRoundoff) + (Math.Pow(8 * (sources + 1) * UnitRoundoff, 2) * (draw.Sizes.Sum() / draw.Sizes[0]) * (1 + (nhh / draw.Dimension)));
    }

    /// <summary>An objective that is quadratic about its minimum: weights that are off by ε are worse by ε² only, so the risk of the weights is the minimum up to rounding.</summary>
    [Test]
    public void Risk_AnyCase_IsEnclosedAndThatOfItsWeights() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(TransferCase.UpTo(12), draw =>
    {
        var weights = new double[draw.Sizes.Length];
        var (risk, ball) = (LinearOracle.Risk(draw.Model, draw.Biases, weights), LinearOracle.Enclose(draw.Model, draw.Biases));

        // The objective of the tests is rounded as the core's is.
        var permitted = (2 * RelativeError(draw) * risk) + (2 * ball.Radius);
        return Math.Abs(risk - ball.Midpoint) <= permitted && weights.All(w => w >= 0) && Math.Abs(ProjectedGradient.Objective(draw, weights) - risk) <= permitted;
    }));

    [Test]
    public void Risk_AgainstProjectedGradient_IsTheSameMinimum() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(TransferCase.UpTo(8), draw =>
    {
        var (least, gap) = ProjectedGradient.Minimise(draw);
        var ball = LinearOracle.Enclose(draw.Model, draw.Biases);

        // The duality gap says how far the descent may be from the minimum, and its objective is never below it; both are rounded.
        var rounding = 64 * draw.Sizes.Length * UnitRoundoff * least;
        return ball.Lower <= least + rounding && least - gap - rounding <= ball.Upper;
    }));

    [Test]
    public void Risk_OneSource_IsItsFormula()
    {
        var weights = new double[2];
        Assert.That(LinearOracle.Risk(new(1, 4, 12), [0.5], weights), Is.EqualTo(1 / (4 + (12 / (1 + (12 * 0.25))))).Within(1).Ulps);
        Assert.That(LinearOracle.Risk(new(1, 4, 12), [double.PositiveInfinity], weights), Is.EqualTo(0.25));
        Assert.That(weights, Is.EqualTo(new double[] { 1, 0 }));
    }

    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Risk_BoundOutOfRange_Throws(double h) => Assert.That(() => LinearOracle.Enclose(new(1, 1, 1), [h]), Throws.ArgumentException.With.Message.Contains("0 to ∞"));

    [Test]
    public void Model_SizeOutOfRange_Throws() => Assert.That(() => new TransferModel(1, 1, 0), Throws.ArgumentException.With.Message.Contains("positive"));
}
