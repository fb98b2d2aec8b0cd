using System.Numerics.Tensors;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Tangents;

/// <summary>NNGP and NTK of a residual network of infinite width: h₀ = Ax, h_l = h_{l−1} + a V_l φ(W_l h_{l−1})/√(E φ²), output ⟨b, h_L⟩ (Huang et al., arXiv:2002.06262).</summary>
/// <remarks>
/// K₀ = ⟨x, x′⟩, K_l = K_{l−1} + a² E φφ/E φ² and, with V_l and W_l trained, Θ_l = Θ_{l−1} + a² (E φφ + E φ′φ′ ∘ (K_{l−1} + Θ_{l−1}))/E φ² from Θ₀ = 0; where A and b are trained too, Θ₀ = K₀ and K_L joins at the end.
/// All weights have variance one over the number of their inputs. The same scale-free recursion as <see cref="InfiniteWidthKernel"/>: with λ = 1/(1 + a²), c_l = λc_{l−1} + (1 − λ)ĉ and likewise 1 − c and 1 + c.
/// <para>Not the residual layer of arXiv:1811.03962, h_l = φ(h_{l−1} + τW_l h_{l−1}): there a neuron's own past passes the next rectifier, so pre-activations are not Gaussian in any limit and have no closed recursion.</para>
/// </remarks>
public sealed partial class ResidualKernel : IKernel
{
    private const int WidestChunk = 256;

    private readonly HomogeneousActivation φ;

    /// <summary>The kernel of a residual network.</summary>
    /// <param name="blocks">L ≥ 0.</param>
    /// <param name="scale">a, what a branch is multiplied by; 10⁻³⁰ ≤ |a| ≤ 10³⁰, or zero.</param>
    /// <param name="activation">φ.</param>
    /// <param name="kind">NNGP or NTK.</param>
    /// <param name="trainsEnds">Whether A and b are trained.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The activation has another breakpoint than zero.</exception>
    public ResidualKernel(int blocks, double scale, PiecewiseAffine activation, LimitingKernel kind, bool trainsEnds = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        if (!(scale == 0 || Math.Abs(scale) is >= 1e-30 and <= 1e30))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of a residual branch is zero or between 1e-30 and 1e30 in magnitude.");
        }

        (Blocks, Scale, φ, Activation, Kind, TrainsEnds) = (blocks, scale, new(activation), activation, kind, trainsEnds);
    }

    /// <summary>L.</summary>
    public int Blocks { get; }

    /// <summary>a.</summary>
    public double Scale { get; }

    /// <summary>φ.</summary>
    public PiecewiseAffine Activation { get; }

    /// <summary>NNGP or NTK.</summary>
    public LimitingKernel Kind { get; }

    /// <summary>Whether A and b are trained.</summary>
    public bool TrainsEnds { get; }

    /// <inheritdoc/>
    public int WorkspaceLength(int rows, int columns, int dimension)
    {
        var chunk = Chunk(columns);
        return checked(KernelSamples.Length(1, dimension, 0, rows) + KernelSamples.Length(1, dimension, 0, chunk) + ((rows + KernelState.Arrays) * chunk));
    }

    /// <inheritdoc/>
    public void Block(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, Span<double> block, Span<double> workspace)
    {
        var dimension = KernelMatrix.Dimension(x, rows, y, columns, block.Length);
        var memory = new Workspace<double>(workspace);
        var one = new PositionPairs(1, areEqual: true);
        var chunk = Chunk(columns);
        var left = KernelSamples.Prepare(KernelSamples.OnePosition, isLastDense: false, [], 1, x, rows, memory.Take(KernelSamples.Length(1, dimension, 0, rows)));
        var store = memory.Take(KernelSamples.Length(1, dimension, 0, chunk));
        var products = memory.Take(rows * chunk);
        var states = memory.Take(KernelState.Arrays * chunk);
        for (var first = 0; first < columns; first += chunk)
        {
            var count = Math.Min(chunk, columns - first);
            var right = KernelSamples.Prepare(KernelSamples.OnePosition, isLastDense: false, [], 1, y.Slice(first * dimension, count * dimension), count, store);
            FirstCorrelations.Multiply(left, 0, rows, right, one, dimension, products);
            for (var row = 0; row < rows; row++)
            {
                var state = new KernelState(states, right.Stride);
                FirstCorrelations.Refine(products.Slice(row * right.Stride, right.Stride), left, row, right, one, dimension, state);
                Run(state);
                var values = Kind == LimitingKernel.Tangent ? state.Tangent : state.Cosine;
                Scaled(values, left, row, right, block.Slice((row * columns) + first, count));
            }
        }
    }

    private static int Chunk(int columns) => Math.Min(KernelSamples.Padded(columns), WidestChunk);

    private void Run(KernelState state)
    {
        var keep = 1 / (1 + (Scale * Scale));
        var branch = Scale * Scale * keep;
        Span<double> v = state.Versine, c = state.Cosine, w = state.Vercosine, θ = state.Tangent;
        Span<double> nextV = state.NextVersine, nextC = state.NextCosine, nextW = state.NextVercosine, nextΘ = state.NextTangent, gate = state.Derivative;
        θ.Clear();
        if (TrainsEnds)
        {
            c.CopyTo(θ);
        }

        for (var l = 0; l < Blocks; l++)
        {
            v.CopyTo(nextV);
            c.CopyTo(nextC);
            w.CopyTo(nextW);
            DualActivation.Apply(φ, nextV, nextC, nextW, gate);

            // λθ + (1 − λ)(ĉ + κ̂₀(c + θ)).
            TensorPrimitives.Add(c, θ, nextΘ);
            TensorPrimitives.FusedMultiplyAdd(gate, nextΘ, nextC, nextΘ);
            Join(keep, θ, branch, nextΘ);
            Join(keep, v, branch, nextV);
            Join(keep, c, branch, nextC);
            Join(keep, w, branch, nextW);
        }

        if (TrainsEnds)
        {
            TensorPrimitives.Add(θ, c, θ);
        }
    }

    /// <summary>x becomes keep · x + branch · y; y is used up.</summary>
    private static void Join(double keep, Span<double> x, double branch, Span<double> y)
    {
        TensorPrimitives.Multiply(y, branch, y);
        TensorPrimitives.FusedMultiplyAdd(x, keep, y, x);
    }

    /// <summary>(1 + a²)ᴸ |x||x′| times the correlations.</summary>
    private void Scaled(ReadOnlySpan<double> values, KernelSamples left, int row, KernelSamples right, Span<double> result)
    {
        double growth = 1;
        for (var l = 0; l < Blocks; l++)
        {
            growth *= 1 + (Scale * Scale);
        }

        for (var i = 0; i < result.Length; i++)
        {
            var value = left.Deviations[row] * right.Deviations[i] * values[i];
            var exponent = (int)(left.Exponents[row] + right.Exponents[i]);

            // A correlation of zero stays zero, whatever has grown beyond double.
            result[i] = value == 0 ? value : growth * (exponent == 0 ? value : Math.ScaleB(value, exponent));
        }
    }
}
