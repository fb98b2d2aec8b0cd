using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Core.Training;

/// <summary>½‖z − y‖², the loss of the paper's regression theorems; in a batch it is <see cref="SquaredLoss"/>, in the precision of the network.</summary>
internal sealed class SquaredError : Loss
{
    public SquaredError()
        : base("squared", 1) => (IsConvex, GradientDominance) = (true, 2);

    public override T Evaluate<T>(BatchState<T> state, ReadOnlySpan<T> targets) => SquaredLoss.Evaluate(state, targets);

    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> y, Span<double> gradient)
    {
        var twice = 0.0;
        for (var j = 0; j < z.Length; j++)
        {
            gradient[j] = z[j] - y[j];
            twice += gradient[j] * gradient[j];
        }

        return twice / 2;
    }

    public override Ball Enclose(ReadOnlySpan<Ball> z, ReadOnlySpan<double> y, Span<Ball> gradient)
    {
        var twice = Ball.Exactly(0);
        for (var j = 0; j < z.Length; j++)
        {
            gradient[j] = z[j] - Ball.Exactly(y[j]);
            twice += Ball.Square(gradient[j]);
        }

        return twice * Ball.Exactly(0.5);
    }
}
