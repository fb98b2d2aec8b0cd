using System.Collections.Immutable;

namespace Harness.Core.Enclosures;

/// <summary>
/// What the weights of a two-layer network at initialisation prove about gradient descent from there: if it is active, then |r_k| ≤ (1 − ηλ/2)^k |r_0| and max_r ‖w_r(k) − w_r(0)‖ ≤ R for all k, r = f − y the residuals of L = ½|r|².
/// </summary>
/// <remarks>
/// With c the largest slope, Δ their range, P = Σ_i ‖x_i‖², λ ≤ λ_min(H_0), Λ ≥ λ_max(H_0), R = 2c√P|r_0|/(√m λ), S_i the neurons with a breakpoint within R‖x_i‖ of ⟨w_r(0), x_i⟩ and Q = (Σ_i ‖x_i‖²|S_i|²)^½, the hypotheses are λ &gt; 0, η(λ + Λ) ≤ 2 and
/// 6cΔ√P·Q ≤ mλ. No constant is hidden and nothing is random: every number is bounded in the direction that the theorem needs.
/// <para>The first <see cref="Steps"/> steps of descent in floating point are covered too, by the same proof with every rounding of the step in it: the neurons may then move by <see cref="MovementBound"/>, slightly more than R, and |r_k| by
/// <see cref="Slack"/> more than the bound of exact arithmetic. Derivation: docs/derivations.md, "Certificate of convergence".</para>
/// </remarks>
public sealed record ShallowCertificate
{
    /// <summary>λ, a lower bound of λ_min(H_0).</summary>
    public required double SmallestEigenvalue { get; init; }

    /// <summary>Λ, an upper bound of λ_max(H_0).</summary>
    public required double LargestEigenvalue { get; init; }

    /// <summary>η.</summary>
    public required double LearningRate { get; init; }

    /// <summary>An upper bound of |r_0|.</summary>
    public required double InitialResidual { get; init; }

    /// <summary>R, rounded up: how far a neuron may go in exact arithmetic. Infinite where λ ≤ 0.</summary>
    public required double Radius { get; init; }

    /// <summary>How far a neuron may go in <see cref="Steps"/> steps in floating point; R itself for exact arithmetic. |S_i| is counted with this.</summary>
    public required double MovementBound { get; init; }

    /// <summary>|S_i|, from above, sample by sample.</summary>
    public required ImmutableArray<int> NeuronsNear { get; init; }

    /// <summary>6cΔ√P·Q/(mλ), rounded up; at most 1 where the certificate is active.</summary>
    public required double FlipRatio { get; init; }

    /// <summary>η(λ + Λ)/2, rounded up; at most 1 where the certificate is active.</summary>
    public required double StepRatio { get; init; }

    /// <summary>The number of steps in floating point that are covered; 0: exact arithmetic alone.</summary>
    public required int Steps { get; init; }

    /// <summary>2τ/(ηλ), τ a bound of what the rounding of one step adds to |r|; 0 for exact arithmetic.</summary>
    public required double Slack { get; init; }

    /// <summary>A bound of the distance between computed and exact residuals, at any weights within <see cref="MovementBound"/> of the initial ones; 0 for exact arithmetic.</summary>
    public required double OutputError { get; init; }

    /// <summary>Whether rounding is small beside |r_0| and R, as covering steps in floating point requires; true for exact arithmetic.</summary>
    public required bool IsRoundingSmall { get; init; }

    /// <summary>Whether convergence is proved.</summary>
    public bool IsActive => SmallestEigenvalue > 0 && StepRatio <= 1 && FlipRatio <= 1 && IsRoundingSmall;

    /// <summary>(1 − ηλ/2)^k |r_0| + slack: what |r_k| is proved not to exceed, in exact arithmetic for every k, in floating point for k ≤ <see cref="Steps"/>.</summary>
    /// <param name="step">k ≥ 0.</param>
    public Ball BoundAfter(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var rate = Ball.Exactly(1) - (Ball.Exactly(LearningRate) * Ball.Exactly(SmallestEigenvalue) / Ball.Exactly(2));
        return (Ball.Pow(rate, step) * Ball.Exactly(InitialResidual)) + Ball.Exactly(Slack);
    }
}
