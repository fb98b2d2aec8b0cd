using System.Numerics;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Training;

/// <summary>
/// F(W) = Σᵢ f(yᵢ; yᵢ*): a sum over samples, as everywhere in arXiv:1811.03962, of a loss f of the outputs of one sample (appendix A). The paper asks of f that ∇f be Lipschitz with constant 1; f need not be convex.
/// </summary>
/// <remarks>Values are computed in double from the outputs as they stand, without the platform's elementary functions: the same bits everywhere.</remarks>
public abstract class Loss
{
    private protected Loss(string name, double smoothness) => (Name, Smoothness) = (name, smoothness);

    /// <summary>½‖z − y‖²: convex, 1-smooth, ‖∇f‖² = 2f.</summary>
    public static Loss Squared { get; } = new SquaredError();

    /// <summary>Softmax cross-entropy, −Σ_j y_j z_j + (Σ_j y_j) ln Σ_j e^{z_j}, for y a distribution over classes: convex, ½-smooth.</summary>
    public static Loss CrossEntropy { get; } = new SoftmaxCrossEntropy();

    /// <summary>Σ_j ln(1 + e^{−y_j z_j}) for signs y_j = ±1: convex, ¼-smooth, not gradient-dominant.</summary>
    public static Loss Logistic { get; } = new LogisticLoss();

    /// <summary>Σ_j ρ(z_j − y_j) with ρ(r) = (½r² + 3r²/(1 + r²))/7: not convex (ρ'' falls to −1/14), 1-smooth, and ρ'² ≥ 0.19 ρ.</summary>
    public static Loss GradientDominant { get; } = new GradientDominantLoss();

    /// <summary>Σ_j ρ(z_j − y_j) with ρ(r) = ½r²/(1 + r²) (Geman and McClure): bounded, 1-smooth, not convex (ρ'' falls to −¼).</summary>
    public static Loss Bounded { get; } = new BoundedLoss();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Loss> All { get; } = [Squared, CrossEntropy, Logistic, GradientDominant, Bounded];

    /// <summary>"squared", "cross-entropy", …</summary>
    public string Name { get; }

    /// <summary>The smallest Lipschitz constant of ∇f.</summary>
    public double Smoothness { get; }

    /// <summary>Whether f is convex.</summary>
    public bool IsConvex { get; private protected init; }

    /// <summary>σ with ‖∇f‖² ≥ σ (f − min f), or null where there is none.</summary>
    public double? GradientDominance { get; private protected init; }

    /// <summary>Evaluates F on the state's outputs and leaves vᵢ = ∂F/∂yᵢ in its output signal. Allocates nothing after the first call of a thread.</summary>
    /// <param name="state">Holds a forward pass.</param>
    /// <param name="targets">n × d, one sample a row.</param>
    /// <returns>F, summed over samples in ascending order.</returns>
    /// <exception cref="ArgumentException">The targets do not fit the batch.</exception>
    public virtual unsafe T Evaluate<T>(BatchState<T> state, ReadOnlySpan<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var d = RequireFit(state, targets.Length);
        var scratch = new Span<double>(Scratch<double>.Take(3 * d), 3 * d);
        var z = scratch[..d];
        var y = scratch.Slice(d, d);
        var gradient = scratch.Slice(2 * d, d);
        var sum = 0.0;
        for (var i = 0; i < state.Samples; i++)
        {
            for (var j = 0; j < d; j++)
            {
                z[j] = double.CreateTruncating(state.Output[(j * state.Stride) + i]);
                y[j] = double.CreateTruncating(targets[(i * d) + j]);
            }

            sum += Value(z, y, gradient);
            for (var j = 0; j < d; j++)
            {
                state.OutputSignal[(j * state.Stride) + i] = T.CreateTruncating(gradient[j]);
            }
        }

        return T.CreateTruncating(sum);
    }

    /// <summary>f(z; y) and its gradient in z, at one sample.</summary>
    /// <param name="z">Outputs, d.</param>
    /// <param name="y">Targets, d.</param>
    /// <param name="gradient">Receives ∇f, d; overwrites nothing else.</param>
    public abstract double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> y, Span<double> gradient);

    /// <summary>Encloses f(z; y) and its gradient for every z in the balls and the exact y.</summary>
    /// <param name="z">Outputs, d balls.</param>
    /// <param name="y">Targets, d.</param>
    /// <param name="gradient">Receives d balls.</param>
    public abstract Ball Enclose(ReadOnlySpan<Ball> z, ReadOnlySpan<double> y, Span<Ball> gradient);

    private protected static int RequireFit<T>(BatchState<T> state, int targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var d = state.Output.Length / state.Stride;
        return targets == state.Samples * d ? d : throw new ArgumentException($"{targets} targets do not fit {state.Samples} samples with {d} outputs.", nameof(targets));
    }
}
