using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Networks;
using Harness.Core.Tangents;

namespace Harness.Perf.Suites;

/// <summary>Empirical tangent kernel of the whole batch for a scalar output, d = 1: n × n.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class TangentKernelMatrix<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] kernel = new T[Samples * Samples], workspace = new T[TangentKernel.WorkspaceLength(Samples, outputDimension: 1)];
    private BatchState<T> state = null!;

    private protected override int OutputDimension => 1;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        state = new(Network, Samples);
    }

    /// <summary>K = Σ_l H_{l−1}ᵀH_{l−1} ∘ U_lᵀU_l.</summary>
    [Benchmark]
    public void Kernel() => TangentKernel.Compute<T>(Network, Inputs, state, kernel, workspace);

    private protected override long MultiplyAdds(FullyConnectedCosts costs) => costs.TangentKernel;
}
