using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Enclosures;

/// <summary>The gradient of the trained layers, ∇_{W_l}F = u_l h_{l−1}ᵀ (arXiv:1811.03962, Fact 2.6), with proven radii, and its Frobenius norm from both sides.</summary>
/// <remarks>
/// The derivative is the paper's: a gate is open where g ≥ 0. A neuron whose sign is open passes the hull of both cases, so the balls hold the gradient whichever side of the kink exact arithmetic is on.
/// Derivation: docs/derivations.md, "Enclosures".
/// </remarks>
public static class CertifiedGradient
{
    /// <summary>Elements of workspace for <see cref="SquaredFrobeniusNorm"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="state">Gives the number of samples.</param>
    public static int WorkspaceLength<T>(BatchState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => checked((2 * state.Samples * state.Samples) + (4 * state.Stride));

    /// <summary>Fills the signals u_l, l = L…1, and their radii from the output signal and its radii. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="state">Holds a certified forward pass and an output signal.</param>
    /// <param name="radii">Its radii.</param>
    /// <exception cref="ArgumentException">The radii do not fit the state.</exception>
    public static void Backward<T>(FullyConnected<T> network, BatchState<T> state, BatchRadii<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        radii.RequireFit(state);
        var above = new BallSpan<T>(state.OutputSignal, radii.OutputSignal);
        for (var l = network.Depth; l >= 1; l--)
        {
            var signals = Signals(state, radii, l);
            CertifiedProduct.MultiplyTransposed(l == network.Depth ? network.Output : network.Hidden(l + 1), above, signals, state.Stride, state.Stride, radii.Scratch, state.Team);
            BallVector.Gate(CertifiedForward.PreActivations(state, radii, l), signals, signals);
            above = signals;
        }
    }

    /// <summary>‖∇F‖²_F = Σ_l Σ_{i,i'} ⟨h_{i,l−1}, h_{i',l−1}⟩⟨u_{i,l}, u_{i',l}⟩. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="state">Holds certified passes both ways.</param>
    /// <param name="radii">Their radii.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">The radii do not fit the state, or the workspace is too short.</exception>
    public static Ball SquaredFrobeniusNorm<T>(BatchState<T> state, BatchRadii<T> radii, Span<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        radii.RequireFit(state);
        var sum = Ball.Exactly(0);
        for (var l = 1; l <= state.Depth; l++)
        {
            var layer = LayerGrams<T>.Compute(state, radii, l, workspace);
            sum += SumOfProducts(layer, state.Samples);
        }

        return sum;
    }

    /// <summary>The balls of u_l.</summary>
    internal static BallSpan<T> Signals<T>(BatchState<T> state, BatchRadii<T> radii, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(state.Signals(layer), radii.Signals(layer));

    /// <summary>Σ of the Hadamard product of two symmetric ball matrices: by the pairs on and below the diagonal.</summary>
    private static Ball SumOfProducts<T>(LayerGrams<T> grams, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var midpoint = double.CreateTruncating(FixedOrder.Dot<T>(grams.Features, grams.Signals));
        var γ = Precision<T>.Gamma(FixedOrder.RoundingDepth<T>(n * n));
        var radius = 0.0;
        for (var i = 0; i < n; i++)
        {
            var row = 0.0;
            for (var j = 0; j < i; j++)
            {
                row += grams.RadiusOfProduct(i, j, n, γ);
            }

            radius += (2 * row) + grams.RadiusOfProduct(i, i, n, γ);
        }

        // A term passes at most n² roundings and the dozen of its own formula.
        return new(midpoint, RoundingError.Inflate(radius, ((long)n * n) + 16));
    }
}
