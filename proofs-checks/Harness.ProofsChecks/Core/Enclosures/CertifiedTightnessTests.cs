using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>A sound bound may be useless; these are not. The figures hold at random initialisation, for inputs and targets of order one.</summary>
public sealed class CertifiedTightnessTests
{
    private const int Samples = 64, Depth = 3, InputDimension = 16, Outputs = 10;

    [TestCase(128)]
    [TestCase(2048)]
    public void LossAndGradient_RandomInitialisation_RelativeRadiiOfTheDerivation(int width)
    {
        // Forwards γ_m (0.56 √m)^{L+1} (docs/derivations.md, "Enclosures"), 10⁻⁷ at width 2048; ten times that for the constant.
        var (network, inputs, targets) = Instance(width);
        var state = new BatchState<double>(network, Samples);
        var radii = new BatchRadii<double>(network, state);
        CertifiedForward.Run<double>(network, inputs, state, radii);
        var loss = CertifiedLoss.Evaluate<double>(state, radii, targets);
        CertifiedGradient.Backward(network, state, radii);
        var norm = CertifiedGradient.SquaredFrobeniusNorm<double>(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var open = Enumerable.Range(0, Depth + 1).Sum(l => CertifiedForward.CountOpenSigns(state, radii, l));
        var (γ, growth) = (Rounding.Gamma(width), 0.56 * Math.Sqrt(width));
        Assert.That(loss.Radius / loss.Midpoint, Is.LessThan(10 * γ * Math.Pow(growth, Depth + 1)));

        // Backwards the same factor compounds L − 1 more times: 2γ_m (0.56 √m)^{2L}, 1.2·10⁻⁴ at width 2048, times what signs cancel in the quadratic form, less than 8 here.
        Assert.That(norm.Radius / norm.Midpoint, Is.LessThan(8 * 2 * γ * Math.Pow(growth, 2 * Depth)));
        Assert.That(open, Is.LessThan(100), "one sign in 5000 at width 2048");
    }

    [TestCase(128)]
    [TestCase(2048)]
    public void Loss_DoubleDoubleRetry_RelativeRadiusBelowTenToTheMinusTwelve(int width)
    {
        var (network, inputs, targets) = Instance(width);
        var state = new BatchState<double>(network, Samples);
        var radii = new BatchRadii<double>(network, state);
        CertifiedForward.Run<double>(network, inputs, state, radii);
        var (loss, again) = (CertifiedLoss.Evaluate<double>(state, radii, targets), DoubleDoubleForward.Loss(network, inputs, targets, new DoubleDoubleState(network, Samples)));
        Assert.That(again.Radius / again.Midpoint, Is.LessThan(1e-12));
        Assert.That(Math.Abs(again.Midpoint - loss.Midpoint), Is.LessThanOrEqualTo(loss.Radius + again.Radius), "two enclosures of one number overlap");
    }

    private static (FullyConnected<double> Network, double[] Inputs, double[] Targets) Instance(int width)
    {
        var network = new FullyConnected<double>(InputDimension, width, Depth, Outputs);
        network.Initialise(RandomStream.FromSeed(1));
        var (inputs, targets) = (new double[Samples * InputDimension], new double[Samples * Outputs]);
        RandomStream.FromSeed(2).FillGaussian<double>(inputs, Math.Sqrt(1.0 / InputDimension));
        RandomStream.FromSeed(3).FillGaussian<double>(targets, 1);
        return (network, inputs, targets);
    }
}
