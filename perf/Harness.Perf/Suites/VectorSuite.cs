using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Kernels that run along vectors, on lengths that the first, second and last cache hold, and on one that none does.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class VectorSuite<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>N.</summary>
    [Params(1 << 10, 1 << 14, 1 << 18, 1 << 24)]
    public int Length { get; set; }

    private protected T[] X { get; private set; } = [];

    private protected T[] Y { get; private set; } = [];

    private protected T[] Result { get; private set; } = [];

    /// <summary>Two standard normal vectors, and room for a third.</summary>
    [GlobalSetup]
    public void Draw()
    {
        (X, Y, Result) = (new T[Length], new T[Length], new T[Length]);
        RandomStream.FromSeed(1).FillGaussian<T>(X, 1.0);
        RandomStream.FromSeed(2).FillGaussian<T>(Y, 1.0);
    }

    Work ICountedWork.WorkOf(string benchmark) => new(MultiplyAdds(benchmark), (long)Vectors(benchmark) * Length * Unsafe.SizeOf<T>());

    /// <summary>Vectors that the benchmark reads plus vectors that it writes.</summary>
    private protected abstract int Vectors(string benchmark);

    private protected virtual long MultiplyAdds(string benchmark) => 0;
}
