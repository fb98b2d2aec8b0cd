using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Quantile nodes against distribution functions integrated from the density, and the constants of the decay.</summary>
public sealed class DensityTests
{
    private static readonly Density[] All = [Density.Uniform, Density.Gaussian, Density.Triangular, Density.HeavyTailed(2), Density.HeavyTailed(3), Density.HeavyTailed(4), Density.HeavyTailed(7)];

    [Test]
    public void Quantiles_BetweenNeighbours_LiesTheMassOfOneNode([Range(0, 6)] int index)
    {
        // By Gauss–Legendre between neighbouring nodes; 24 nodes integrate these densities there to rounding, but for the outermost intervals of heavy tails, which are left out.
        var density = All[index];
        const int N = 40;
        var quantiles = new double[N];
        density.Quantiles(quantiles);
        for (var i = 4; i < N - 5; i++)
        {
            var (nodes, weights) = (new double[24], new double[24]);
            GaussLegendre.Compute(nodes, weights);
            GaussLegendre.Map(nodes, weights, quantiles[i], quantiles[i + 1]);

            // A triangle has a kink at zero, where two nodes are as far from it as from each other's half.
            var mass = density == Density.Triangular && i == (N / 2) - 1
                ? (quantiles[i + 1] - (quantiles[i + 1] * quantiles[i + 1] / 2)) * 2
                : nodes.Zip(weights, (x, w) => w * density.At(x)).Sum();
            Assert.That(mass, Is.EqualTo(1.0 / N).Within(1e-13), $"{i}");
        }
    }

    [Test]
    public void Quantiles_OddNumber_AreSymmetricAboutZero([Range(0, 6)] int index)
    {
        var quantiles = new double[2001];
        All[index].Quantiles(quantiles);
        Assert.That(quantiles, Is.Ordered);
        Assert.That(quantiles.Reverse().Select(x => 0 - x), Is.EqualTo(quantiles));
        Assert.That(BitConverter.DoubleToInt64Bits(quantiles[1000]), Is.Zero);
    }

    [Test]
    public void Quantiles_Gaussian_OfTwoThousandAndOne() // Φ⁻¹(2000.5/2001), to 17 digits elsewhere
    {
        var quantiles = new double[2001];
        Density.Gaussian.Quantiles(quantiles);
        Assert.That(quantiles[^1], Is.EqualTo(3.480890300257029).Within(1e-12));
    }

    [TestCase(1, 0.12900613773279798)]
    [TestCase(2, 0.38701841319839395)]
    [TestCase(3, 0.7740368263967879)]
    public void OnDomain_UniformOnTheLine_IsTwoLTimesLPlusOneOverPiCubed(int layers, double expected) =>
        Assert.That(EigenvalueDecay.OnDomain(1, layers, Density.Uniform.RootIntegral), Is.EqualTo(expected).Within(1e-14));

    [TestCase(2, true, 0.5570423008216336)]
    [TestCase(2, false, 0.39788735772973827)]
    [TestCase(3, true, 1.002924045072015)]
    public void OnSphere_ThreeDimensions_HasTheParityConstant(int layers, bool even, double expected) =>
        Assert.That(EigenvalueDecay.OnSphere(3, layers, even), Is.EqualTo(expected).Within(1e-13));
}
