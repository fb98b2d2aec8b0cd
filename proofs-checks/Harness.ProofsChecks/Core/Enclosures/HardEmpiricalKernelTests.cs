using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Tangent kernels of finite networks on hard inputs: no NaN, and a proven range of the smallest eigenvalue that holds the one of the exact kernel, by the signs of exact leading minors.</summary>
public sealed class HardEmpiricalKernelTests
{
    [Test]
    public void TangentKernel_HardInputs_SmallestEigenvalueWithinItsProvenRange(
        [ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs, [Values("fully connected", "convolutional", "residual")] string architecture)
    {
        Network<double> network = architecture switch
        {
            "fully connected" => new FullyConnected<double>(HardInputs.Dimension, 5, 2, 1),
            "convolutional" => new Convolutional<double>(PositionGraph.Ring(3, 2), HardInputs.Dimension / 3, 4, 2, 1),
            _ => new Residual<double>(HardInputs.Dimension, 5, 3, 1, 0.25),
        };
        var n = inputs.Samples;
        network.Initialise(RandomStream.FromSeed(11));
        var state = new BatchState<double>(network, n);
        var (kernel, radii) = (new double[n * n], new double[n * n]);
        CertifiedTangentKernel.Compute<double>(network, inputs.Values, state, new(network, state), kernel, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var oracle = DyadicNetwork.Of(network);
        var derivatives = Enumerable.Range(0, n).Select(i =>
        {
            var values = oracle.Evaluate(Row(inputs, i));
            return Enumerable.Range(1, oracle.Depth).SelectMany(l => oracle.OutputDerivatives(Row(inputs, i), values, l)[0]).ToArray();
        }).ToArray();
        Check(inputs, kernel, radii, (i, j) => Dot(derivatives[i], derivatives[j]));
    }

    /// <summary>Plain and certified: an entry is ⟨x_i, x_j⟩ times the number of neurons that are active on both.</summary>
    [Test]
    public void ShallowKernel_HardInputs_SmallestEigenvalueWithinItsProvenRange([ValueSource(typeof(HardInputs), nameof(HardInputs.All))] HardInputs inputs)
    {
        const int Width = 16;
        var (network, n) = (new ShallowNetwork<double>(HardInputs.Dimension, Width, PiecewiseAffine.Rectifier), inputs.Samples);
        network.Initialise(RandomStream.FromSeed(11));
        var state = new ShallowState<double>(network, n);
        var (kernel, radii) = (new double[n * n], new double[n * n]);
        CertifiedShallowKernel.Compute(network, inputs.Values, state, kernel, radii, new double[CertifiedShallowKernel.WorkspaceLength(state)]);
        var weights = Enumerable.Range(0, network.Blocks).SelectMany(b => Dyadic.Exactly(DyadicNetwork.RowMajor(network.Hidden(b))).Chunk(HardInputs.Dimension)).ToArray();
        var gates = Enumerable.Range(0, n).Select(i => weights.Select(w => Dot(w, Dyadic.Exactly(Row(inputs, i))).Sign >= 0).ToArray()).ToArray();
        Check(inputs, kernel, radii, (i, j) =>
            Dyadic.Scale(Dot(Dyadic.Exactly(Row(inputs, i)), Dyadic.Exactly(Row(inputs, j))) * Dyadic.Exactly(gates[i].Zip(gates[j], (own, other) => own && other).Count(both => both)), -4));
    }

    private static void Check(HardInputs inputs, double[] kernel, double[] radii, Func<int, int, Dyadic> entry)
    {
        var n = inputs.Samples;
        Assert.That(!inputs.IsOrdinary || kernel.Concat(radii).All(double.IsFinite), "ordinary inputs have finite balls");
        var exact = new Dyadic[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                exact[(i * n) + j] = exact[(j * n) + i] = entry(i, j);
            }
        }

        var (lower, upper) = EigenvalueRange.OfSmallest(kernel, radii, n);
        Assert.That(lower, Is.LessThanOrEqualTo(upper), "nor NaN");
        Assert.That(lower == double.NegativeInfinity || Inertia.OfShifted(exact, n, Dyadic.Exactly(lower)).Negative == 0, $"{lower:R} is no lower bound");
        Assert.That(!double.IsFinite(upper) || Inertia.OfShifted(exact, n, Dyadic.Exactly(upper)).Positive < n, $"{upper:R} is no upper bound");
    }

    private static Dyadic Dot(Dyadic[] x, Dyadic[] y) => x.Zip(y).Aggregate(default(Dyadic), (sum, pair) => sum + (pair.First * pair.Second));

    private static double[] Row(HardInputs inputs, int i) => inputs.Values[(i * HardInputs.Dimension)..((i + 1) * HardInputs.Dimension)];
}
