using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Training;

namespace Harness.Perf.Suites;

/// <summary>One step of gradient descent on the squared loss, d = 10: forward, backward, update in place.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class GradientDescentStep<T> : NetworkSuite<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So small that thousands of steps leave the weights where random initialisation put them: no step is cheaper than the first one for converging or blowing up.
    private static readonly T LearningRate = T.CreateChecked(1e-9);

    private T[] targets = [];

    private protected override int OutputDimension => 10;

    /// <inheritdoc/>
    public override void Draw()
    {
        base.Draw();
        targets = new T[Shape.Samples * OutputDimension];
    }

    /// <summary>W(t+1) = W(t) − η∇F(W(t)), targets zero.</summary>
    [Benchmark]
    public T Step() => GradientDescent.Step<T>(Network, Inputs, targets, LearningRate, State);

    private protected override long MultiplyAdds(string benchmark, FullyConnectedCosts costs) => costs.GradientDescentStep;
}
