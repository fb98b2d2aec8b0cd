using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Enclosures;
using Harness.Core.Tangents;

namespace Harness.Perf.Suites;

/// <summary>Empirical tangent kernel of the whole batch, plain and certified, for a scalar output, d = 1: n × n.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class TangentKernelMatrix<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] kernel = [], radii = [], workspace = [];

    private protected override int OutputDimension => 1;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        kernel = new T[Shape.Samples * Shape.Samples];
        radii = new T[Shape.Samples * Shape.Samples];
        workspace = new T[Math.Max(TangentKernel.WorkspaceLength(Shape.Samples, OutputDimension), CertifiedGradient.WorkspaceLength(State))];
    }

    /// <summary>K = Σ_l H_{l−1}ᵀH_{l−1} ∘ U_lᵀU_l.</summary>
    [Benchmark]
    public void Kernel() => TangentKernel.Compute<T>(Network, Inputs, State, kernel, workspace);

    /// <summary>The same entries, each with a proven radius.</summary>
    [Benchmark]
    public void KernelWithRadii() => CertifiedTangentKernel.Compute(Network, Inputs, State, Radii, kernel, radii, workspace);

    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs) => costs.TangentKernel;
}
