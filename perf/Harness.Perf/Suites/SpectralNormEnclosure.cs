using BenchmarkDotNet.Attributes;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>Proven bounds of ‖W‖₂, W an m × m weight matrix at random initialisation: to a relative gap of 10⁻³, and from a few iterations.</summary>
/// <remarks>To m = 4096: the tight bound multiplies matrices, m³.</remarks>
public class SpectralNormEnclosure
{
    private Weights<double> weights = null!;
    private double[] workspace = [];

    /// <summary>m.</summary>
    [Params(64, 128, 256, 512, 1024, 2048, 4096)]
    public int Width { get; set; }

    /// <summary>W ~ N(0, 2/m).</summary>
    [GlobalSetup]
    public void Draw()
    {
        weights = new(Width, Width);
        weights.FillGaussian(RandomStream.FromSeed(1), Math.Sqrt(2.0 / Width));
        workspace = new double[Math.Max(SpectralNorm.WorkspaceLength(Width, Width), SpectralNorm.CoarseWorkspaceLength(Width, Width))];
    }

    /// <summary>Lower ≤ ‖W‖₂ ≤ upper ≤ 1.001 · lower.</summary>
    [Benchmark]
    public Ball Enclose() => SpectralNorm.Enclose(weights, RandomStream.FromSeed(2), relativeGap: 1e-3, workspace);

    /// <summary>Lower ≤ ‖W‖₂ ≤ upper, from eight iterations and a Frobenius norm.</summary>
    [Benchmark]
    public Ball EncloseCoarsely() => SpectralNorm.EncloseCoarsely(weights, RandomStream.FromSeed(2), iterations: 8, workspace);
}
