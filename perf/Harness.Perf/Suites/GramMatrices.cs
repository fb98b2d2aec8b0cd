using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>XᵀX of n vectors with m features, and the Hadamard product of two such matrices.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class GramMatrices<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] features = [], gram = [], zeros = [];

    /// <summary>n.</summary>
    [Params(16, 64, 256, 1024)]
    public int Samples { get; set; }

    /// <summary>m.</summary>
    [Params(64, 1024, 8192)]
    public int Width { get; set; }

    /// <summary>X ~ N(0, 1/m).</summary>
    [GlobalSetup]
    public void Draw()
    {
        features = new T[Width * Samples];
        gram = new T[Samples * Samples];
        zeros = new T[Samples * Samples];
        RandomStream.FromSeed(1).FillGaussian<T>(features, Math.Sqrt(1.0 / Width));
    }

    /// <summary>K = XᵀX.</summary>
    [Benchmark]
    public void Compute() => GramMatrix.Compute<T>(features, Width, Samples, Samples, gram);

    /// <summary>K += A ∘ A, with A = 0 so that K stays finite however often it is repeated; the time does not depend on the numbers.</summary>
    [Benchmark]
    public void AddHadamard() => GramMatrix.AddHadamard<T>(zeros, zeros, gram);

    // One half of the symmetric product counts.
    Work ICountedWork.WorkOf(string benchmark)
    {
        long n = Samples, m = Width, size = Unsafe.SizeOf<T>();
        return benchmark == nameof(Compute) ? new(m * n * (n + 1) / 2, ((m * n) + (n * n)) * size) : new(n * n, 3 * n * n * size);
    }
}
