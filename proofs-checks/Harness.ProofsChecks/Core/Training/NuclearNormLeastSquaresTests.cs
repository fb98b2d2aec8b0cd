using Harness.Core.Numerics;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Training;

/// <summary>Problems whose minimum is known in closed form, and what the gap promises of others.</summary>
public sealed class NuclearNormLeastSquaresTests
{
    /// <summary>One gradient G of norm g: the minimiser is (yg − λ)/g² times its leading pair of singular vectors, and the minimum λy/g − λ²/(2g²).</summary>
    [Test]
    public void Minimise_WithOneGradient_FindsTheLeadingDirection()
    {
        var problem = new NuclearNormLeastSquares([0, 2, 0, 1, 0, 0], [3], 2, 3);
        var gap = problem.Minimise(penalty: 1.5, relativeGap: 1e-14, steps: 500);
        const double Minimum = (1.5 * 3 / 2) - (1.5 * 1.5 / 8);
        Assert.That(gap.Objective, Is.EqualTo(Minimum).Within(1e-13));
        Assert.That(gap.LowerBound, Is.EqualTo(Minimum).Within(1e-13));

        // Half of g² times the squared distance is at most the gap.
        Assert.That(problem.Solution.ToArray(), Is.EqualTo([0, (6 - 1.5) / 4, 0, 0, 0, 0]).Within(Math.Sqrt(2 * 1e-13) / 2));
        Assert.That(problem.ZeroPenalty, Is.EqualTo(6).Within(1e-14));
    }

    /// <summary>Gradients that are the unit matrices: the penalty comes off the singular values 5 and 1 of the targets.</summary>
    /// <remarks>L = 1: the first step is the solution.</remarks>
    [TestCase(0.5, 4.5, 0.5)]
    [TestCase(2, 3, 0)]
    [TestCase(6, 0, 0)]
    public void Minimise_WithUnitGradients_SoftensSingularValues(double penalty, double first, double second)
    {
        var gradients = new double[36];
        for (var k = 0; k < 6; k++)
        {
            gradients[(k * 6) + k] = 1;
        }

        // Rows (3, 4, 0)/5·5 and (−4, 3, 0)/5·1.
        var problem = new NuclearNormLeastSquares(gradients, [3, 4, 0, -0.8, 0.6, 0], 2, 3);
        var gap = problem.Minimise(penalty, relativeGap: 1e-14, steps: 200);
        Assert.That(problem.Solution.ToArray(), Is.EqualTo([0.6 * first, 0.8 * first, 0, -0.8 * second, 0.6 * second, 0]).Within(1e-13));
        Assert.That(gap.Width, Is.EqualTo(0).Within(1e-13));
    }

    [Test]
    public void Factor_IsBalancedAndGivesTheSolution()
    {
        var problem = Gaussian(rows: 5, columns: 7, count: 6);
        problem.Minimise(0.1 * problem.ZeroPenalty, relativeGap: 1e-10, steps: 4000);
        var (up, down) = (new double[25], new double[35]);
        var rank = problem.Factor(up, down);
        Assert.That(rank * (rank + 1) / 2, Is.LessThanOrEqualTo(6).And.Positive);
        for (var e = 0; e < 35; e++)
        {
            Assert.That(Enumerable.Range(0, 5).Sum(k => up[(k * 5) + (e / 7)] * down[(k * 7) + (e % 7)]), Is.EqualTo(problem.Solution[e]).Within(1e-12));
        }

        Assert.That(FixedOrder.SumOfSquares<double>(up), Is.EqualTo(FixedOrder.SumOfSquares<double>(down)).Within(1e-12));
        Assert.That(down[(rank * 7)..], Is.All.Zero);
    }

    /// <summary>The lower bound of a run that was stopped early lies below the objective of one that was not, and the gap closes.</summary>
    [Test]
    public void Minimise_StoppedEarly_StillBoundsTheMinimum()
    {
        var problem = Gaussian(rows: 6, columns: 8, count: 10);
        var penalty = 0.05 * problem.ZeroPenalty;
        var early = problem.Minimise(penalty, relativeGap: 0, steps: 20);
        var late = problem.Minimise(penalty, relativeGap: 1e-12, steps: 10_000);
        Assert.That(late.Width, Is.LessThanOrEqualTo(1e-12 * late.Objective));
        Assert.That(early.LowerBound, Is.LessThan(late.Objective));
        Assert.That(early.Objective, Is.GreaterThan(late.LowerBound));
        Assert.That(early.Steps, Is.EqualTo(20));
    }

    [Test]
    public void Problem_WithoutGradients_IsRefused() => Assert.That(() => new NuclearNormLeastSquares(new double[6], [1], 2, 3), Throws.ArgumentException.With.Message.Contains("zero"));

    [Test]
    public void Problem_WithMoreRowsThanColumns_SaysToTranspose() => Assert.That(() => new NuclearNormLeastSquares(new double[6], [1], 3, 2), Throws.ArgumentException);

    private static NuclearNormLeastSquares Gaussian(int rows, int columns, int count)
    {
        var (gradients, targets) = (new double[rows * columns * count], new double[count]);
        RandomStream.FromSeed(8).FillGaussian<double>(gradients, 1.0);
        RandomStream.FromSeed(9).FillGaussian<double>(targets, 1.0);
        return new(gradients, targets, rows, columns);
    }
}
