using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;

namespace Harness.Core.Enclosures;

/// <summary>The tangent kernel of a two-layer network (<see cref="ShallowKernel"/>) with proven radii, at the network's weights as they are.</summary>
/// <remarks>A pre-activation is known to γ_𝔡 ‖w_r‖ ‖x_i‖. Where a breakpoint lies within that, the slope is a ball that holds those on both sides; elsewhere it is exact. Derivation: docs/derivations.md, "Certificate of convergence".</remarks>
public static class CertifiedShallowKernel
{
    /// <summary>Fills H(W) and its radii, n × n, row-major, symmetric.</summary>
    /// <param name="network">The network, exact.</param>
    /// <param name="inputs">n × 𝔡, exact.</param>
    /// <param name="state">Workspace for n samples; its outputs are left alone, its inputs replaced.</param>
    /// <param name="kernel">Receives Ĥ.</param>
    /// <param name="radii">Receives R: |H − Ĥ| ≤ R entry by entry.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">A span does not fit the batch.</exception>
    public static void Compute(ShallowNetwork<double> network, ReadOnlySpan<double> inputs, ShallowState<double> state, Span<double> kernel, Span<double> radii, Span<double> workspace)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        var (n, stride) = (state.Samples, state.Stride);
        if (kernel.Length != n * n || radii.Length != n * n || workspace.Length < WorkspaceLength(state))
        {
            throw new ArgumentException($"The kernel of {n} samples has {n * n} elements and needs {WorkspaceLength(state)} of workspace; the spans have {kernel.Length}, {radii.Length} and {workspace.Length}.");
        }

        network.Load(inputs, state);
        var gram = workspace[..(n * n)];
        var σ = workspace.Slice(n * n, stride);
        var ρ = workspace.Slice((n * n) + stride, stride);
        var norms = workspace.Slice((n * n) + (2 * stride), n);
        var spread = workspace[((n * n) + (2 * stride) + n)..];
        InputNorms(inputs, n, norms);
        kernel.Clear();
        radii.Clear();
        for (var b = 0; b < network.Blocks; b++)
        {
            network.PreActivate(b, state);
            var length = network.Hidden(b).Rows * stride;
            var slopes = new BallSpan<double>(state.Features.AsSpan(0, length), spread[..length]);
            EncloseSlopes(network, b, state, norms, slopes);
            CertifiedGram.Compute(slopes, network.Hidden(b).Rows, n, stride, gram, σ, ρ);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var term = new Ball(gram[(i * n) + j], RoundedUp.Add(RoundedUp.Add(RoundedUp.Multiply(ρ[i], σ[j]), RoundedUp.Multiply(σ[i], ρ[j])), CertifiedGram.Underflow<double>(network.Hidden(b).Rows)));
                    Store(At(i, j, kernel, radii) + term, i, j, kernel, radii);
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = CertifiedShallowLimit.InnerProduct(Row(inputs, i), Row(inputs, j));
                Store(At(i, j, kernel, radii) * product / Ball.Exactly(network.Width), i, j, kernel, radii);
            }
        }

        SymmetricMatrix.MirrorLower(kernel, n);
        SymmetricMatrix.MirrorLower(radii, n);

        ReadOnlySpan<double> Row(ReadOnlySpan<double> matrix, int i) => matrix.Slice(i * network.InputDimension, network.InputDimension);

        Ball At(int i, int j, Span<double> midpoints, Span<double> bounds) => new(midpoints[(i * n) + j], bounds[(i * n) + j]);

        void Store(Ball ball, int i, int j, Span<double> midpoints, Span<double> bounds) => (midpoints[(i * n) + j], bounds[(i * n) + j]) = (ball.Midpoint, ball.Radius);
    }

    /// <summary>Elements of workspace for <see cref="Compute"/>.</summary>
    /// <param name="state">The workspace of the passes.</param>
    public static int WorkspaceLength(ShallowState<double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return checked((state.Samples * state.Samples) + (2 * state.Stride) + state.Samples + state.PreActivations.Length);
    }

    /// <summary>‖x_i‖, rounded up.</summary>
    internal static void InputNorms(ReadOnlySpan<double> inputs, int samples, Span<double> norms)
    {
        var dimension = inputs.Length / samples;
        for (var i = 0; i < samples; i++)
        {
            norms[i] = RoundedUp.Sqrt(CertifiedCosine.SquaredNorm(inputs.Slice(i * dimension, dimension)).Upper);
        }
    }

    /// <summary>‖w_r‖, rounded up.</summary>
    internal static double NeuronNorm(Weights<double> rows, int r)
    {
        // Fused multiply-adds in sequence lose at most γ of the sum, and underflow a smallest number each.
        double squares = 0;
        for (var k = 0; k < rows.Columns; k++)
        {
            squares = Math.FusedMultiplyAdd(rows[r, k], rows[r, k], squares);
        }

        var above = RoundedUp.Add(squares, rows.Columns * double.Epsilon);
        return RoundedUp.Sqrt(RoundedUp.Add(above, RoundedUp.Multiply(2 * Rounding.Gamma(rows.Columns), above)));
    }

    /// <summary>The relative rounding of a pre-activation: |ĝ − ⟨w, x⟩| ≤ this times ‖w‖‖x‖, plus <see cref="UnderflowOf"/>.</summary>
    internal static double PreActivationRounding(int inputDimension) => Rounding.Gamma(inputDimension);

    /// <summary>What products below the normal range may add to the error of an inner product.</summary>
    internal static double UnderflowOf(int inputDimension) => inputDimension * double.Epsilon;

    private static void EncloseSlopes(ShallowNetwork<double> network, int block, ShallowState<double> state, ReadOnlySpan<double> norms, BallSpan<double> slopes)
    {
        var (activation, rows, stride) = (network.Activation, network.Hidden(block), state.Stride);
        var (γ, underflow) = (PreActivationRounding(network.InputDimension), UnderflowOf(network.InputDimension));
        activation.Differentiate<double>(state.PreActivations.AsSpan(0, slopes.Length), slopes.Midpoints);
        slopes.Radii.Clear();
        for (var r = 0; r < rows.Rows; r++)
        {
            var relative = RoundedUp.Multiply(γ, NeuronNorm(rows, r));
            for (var i = 0; i < norms.Length; i++)
            {
                var g = new Ball(state.PreActivations[(r * stride) + i], RoundedUp.Add(RoundedUp.Multiply(relative, norms[i]), underflow));
                var (first, last) = (activation.Piece(g.Lower), activation.Piece(g.Upper));
                if (first != last)
                {
                    var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
                    foreach (var slope in activation.Slopes[first..(last + 1)])
                    {
                        (least, most) = (Math.Min(least, slope), Math.Max(most, slope));
                    }

                    var hull = Ball.Between(least, most);
                    (slopes.Midpoints[(r * stride) + i], slopes.Radii[(r * stride) + i]) = (hull.Midpoint, hull.Radius);
                }
            }
        }
    }
}
