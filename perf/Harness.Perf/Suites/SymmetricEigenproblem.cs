using BenchmarkDotNet.Attributes;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Eigenvalues, with and without eigenvectors, of a symmetric m × m matrix with standard normal entries.</summary>
/// <remarks>To m = 2048: work grows like m³ and soon exceeds the time that a sweep may take.</remarks>
public class SymmetricEigenproblem
{
    private double[] matrix = [], destroyed = [], values = [], vectors = [], workspace = [];

    /// <summary>m.</summary>
    [Params(64, 128, 256, 512, 1024, 2048)]
    public int Width { get; set; }

    /// <summary>The matrix: its lower triangle is what counts.</summary>
    [GlobalSetup]
    public void Draw()
    {
        matrix = new double[Width * Width];
        destroyed = new double[Width * Width];
        values = new double[Width];
        vectors = new double[Width * Width];
        workspace = new double[SymmetricEigen.WorkspaceLength(Width, vectors: true)];
        RandomStream.FromSeed(1).FillGaussian<double>(matrix, 1.0);
    }

    /// <summary>λ₁ ≤ … ≤ λ_m. Since the routine destroys its input, a copy of m² numbers is part of it, beside about 2m³/3 multiply-adds.</summary>
    [Benchmark]
    public void Values()
    {
        matrix.CopyTo(destroyed, 0);
        SymmetricEigen.Values(destroyed, Width, values, workspace);
    }

    /// <summary>A = QΛQᵀ, with the same copy.</summary>
    [Benchmark]
    public void Decompose()
    {
        matrix.CopyTo(destroyed, 0);
        SymmetricEigen.Decompose(destroyed, Width, values, vectors, workspace);
    }
}
