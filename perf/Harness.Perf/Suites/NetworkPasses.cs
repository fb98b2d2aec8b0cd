using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;

namespace Harness.Perf.Suites;

/// <summary>Forward and backward pass of the whole batch, d = 10.</summary>
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

        // Passing back reads the signs that passing forward left, and the signal at the output.
        Network.Forward(Inputs, State);
        State.Output.CopyTo(State.OutputSignal, 0);
    }

    /// <summary>Y = B·φ(W_L ⋯ φ(W₁·φ(A·X))).</summary>
    [Benchmark]
    public void Forward() => Network.Forward(Inputs, State);

    /// <summary>U_l for l = L…1.</summary>
    [Benchmark]
    public void Backward() => Network.Backward(State);

    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs) => benchmark == nameof(Forward) ? costs.Forward : costs.Backward;
}
