using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Training;

namespace Harness.Core.Enclosures;

/// <summary>F(W) with a proven radius; for ½ Σᵢ ‖yᵢ − yᵢ*‖² the midpoint is that of <see cref="SquaredLoss"/> in double.</summary>
public static class CertifiedLoss
{
    /// <summary>Encloses F on the outputs of a certified forward pass and leaves vᵢ = yᵢ − yᵢ* with its radius in the output signal.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="state">Holds a forward pass.</param>
    /// <param name="radii">Its radii.</param>
    /// <param name="targets">n × d, one sample a row, exact.</param>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public static Ball Evaluate<T>(BatchState<T> state, BatchRadii<T> radii, ReadOnlySpan<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        radii.RequireFit(state);
        var outputDimension = state.Output.Length / state.Stride;
        if (targets.Length != state.Samples * outputDimension)
        {
            throw new ArgumentException($"{targets.Length} targets do not fit {state.Samples} samples with {outputDimension} outputs.", nameof(targets));
        }

        var twice = Ball.Exactly(0);
        for (var i = 0; i < state.Samples; i++)
        {
            for (var j = 0; j < outputDimension; j++)
            {
                var (at, y, target) = ((j * state.Stride) + i, state.Output[(j * state.Stride) + i], targets[(i * outputDimension) + j]);
                var residual = y - target;
                var (larger, smaller) = T.Abs(y) >= T.Abs(target) ? (y, -target) : (-target, y);
                state.OutputSignal[at] = residual;
                radii.OutputSignal[at] = RoundedUp.Add(radii.Output[at], T.Abs(smaller - (residual - larger)));
                twice += Ball.Square(new(double.CreateTruncating(residual), double.CreateTruncating(radii.OutputSignal[at])));
            }
        }

        return twice * Ball.Exactly(0.5);
    }

    /// <summary>Encloses F with any loss on the outputs of a certified forward pass and leaves vᵢ = ∂F/∂yᵢ with its radius in the output signal. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="state">Holds a forward pass.</param>
    /// <param name="radii">Its radii.</param>
    /// <param name="targets">n × d, one sample a row, exact.</param>
    /// <param name="loss">The loss of a sample.</param>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public static Ball Evaluate<T>(BatchState<T> state, BatchRadii<T> radii, ReadOnlySpan<T> targets, Loss loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        radii.RequireFit(state);
        var d = state.Output.Length / state.Stride;
        if (targets.Length != state.Samples * d)
        {
            throw new ArgumentException($"{targets.Length} targets do not fit {state.Samples} samples with {d} outputs.", nameof(targets));
        }

        var (z, gradient, y) = (radii.OutputBalls, radii.OutputGradients, radii.OutputTargets);
        var sum = Ball.Exactly(0);
        for (var i = 0; i < state.Samples; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var at = (j * state.Stride) + i;
                z[j] = new(double.CreateTruncating(state.Output[at]), double.CreateTruncating(radii.Output[at]));
                y[j] = double.CreateTruncating(targets[(i * d) + j]);
            }

            sum += loss.Enclose(z, y, gradient);
            for (var j = 0; j < d; j++)
            {
                // A float signal is the rounded midpoint; how far it was rounded is known exactly.
                var at = (j * state.Stride) + i;
                state.OutputSignal[at] = T.CreateTruncating(gradient[j].Midpoint);
                var moved = Math.Abs(gradient[j].Midpoint - double.CreateTruncating(state.OutputSignal[at]));
                radii.OutputSignal[at] = Precision<T>.AtLeast(RoundedUp.Add(gradient[j].Radius, moved));
            }
        }

        return sum;
    }
}
