using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Training;

namespace Harness.Perf.Suites;

/// <summary>‖∇F‖² of all layers from two Gram matrices a layer, without a gradient in memory, after one forward and one backward pass.</summary>
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
        workspace = new T[Gradient.WorkspaceLength(Shape.Samples)];
        Network.Forward(Inputs, State);
        State.Output.CopyTo(State.OutputSignal, 0);
        Network.Backward(State);
    }

    /// <summary>Σ_l ⟨H_{l−1}ᵀH_{l−1}, U_lᵀU_l⟩.</summary>
    [Benchmark]
    public T SquaredNorm() => Gradient.SquaredFrobeniusNorm(State, workspace);

    // Two symmetric Gram matrices and their inner product, layer by layer.
    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs)
    {
        long n = Shape.Samples, m = Shape.Width;
        return Shape.Depth * ((m * n * (n + 1)) + (n * n));
    }
}
