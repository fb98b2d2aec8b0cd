using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>The three products of a hidden layer with m × m weights and a batch of n: W·H, Wᵀ·D and W += αD·Hᵀ. At m = 1024, n = 256 the first is the general product of the targets.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class LayerProducts<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So small that the weights stay where they are, as in GradientDescentStep.
    private static readonly T Alpha = T.CreateChecked(-1e-9);

    private Weights<T> weights = null!;
    private T[] batch = [], product = [];

    /// <summary>n: multiples of a vector, so that the batch needs no padding.</summary>
    [Params(16, 64, 256)]
    public int Samples { get; set; }

    /// <summary>m.</summary>
    [Params(64, 256, 1024, 4096, 8192)]
    public int Width { get; set; }

    /// <summary>W ~ N(0, 2/m) and a standard normal batch.</summary>
    [GlobalSetup]
    public void Draw()
    {
        weights = new(Width, Width);
        weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / Width));
        batch = new T[Width * Samples];
        product = new T[Width * Samples];
        RandomStream.FromSeed(2).FillGaussian<T>(batch, 1.0);
    }

    /// <summary>G = W·H.</summary>
    [Benchmark]
    public void Multiply() => weights.Multiply(batch, product, Samples, Samples);

    /// <summary>S = Wᵀ·D.</summary>
    [Benchmark]
    public void MultiplyTransposed() => weights.MultiplyTransposed(batch, product, Samples, Samples);

    /// <summary>W += α·D·Hᵀ.</summary>
    [Benchmark]
    public void AddOuterProduct() => weights.AddOuterProduct(Alpha, batch, batch, Samples, Samples);

    // The update multiplies the finished sum by α once more for every weight; it also writes the weights instead of a batch.
    Work ICountedWork.WorkOf(string benchmark)
    {
        long n = Samples, m = Width, size = Unsafe.SizeOf<T>();
        return benchmark == nameof(AddOuterProduct) ? new((n + 1) * m * m, ((2 * m * m) + (2 * m * n)) * size) : new(n * m * m, ((m * m) + (2 * m * n)) * size);
    }
}
