using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Enclosures;
using Harness.Core.Training;

namespace Harness.Perf.Suites;

/// <summary>‖∇F‖² of all layers from two Gram matrices a layer, plain and certified, without a gradient in memory, after one forward and one backward pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class GradientNorm<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] workspace = [];

    private protected override int OutputDimension => 10;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        workspace = new T[Math.Max(Gradient.WorkspaceLength(Shape.Samples), CertifiedGradient.WorkspaceLength(State))];
        PrepareBackward();
        CertifiedGradient.Backward(Network, State, Radii);
    }

    /// <summary>Σ_l ⟨H_{l−1}ᵀH_{l−1}, U_lᵀU_l⟩.</summary>
    [Benchmark]
    public T SquaredNorm() => Gradient.SquaredFrobeniusNorm(State, workspace);

    /// <summary>The same sum with a proven radius.</summary>
    [Benchmark]
    public Ball SquaredNormWithRadius() => CertifiedGradient.SquaredFrobeniusNorm(State, Radii, workspace);

    // Two symmetric Gram matrices and their inner product, layer by layer.
    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs)
    {
        long n = Shape.Samples, m = Shape.Width;
        return Shape.Depth * ((m * n * (n + 1)) + (n * n));
    }
}
