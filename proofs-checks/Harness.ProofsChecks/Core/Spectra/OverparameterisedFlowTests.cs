using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>The reduced flow against the flow of all its parameters, integrated as it stands.</summary>
public sealed class OverparameterisedFlowTests
{
    [TestCase(InnerLayers.Tied, 6.832)]
    [TestCase(InnerLayers.Untied, 3.401)]
    public void Endpoint_OfThreeInnerLayers_DependsOnWhetherTheyAreTied(InnerLayers layers, double expected) =>
        Assert.That(new OverparameterisedFlow(0.5, 3, 0.3, layers).Endpoint(2).Eigenvalue, Is.EqualTo(expected).Within(5e-4)); // half of the last digit given

    [TestCase(1.0, 1)]
    [TestCase(1e-3, 1)]
    [TestCase(1e-9, 1)]
    [TestCase(1e-9, -1)]
    public void ClosedForm_AtItsEnd_IsTheEndpoint(double λ, double z)
    {
        var flow = new OverparameterisedFlow(λ);
        var end = flow.Endpoint(z);
        var closed = flow.ClosedForm(z, double.PositiveInfinity);
        Assert.That(closed.Coefficient, Is.EqualTo(z).Within(64).Ulps);
        Assert.That(closed.Eigenvalue, Is.EqualTo(end.Eigenvalue).Within(64).Ulps);
    }

    [TestCase(2, 0.5, 0.1)]
    [TestCase(-2, 0.5, 3)]
    [TestCase(0.3, 1e-9, 30)]
    [TestCase(1e-12, 0.5, 2)]
    [TestCase(0, 0.5, 2)]
    public void Integrate_WithoutInnerLayers_FollowsTheClosedForm(double z, double λ, double t)
    {
        var (flow, points) = (new OverparameterisedFlow(λ), new FlowPoint[1]);
        var steps = flow.Integrate(z, [t], points, 1e-11);
        var closed = flow.ClosedForm(z, t);

        // An error of 10⁻¹¹ of u a step, in at most as many steps as were taken, grows no faster than u itself: e^{2|z|t}-fold at most is far above what these paths do, 100 is ample.
        var tolerance = 100 * 1e-11 * (steps + 1);
        Assert.That(points[0].Coefficient, Is.EqualTo(closed.Coefficient).Within(tolerance * Math.Abs(z)));
        Assert.That(points[0].Eigenvalue, Is.EqualTo(closed.Eigenvalue).Within(tolerance * closed.Eigenvalue));
    }

    [Test]
    public void Integrate_WithInnerLayers_FollowsAllParameters([Values] InnerLayers layers, [Values(1, 2, 3)] int depth, [Values(0.5, 2, 40)] double t)
    {
        const double Z = -1.5, Λ = 0.4, B = 0.5;
        var points = new FlowPoint[1];
        var steps = new OverparameterisedFlow(Λ, depth, B, layers).Integrate(Z, [t], points, 1e-11);
        var (θ, eigenvalue) = Parameters(Z, Λ, B, depth, layers, t);

        // The reference's step of 10⁻³ has a global error of order 10⁻¹² times its rates to the fourth; 10⁻⁸ leaves room for rates up to 10.
        Assert.That(points[0].Coefficient, Is.EqualTo(θ).Within(1e-8));
        Assert.That(points[0].Eigenvalue, Is.EqualTo(eigenvalue).Within(1e-8 * eigenvalue));
        Assert.That(steps, Is.LessThan(1000));
    }

    /// <summary>The point of the reduction: the number of steps does not grow with the time or the rate.</summary>
    [Test]
    public void Integrate_OverAVeryLongTime_TakesFewSteps()
    {
        var points = new FlowPoint[1];
        var steps = new OverparameterisedFlow(1e-6, 3, 0.1).Integrate(1e3, [1e9], points, 1e-8);
        Assert.That(steps, Is.LessThan(300));
        Assert.That(points[0].Coefficient, Is.EqualTo(1e3).Within(1e-8));
    }

    [Test]
    public void ClosedForm_WithInnerLayers_SaysWhatToUse() =>
        Assert.That(() => new OverparameterisedFlow(1, 2).ClosedForm(1, 1), Throws.InvalidOperationException.With.Message.Contains("Integrate"));

    /// <summary>Runge and Kutta's method of order 4 on a, b₁, …, b_D, β; tied ones are one parameter with D times the gradient.</summary>
    private static (double θ, double Eigenvalue) Parameters(double z, double λ, double b, int depth, InnerLayers layers, double t)
    {
        double[] x = [Math.Sqrt(λ), .. Enumerable.Repeat(b, layers == InnerLayers.Tied ? 1 : depth), 0];
        var count = (int)Math.Round(t / 1e-3);
        for (var step = 0; step < count; step++)
        {
            var k1 = Slope(x);
            var k2 = Slope([.. x.Zip(k1, (a, k) => a + (5e-4 * k))]);
            var k3 = Slope([.. x.Zip(k2, (a, k) => a + (5e-4 * k))]);
            var k4 = Slope([.. x.Zip(k3, (a, k) => a + (1e-3 * k))]);
            x = [.. x.Select((a, i) => a + (1e-3 / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i])))];
        }

        var outer = x[0] * Inner(x);
        return (outer * x[^1], outer * outer);

        double Inner(double[] p) => layers == InnerLayers.Tied ? Math.Pow(p[1], depth) : p[1..^1].Aggregate(1.0, (product, factor) => product * factor);

        double[] Slope(double[] p)
        {
            var (a, product, β) = (p[0], Inner(p), p[^1]);
            var residual = z - (a * product * β);
            var multiplicity = layers == InnerLayers.Tied ? depth : 1;
            return [product * β * residual, .. p[1..^1].Select(factor => multiplicity * a * product / factor * β * residual), a * product * residual];
        }
    }
}
