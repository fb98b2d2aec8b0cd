using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Networks;

namespace Harness.Perf.Suites;

/// <summary>Forward pass of the whole batch, d = 10.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class ForwardPass<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BatchState<T> state = null!;

    private protected override int OutputDimension => 10;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        state = new(Network, Samples);
    }

    /// <summary>Y = B·φ(W_L ⋯ φ(W₁·φ(A·X))).</summary>
    [Benchmark]
    public void Forward() => Network.Forward(Inputs, state);

    private protected override long MultiplyAdds(FullyConnectedCosts costs) => costs.Forward;
}
