using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Cholesky's factor of the Gram matrix of n standard normal vectors in 2n dimensions, and a solution from it.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class CholeskyFactor<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] matrix = [], factor = [], right = [], solution = [];

    /// <summary>n.</summary>
    [Params(64, 128, 240, 256, 512, 1024, 2048, 4096)]
    public int Size { get; set; }

    /// <summary>The matrix, its factor, and a right side.</summary>
    [GlobalSetup]
    public void Draw()
    {
        var x = new T[2 * Size * Size];
        RandomStream.FromSeed(1).FillGaussian<T>(x, Math.Sqrt(0.5 / Size));
        matrix = new T[Size * Size];
        GramMatrix.Compute<T>(x, 2 * Size, Size, Size, matrix);
        factor = [.. matrix];
        Cholesky.TryFactor<T>(factor, Size);
        (right, solution) = (new T[Size], new T[Size]);
        RandomStream.FromSeed(2).FillGaussian<T>(right, 1.0);
    }

    /// <summary>A = LLᵀ. Since the routine overwrites its input, a copy of n² numbers is part of it.</summary>
    [Benchmark]
    public bool Factor()
    {
        matrix.CopyTo(factor, 0);
        return Cholesky.TryFactor<T>(factor, Size);
    }

    /// <summary>LLᵀx = b for one right side.</summary>
    [Benchmark]
    public void Solve()
    {
        right.CopyTo(solution, 0);
        Cholesky.Solve<T>(factor, Size, solution);
    }

    // An element in column j takes j multiply-adds, (n³ − n)/6 in all; a solution takes two triangles of n(n − 1)/2. Divisions and roots do not count.
    Work ICountedWork.WorkOf(string benchmark)
    {
        long n = Size;
        return new(benchmark == nameof(Factor) ? ((n * n * n) - n) / 6 : n * (n - 1));
    }
}
