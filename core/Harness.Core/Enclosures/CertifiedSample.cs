using System.Runtime.InteropServices;
using Harness.Core.Networks;
using Harness.Core.Tangents;

namespace Harness.Core.Enclosures;

/// <summary>What a kernel of infinite width needs of one sample, with radii: the quantities of <see cref="KernelSamples"/>.</summary>
internal readonly ref struct CertifiedSample
{
    private readonly Span<double> inputs;
    private readonly Span<Ball> squares, sources, inverses, biases;
    private readonly int positions;

    private CertifiedSample(Span<Ball> store, int positions, int dimension, int layers)
    {
        this.positions = positions;
        var memory = new Numerics.Workspace<Ball>(store);
        inputs = MemoryMarshal.Cast<Ball, double>(memory.Take((dimension + 1) / 2))[..dimension];
        squares = memory.Take(positions);
        sources = memory.Take(layers * positions);
        inverses = memory.Take(layers * positions);
        biases = memory.Take(layers * positions);
        Deviations = memory.Take(positions);
    }

    /// <summary>s of the last hidden layer at every position.</summary>
    public Span<Ball> Deviations { get; }

    /// <summary>The input at a position.</summary>
    public ReadOnlySpan<double> Input(int position) => inputs.Slice(position * (inputs.Length / positions), inputs.Length / positions);

    /// <summary>Its squared norm.</summary>
    public Ball Square(int position) => squares[position];

    /// <summary>t at a position below a layer.</summary>
    public Ball Source(int layer, int position) => sources[(layer * positions) + position];

    /// <summary>1/s at a position of a layer.</summary>
    public Ball Inverse(int layer, int position) => inverses[(layer * positions) + position];

    /// <summary>r at a position of a layer.</summary>
    public Ball Bias(int layer, int position) => biases[(layer * positions) + position];

    /// <summary>Balls that <see cref="Prepare"/> takes.</summary>
    public static int Length(int positions, int dimension, int layers) => checked(((dimension + 1) / 2) + (positions * ((3 * layers) + 2)));

    /// <summary>The sample as <see cref="Prepare"/> left it in its store.</summary>
    public static CertifiedSample In(Span<Ball> store, int positions, int dimension, int layers) => new(store, positions, dimension, layers);

    /// <summary>Reads a sample.</summary>
    /// <param name="graph">Positions and filter.</param>
    /// <param name="isLastDense">Whether the last hidden layer reads all positions at its one.</param>
    /// <param name="hidden">The hidden layers.</param>
    /// <param name="secondMoment">N of the activation.</param>
    /// <param name="x">𝔡 exact numbers.</param>
    /// <param name="store"><see cref="Length"/> balls.</param>
    public static void Prepare(PositionGraph graph, bool isLastDense, ReadOnlySpan<KernelLayer> hidden, Ball secondMoment, ReadOnlySpan<double> x, Span<Ball> store)
    {
        var p = graph.Positions;
        var result = new CertifiedSample(store, p, x.Length, hidden.Length);
        for (var k = 0; k < x.Length; k++)
        {
            result.inputs[(k % p * (x.Length / p)) + (k / p)] = x[k];
        }

        for (var j = 0; j < p; j++)
        {
            result.squares[j] = CertifiedCosine.SquaredNorm(result.Input(j));
            result.Deviations[j] = Ball.Sqrt(result.squares[j]);
        }

        for (var l = 0; l < hidden.Length; l++)
        {
            result.Rise(new(graph, isLastDense && l == hidden.Length - 1), hidden[l], l == 0 ? Ball.Exactly(1) : secondMoment, l);
        }
    }

    private void Rise(LayerReads reads, KernelLayer layer, Ball secondMoment, int l)
    {
        var factor = Ball.Sqrt(Ball.Exactly(layer.WeightVariance) * secondMoment / Ball.Exactly(reads.Offsets));
        var bias = Ball.Sqrt(Ball.Exactly(layer.BiasVariance));
        for (var j = 0; j < positions; j++)
        {
            sources[(l * positions) + j] = factor * Deviations[j];
        }

        for (var j = 0; j < reads.Positions; j++)
        {
            var square = Ball.Exactly(layer.BiasVariance);
            for (var a = 0; a < reads.Offsets; a++)
            {
                square += Ball.Square(Source(l, reads.Read(j, a)));
            }

            // Nothing reaches the position: it has no direction, and no weight above.
            var inverse = square == Ball.Exactly(0) ? Ball.Exactly(0) : Ball.Exactly(1) / Ball.Sqrt(square);
            inverses[(l * positions) + j] = inverse;
            biases[(l * positions) + j] = bias * inverse;
            Deviations[j] = Ball.Sqrt(square);
        }
    }
}
