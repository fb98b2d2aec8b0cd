using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>The linear operator W_b D_{i,b−1} W_{b−1} ⋯ D_{i,a} W_a of one sample, applied without being formed.</summary>
/// <param name="instance">Its state must hold a forward pass.</param>
/// <param name="sample">i.</param>
/// <param name="from">a.</param>
/// <param name="to">b ≥ a.</param>
public sealed class LayerProduct(NetworkInstance instance, int sample, int from, int to)
{
    /// <summary>Steps of the power method: the estimate of a random product's norm is then within a few per cent, from below.</summary>
    private const int Steps = 30;

    /// <summary>‖W_b D ⋯ W_a‖₂ by the power method on the operator's Gram matrix: a lower estimate that is attained by an explicit vector.</summary>
    public double SpectralNorm(RandomStream start)
    {
        var (v, image, scratch) = (new double[instance.Network.Width], new double[instance.Network.Width], new double[instance.Network.Width]);
        start.FillGaussian<double>(v, 1);
        var norm = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            Normalise(v);
            Apply(v, image, scratch);
            norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(image));
            ApplyTransposed(image, v, scratch);
        }

        return norm;
    }

    private void Apply(double[] v, double[] image, double[] scratch)
    {
        v.CopyTo(scratch, 0);
        for (var l = from; l <= to; l++)
        {
            instance.Network.Hidden(l).Multiply(scratch, image, 1, 1);
            if (l < to)
            {
                Relu.Gate<double>(instance.Column(instance.State.PreActivations(l), sample), image, scratch);
            }
        }
    }

    private void ApplyTransposed(double[] image, double[] v, double[] scratch)
    {
        image.CopyTo(scratch, 0);
        for (var l = to; l >= from; l--)
        {
            instance.Network.Hidden(l).MultiplyTransposed(scratch, v, 1, 1);
            if (l > from)
            {
                Relu.Gate<double>(instance.Column(instance.State.PreActivations(l - 1), sample), v, scratch);
            }
        }
    }

    private static void Normalise(double[] v)
    {
        var norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(v));
        for (var k = 0; k < v.Length; k++)
        {
            v[k] /= norm;
        }
    }
}
