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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stride = 0;
        for (var l = state.FirstTrained; l <= state.LastTrained; l++)
        {
            stride = Math.Max(stride, state.ColumnStride(l));
        }

        return checked(Training.Gradient.WorkspaceLength(state) + (4 * stride));
    }

    /// <summary>Fills the signals u_l of the trained layers, from the highest down, and their radii from the output signal and its radii. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="state">Holds a certified forward pass and an output signal.</param>
    /// <param name="radii">Its radii.</param>
    /// <exception cref="ArgumentException">The radii do not fit the state.</exception>
    public static void Backward<T>(Network<T> network, BatchState<T> state, BatchRadii<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        radii.RequireFit(state);
        for (var l = network.Depth + 1; l >= network.FirstTrained; l--)
        {
            var (form, weights, columns) = (network.Forms[l], network.Layer(l), state.ColumnStride(l));
            var signals = Signals(state, radii, l);
            var skipped = new BallSpan<T>(state.Skipped, radii.Skipped);
            if (form.Step is { } τ)
            {
                signals.CopyTo(skipped);
                BallVector.Scale(T.CreateTruncating(τ), skipped, signals);
            }

            if (l == network.FirstTrained)
            {
                return;
            }

            var below = Signals(state, radii, l - 1);
            if (form.Reads is { } graph)
            {
                var patches = new BallSpan<T>(state.PatchSignals(l), radii.PatchSignals.AsSpan(0, state.PatchSignals(l).Length));
                CertifiedProduct.MultiplyTransposed(weights, signals, patches, columns, columns, radii.Scratch, state.Team);
                CertifiedProduct.Scatter(graph, patches, below, state.Stride, radii.Patches);
            }
            else
            {
                CertifiedProduct.MultiplyTransposed(weights, signals, below, columns, columns, radii.Scratch, state.Team);
            }

            if (form.Step is not null)
            {
                BallVector.Add(below, skipped, below);
            }

            BallVector.Gate(CertifiedForward.PreActivations(state, radii, l - 1), below, below);
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
        for (var l = state.FirstTrained; l <= state.LastTrained; l++)
        {
            var layer = LayerGrams<T>.Compute(state, radii, l, workspace);
            sum += SumOfProducts(layer, state.Columns(l));
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
        var midpoint = double.CreateTruncating(FixedOrder.Dot<T>(grams.Arguments, grams.Signals));
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
