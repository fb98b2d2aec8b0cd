using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Tangents;

namespace Harness.Perf.Suites;

/// <summary>Empirical tangent kernel of the whole batch for a scalar output, d = 1: n × n.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class TangentKernelMatrix<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] kernel = [], workspace = [];

    private protected override int OutputDimension => 1;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        kernel = new T[Shape.Samples * Shape.Samples];
        workspace = new T[TangentKernel.WorkspaceLength(Shape.Samples, OutputDimension)];
    }

    /// <summary>K = Σ_l H_{l−1}ᵀH_{l−1} ∘ U_lᵀU_l.</summary>
    [Benchmark]
    public void Kernel() => TangentKernel.Compute<T>(Network, Inputs, State, kernel, workspace);

    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs) => costs.TangentKernel;
}
