using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Core.Tangents;

/// <summary>What a kernel of infinite width needs of every sample before it looks at pairs: directions, and how each layer mixes correlations. Samples run along the lanes: element e of sample i lies at e · Stride + i.</summary>
/// <remarks>
/// With s the standard deviations of a layer's pre-activations, over 2^e so that they stay near one, position j of the next layer has s_j = ‖(t_{Q_j(a)})_a, r̂‖ with t = √(σ_w² N/q) s and r̂ = σ_b 2⁻ᵉ: its correlation with another sample's is
/// Σ_a P_j(a) P′_j′(a) ĉ[Q_j(a), Q_j′(a)] + r_j r′_j′ with the unit vector (P_j, r_j) = (t_{Q_j(·)}, r̂)/s_j.
/// </remarks>
internal readonly ref struct KernelSamples
{
    /// <summary>Standard deviations stay between 2⁻ᵐᵃˣ and 2ᵐᵃˣ, so that no square of them leaves the range.</summary>
    private const int LargestExponent = 100;

    private readonly Span<double> inputs, norms, inverseNorms, sources, inverses, biases;
    private readonly int positions;

    private KernelSamples(Workspace<double> workspace, int positions, int dimension, int layers, int stride)
    {
        (this.positions, Stride) = (positions, stride);
        inputs = workspace.Take(dimension * stride);
        norms = workspace.Take(positions * stride);
        inverseNorms = workspace.Take(positions * stride);
        sources = workspace.Take(layers * positions * stride);
        inverses = workspace.Take(layers * positions * stride);
        biases = workspace.Take(layers * positions * stride);
        Deviations = workspace.Take(positions * stride);
        Exponents = workspace.Take(stride);
    }

    /// <summary>The positions of a fully connected network.</summary>
    public static PositionGraph OnePosition { get; } = PositionGraph.Ring(1, 1);

    /// <summary>Elements from one number of a sample to the next: the number of samples, padded to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>s of the last hidden layer over 2ᵉ, positions × Stride; of a dense one, Stride.</summary>
    public Span<double> Deviations { get; }

    /// <summary>e, whole numbers, zero unless the deviations are far out of the ordinary.</summary>
    public Span<double> Exponents { get; }

    /// <summary>Inputs at a position over a power of two, channels × Stride.</summary>
    public ReadOnlySpan<double> Inputs(int position)
    {
        var length = inputs.Length / positions;
        return inputs.Slice(position * length, length);
    }

    /// <summary>Norms of <see cref="Inputs"/> at a position, Stride elements.</summary>
    public ReadOnlySpan<double> Norms(int position) => norms.Slice(position * Stride, Stride);

    /// <summary>1 over <see cref="Norms"/>; 0 where the norm is.</summary>
    public ReadOnlySpan<double> InverseNorms(int position) => inverseNorms.Slice(position * Stride, Stride);

    /// <summary>t at a position below a layer, Stride elements.</summary>
    public ReadOnlySpan<double> Sources(int layer, int position) => sources.Slice(((layer * positions) + position) * Stride, Stride);

    /// <summary>1/s at a position of a layer; 0 where s is.</summary>
    public ReadOnlySpan<double> Inverses(int layer, int position) => inverses.Slice(((layer * positions) + position) * Stride, Stride);

    /// <summary>r at a position of a layer.</summary>
    public ReadOnlySpan<double> Biases(int layer, int position) => biases.Slice(((layer * positions) + position) * Stride, Stride);

    /// <summary>Samples padded to whole vectors of eight.</summary>
    public static int Padded(int samples) => (samples + 7) & ~7;

    /// <summary>Elements that <see cref="Prepare"/> takes.</summary>
    public static int Length(int positions, int dimension, int layers, int samples) => checked(Padded(samples) * (dimension + (positions * ((3 * layers) + 3)) + 1));

    /// <summary>Reads samples.</summary>
    /// <param name="graph">Positions and filter.</param>
    /// <param name="isLastDense">Whether the last hidden layer reads all positions at its one.</param>
    /// <param name="hidden">The hidden layers.</param>
    /// <param name="secondMoment">N of the activation.</param>
    /// <param name="inputs">samples × 𝔡.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="store"><see cref="Length"/> elements.</param>
    public static KernelSamples Prepare(PositionGraph graph, bool isLastDense, ReadOnlySpan<KernelLayer> hidden, double secondMoment, ReadOnlySpan<double> inputs, int samples, Span<double> store)
    {
        var dimension = inputs.Length / samples;
        var result = new KernelSamples(new(store), graph.Positions, dimension, hidden.Length, Padded(samples));
        store[..Length(graph.Positions, dimension, hidden.Length, samples)].Clear();
        for (var i = 0; i < samples; i++)
        {
            var exponent = result.Load(inputs.Slice(i * dimension, dimension), i);
            for (var l = 0; l < hidden.Length; l++)
            {
                exponent = result.Rise(new(graph, isLastDense && l == hidden.Length - 1), hidden[l], l == 0 ? 1 : secondMoment, l, i, exponent);
            }

            result.Finish(i, exponent);
        }

        return result;
    }

    /// <summary>Ordinary deviations are kept as they are, so that a pair of them needs no scaling.</summary>
    private void Finish(int sample, int exponent)
    {
        const int Ordinary = 300;
        var keep = Math.Abs(exponent) > Ordinary;
        Exponents[sample] = keep ? exponent : 0;
        for (var j = 0; !keep && j < positions; j++)
        {
            Deviations[(j * Stride) + sample] = Math.ScaleB(Deviations[(j * Stride) + sample], exponent);
        }
    }

    /// <summary>Inputs and norms at every position, over 2 to the power that is returned.</summary>
    private int Load(ReadOnlySpan<double> x, int sample)
    {
        double largest = 0;
        foreach (var coordinate in x)
        {
            largest = Math.Max(largest, Math.Abs(coordinate));
        }

        // Above −900 so that a bias over 2^e stays finite; what that leaves of the smallest inputs is far from underflow.
        var exponent = largest == 0 ? 0 : Math.Max(Math.ILogB(largest), -900);
        var unit = Math.ScaleB(1, -exponent);
        for (var j = 0; j < positions; j++)
        {
            double square = 0;
            var scaledInputs = inputs.Slice(j * (inputs.Length / positions), inputs.Length / positions);
            for (var k = 0; (k * positions) + j < x.Length; k++)
            {
                var scaled = x[(k * positions) + j] * unit;
                scaledInputs[(k * Stride) + sample] = scaled;
                square = Math.FusedMultiplyAdd(scaled, scaled, square);
            }

            var norm = Math.Sqrt(square);
            Deviations[(j * Stride) + sample] = norms[(j * Stride) + sample] = norm;
            inverseNorms[(j * Stride) + sample] = norm > 0 ? 1 / norm : 0;
        }

        return exponent;
    }

    /// <summary>One layer up.</summary>
    private int Rise(LayerReads reads, KernelLayer layer, double secondMoment, int l, int sample, int exponent)
    {
        var factor = Math.Sqrt(layer.WeightVariance * secondMoment / reads.Offsets);
        var bias = Math.ScaleB(Math.Sqrt(layer.BiasVariance), -exponent);
        var at = l * positions * Stride;
        double largest = 0;
        for (var j = 0; j < positions; j++)
        {
            sources[at + (j * Stride) + sample] = factor * Deviations[(j * Stride) + sample];
        }

        for (var j = 0; j < reads.Positions; j++)
        {
            var unit = bias;
            for (var a = 0; a < reads.Offsets; a++)
            {
                unit = Math.Max(unit, sources[at + (reads.Read(j, a) * Stride) + sample]);
            }

            double deviation = 0;
            if (unit > 0)
            {
                var square = bias / unit * (bias / unit);
                for (var a = 0; a < reads.Offsets; a++)
                {
                    var part = sources[at + (reads.Read(j, a) * Stride) + sample] / unit;
                    square = Math.FusedMultiplyAdd(part, part, square);
                }

                deviation = unit * Math.Sqrt(square);
                inverses[at + (j * Stride) + sample] = 1 / deviation;
                biases[at + (j * Stride) + sample] = bias / deviation;
            }

            Deviations[(j * Stride) + sample] = deviation;
            largest = Math.Max(largest, deviation);
        }

        var shift = largest > 0 && Math.Abs(Math.ILogB(largest)) > LargestExponent ? Math.ILogB(largest) : 0;
        for (var j = 0; shift != 0 && j < positions; j++)
        {
            Deviations[(j * Stride) + sample] = Math.ScaleB(Deviations[(j * Stride) + sample], -shift);
        }

        return exponent + shift;
    }
}
