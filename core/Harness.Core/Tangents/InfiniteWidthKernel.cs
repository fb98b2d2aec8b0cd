using Harness.Core.Networks;

namespace Harness.Core.Tangents;

/// <summary>The kernels of networks of infinite width, fully connected and convolutional, of any depth, for any activation with one kink at zero: NNGP and NTK.</summary>
/// <remarks>
/// Σ¹ = σ_w²⟨x, x′⟩ + σ_b², Σ^{l+1} = σ_w² E φφ + σ_b² under N(0, Σ^l), Θ¹ = Σ¹, Θ^{l+1} = Σ^{l+1} + σ_w² E φ′φ′ ∘ Θ^l (Jacot et al., arXiv:1806.07572; Lee et al., arXiv:1711.00165), Σ or Θ of the last layer is the kernel. With positions, all of them
/// are matrices over pairs of positions, and a layer averages over the q offsets of its filter (Arora et al., arXiv:1904.11955, section 4); fully connected: one position. Only a network that pools needs pairs of different positions: where the
/// layer above the filters has a weight for every position, equal ones decide alone. A layer that is not trained adds nothing of its own to Θ.
/// <para>
/// The recursion is free of scale: it carries the correlation c of two pre-activations as 1 − c, c and 1 + c, each to its own relative accuracy (<see cref="DualActivation"/>), and Θ over the product of the two standard deviations, which the
/// samples keep apart. So neither a cosine next to ±1, nor a thousand layers, nor inputs of norm 10⁻²⁰⁰ or 10²⁰⁰ cost digits: an entry is off by at most about (𝔡 + 50L²)u √(k(x, x)k(x′, x′)) for products ⟨x, x′⟩ of 𝔡 terms, and usually by a few u; with <see cref="FrozenEnds(int)"/>, where nothing cancels, by as much of itself, down to angles of 10⁻⁸√𝔡 from 0 and π.
/// Derivation: docs/derivations.md, "Infinite-width kernels". An entry that double cannot hold is infinite or zero, never NaN.
/// </para>
/// </remarks>
public sealed partial class InfiniteWidthKernel : IKernel
{
    private readonly KernelLayer[] layers;
    private readonly double[] own; // what a layer's own term in Θ is multiplied by
    private readonly bool isLastDense;
    private readonly HomogeneousActivation φ;

    private InfiniteWidthKernel(PositionGraph graph, KernelLayer[] layers, PiecewiseAffine activation, KernelReadout readout, LimitingKernel kind, bool isLastDense = false)
    {
        if (layers.Length < 2)
        {
            throw new ArgumentException($"A network has a hidden layer and an output layer at least; got {layers.Length} layers.", nameof(layers));
        }

        foreach (var (weight, bias, _) in layers)
        {
            // Within these bounds no intermediate result of the scale-free recursion can overflow.
            if (!(weight is >= 1e-60 and <= 1e60 && bias is 0 or (>= 1e-60 and <= 1e60)))
            {
                throw new ArgumentException($"A weight variance lies between 1e-60 and 1e60, a bias variance too or is zero; got {weight} and {bias}.", nameof(layers));
            }
        }

        (Graph, this.layers, φ, Activation, Readout, Kind, this.isLastDense) = (graph, layers, new(activation), activation, readout, kind, isLastDense);
        own = Array.ConvertAll(layers, layer => layer.IsTrained ? 1.0 : 0);
    }

    /// <summary>φ.</summary>
    public PiecewiseAffine Activation { get; }

    /// <summary>NNGP or NTK.</summary>
    public LimitingKernel Kind { get; }

    /// <summary>The positions of an input; one for fully connected networks.</summary>
    public PositionGraph Graph { get; }

    /// <summary>What the output layer does with the positions.</summary>
    public KernelReadout Readout { get; }

    /// <summary>The hidden layers and, last, the output layer.</summary>
    public ReadOnlySpan<KernelLayer> Layers => layers;

    /// <summary>A fully connected network.</summary>
    /// <param name="layers">At least one hidden layer, and the output layer.</param>
    /// <param name="activation">φ.</param>
    /// <param name="kind">NNGP or NTK.</param>
    /// <exception cref="ArgumentException">Fewer than two layers, a variance out of range, or an activation with another breakpoint than zero.</exception>
    public static InfiniteWidthKernel FullyConnected(ReadOnlySpan<KernelLayer> layers, PiecewiseAffine activation, LimitingKernel kind) =>
        new(KernelSamples.OnePosition, layers.ToArray(), activation, KernelReadout.Flatten, kind);

    /// <summary>A fully connected network that keeps the size of what passes: the first layer has weight variance 1, all others 1/E φ² (2 for the rectifier), no biases, all layers trained.</summary>
    /// <param name="hiddenLayers">At least 1.</param>
    /// <param name="activation">φ.</param>
    /// <param name="kind">NNGP or NTK.</param>
    public static InfiniteWidthKernel FullyConnected(int hiddenLayers, PiecewiseAffine activation, LimitingKernel kind) => FullyConnected(Preserving(hiddenLayers, activation), activation, kind);

    /// <summary>K(x, x′) = |x̃||x̃′|k_L(cos(x̃, x̃′)) + 1, x̃ = (x, 1): L rectified layers with a bias in the first and in the output (Li et al., arXiv:2305.02657).</summary>
    /// <param name="hiddenLayers">L ≥ 1.</param>
    public static InfiniteWidthKernel WithInputAndOutputBias(int hiddenLayers)
    {
        var layers = Preserving(hiddenLayers, PiecewiseAffine.Rectifier);
        (layers[0], layers[^1]) = (layers[0] with { BiasVariance = 1 }, layers[^1] with { BiasVariance = 1 });
        return FullyConnected(layers, PiecewiseAffine.Rectifier, LimitingKernel.Tangent);
    }

    /// <summary>The network of arXiv:1811.03962, of which only W₁…W_L are trained: (2d/m)·K^∞, on inputs of any norm (<see cref="LimitKernel"/>).</summary>
    /// <param name="depth">L ≥ 1.</param>
    public static InfiniteWidthKernel FrozenEnds(int depth)
    {
        var layers = Preserving(checked(depth + 1), PiecewiseAffine.Rectifier);
        (layers[0], layers[^1]) = (layers[0] with { IsTrained = false }, layers[^1] with { IsTrained = false });
        return FullyConnected(layers, PiecewiseAffine.Rectifier, LimitingKernel.Tangent);
    }

    /// <summary>The convolutional network of arXiv:1811.03962, appendix B, A and B frozen: filters A and W₁…W_{L−1}, and a dense W_L that reads all positions. (2d/m)·K^∞, d times the covariance of the outputs for the NNGP.</summary>
    /// <remarks>
    /// C₀[j] = (1/q) Σ_a ⟨x_{Q_j(a)}, x′_{Q_j(a)}⟩ at position j, C_l from G_{l−1} likewise, G_l = √(C_l(x, x) C_l(x′, x′)) κ₁(cos_l), S₀ = 0, S_l[j] = κ₀(cos_l) (C_l[j] + (1/q) Σ_a S_{l−1}[Q_j(a)]); the dense layer sees C_L = Σ_j G_{L−1}[j], and
    /// (2d/m) K^∞ = κ₀(cos_L) (C_L + q Σ_j S_{L−1}[j]): a filter of variance 2/(qm) has q times the gradient that the parametrisation of <see cref="KernelLayer"/> gives it. Derivation: docs/derivations.md, "Convolutional limit kernel".
    /// </remarks>
    /// <param name="graph">Positions and filter.</param>
    /// <param name="depth">L ≥ 1.</param>
    /// <param name="kind">NNGP or NTK.</param>
    public static InfiniteWidthKernel FrozenEnds(PositionGraph graph, int depth, LimitingKernel kind)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var layers = Preserving(checked(depth + 1), PiecewiseAffine.Rectifier);
        (layers[0], layers[^1]) = (layers[0] with { IsTrained = false }, layers[^1] with { IsTrained = false });

        // The sum over positions, not their mean.
        layers[depth] = layers[depth] with { WeightVariance = layers[depth].WeightVariance * graph.Positions };
        var kernel = new InfiniteWidthKernel(graph, layers, PiecewiseAffine.Rectifier, KernelReadout.Flatten, kind, isLastDense: true);
        kernel.own.AsSpan(1, depth - 1).Fill(graph.Offsets);
        return kernel;
    }

    /// <summary>A convolutional network: every hidden layer shares a filter of q offsets, the mean over which is what its weight variance multiplies; the output layer reads all positions.</summary>
    /// <param name="graph">Positions and filter. An input holds its channels one after the other, each at all positions, as <see cref="Convolutional{T}"/> reads it.</param>
    /// <param name="layers">At least one convolution, and the output layer.</param>
    /// <param name="activation">φ.</param>
    /// <param name="readout">What the output layer does with the positions.</param>
    /// <param name="kind">NNGP or NTK.</param>
    /// <exception cref="ArgumentException">Fewer than two layers, a variance out of range, or an activation with another breakpoint than zero.</exception>
    public static InfiniteWidthKernel Convolutional(PositionGraph graph, ReadOnlySpan<KernelLayer> layers, PiecewiseAffine activation, KernelReadout readout, LimitingKernel kind)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(graph, layers.ToArray(), activation, readout, kind);
    }

    private static KernelLayer[] Preserving(int hiddenLayers, PiecewiseAffine activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenLayers, 1);
        var layers = new KernelLayer[hiddenLayers + 1];
        layers.AsSpan().Fill(new(1 / new HomogeneousActivation(activation).SecondMoment));
        layers[0] = new(1);
        return layers;
    }
}
