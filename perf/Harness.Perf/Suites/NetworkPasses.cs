using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Enclosures;

namespace Harness.Perf.Suites;

/// <summary>Forward and backward pass of the whole batch, plain and certified, d = 10.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class NetworkPasses<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected override int OutputDimension => 10;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        PrepareBackward();
    }

    /// <summary>Y = B·φ(W_L ⋯ φ(W₁·φ(A·X))).</summary>
    [Benchmark]
    public void Forward() => Network.Forward(Inputs, State);

    /// <summary>U_l for l = L…1.</summary>
    [Benchmark]
    public void Backward() => Network.Backward(State);

    /// <summary>The same numbers, each with a proven radius.</summary>
    [Benchmark]
    public void ForwardWithRadii() => CertifiedForward.Run(Network, Inputs, State, Radii);

    /// <summary>The same signals, each with a proven radius.</summary>
    [Benchmark]
    public void BackwardWithRadii() => CertifiedGradient.Backward(Network, State, Radii);

    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs) => benchmark is nameof(Forward) or nameof(ForwardWithRadii) ? costs.Forward : costs.Backward;
}
