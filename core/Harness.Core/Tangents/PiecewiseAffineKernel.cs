using System.Runtime.InteropServices;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Core.Tangents;

/// <summary>NNGP and NTK of a fully connected network of infinite width whose activation has several kinks, by quadrature with a proven bound: the recursion of <see cref="InfiniteWidthKernel"/> with Σ in place of correlations, because such a φ is not homogeneous.</summary>
/// <remarks>
/// Every value is the midpoint of its enclosure. E (φ(u) − φ(v))² is carried beside E φφ, so that 1 − c keeps its digits at small angles between inputs of equal norm; between unequal norms, or at obtuse angles, it is known to some u in absolute terms.
/// A pair takes a few hundred microseconds for each layer and pair of kinks.
/// </remarks>
public sealed class PiecewiseAffineKernel : ICertifiedKernel
{
    private readonly KernelLayer[] layers;

    /// <summary>The kernel of a network.</summary>
    /// <param name="layers">At least one hidden layer, and the output layer.</param>
    /// <param name="activation">φ.</param>
    /// <param name="kind">NNGP or NTK.</param>
    /// <exception cref="ArgumentException">Fewer than two layers, or a variance that is negative or not finite.</exception>
    public PiecewiseAffineKernel(ReadOnlySpan<KernelLayer> layers, PiecewiseAffine activation, LimitingKernel kind)
    {
        ArgumentNullException.ThrowIfNull(activation);
        foreach (var (weight, bias, _) in layers)
        {
            if (!(weight > 0 && bias >= 0 && double.IsFinite(weight) && double.IsFinite(bias)))
            {
                throw new ArgumentException($"A weight variance is positive, a bias variance not negative; got {weight} and {bias}.", nameof(layers));
            }
        }

        if (layers.Length < 2)
        {
            throw new ArgumentException($"A network has a hidden layer and an output layer at least; got {layers.Length} layers.", nameof(layers));
        }

        (this.layers, Activation, Kind) = (layers.ToArray(), activation, kind);
    }

    /// <summary>φ.</summary>
    public PiecewiseAffine Activation { get; }

    /// <summary>NNGP or NTK.</summary>
    public LimitingKernel Kind { get; }

    /// <inheritdoc/>
    public int WorkspaceLength(int rows, int columns, int dimension) => checked((rows * columns) + (2 * EnclosureLength(rows, columns, dimension)));

    /// <inheritdoc/>
    public int EnclosureLength(int rows, int columns, int dimension) => checked((rows + columns) * (layers.Length + 1));

    /// <inheritdoc/>
    public void Block(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, Span<double> block, Span<double> workspace) =>
        Enclose(x, rows, y, columns, new(block, workspace[..(rows * columns)]), MemoryMarshal.Cast<double, Ball>(workspace[(rows * columns)..]));

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, BallSpan<double> block, Span<Ball> workspace)
    {
        var dimension = KernelMatrix.Dimension(x, rows, y, columns, block.Length);
        var length = layers.Length + 1;
        var left = workspace[..(rows * length)];
        var right = workspace.Slice(rows * length, columns * length);
        Prepare(x, rows, left);
        Prepare(y, columns, right);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var (own, other) = (i * length, j * length);
                var value = Pair(x.Slice(i * dimension, dimension), y.Slice(j * dimension, dimension), left.Slice(own, length), right.Slice(other, length));
                (block.Midpoints[(i * columns) + j], block.Radii[(i * columns) + j]) = (value.Midpoint, value.Radius);
            }
        }
    }

    /// <summary>|x|², and Σ(x, x) of every layer.</summary>
    private void Prepare(ReadOnlySpan<double> inputs, int samples, Span<Ball> variances)
    {
        var (dimension, length) = (inputs.Length / samples, layers.Length + 1);
        for (var i = 0; i < samples; i++)
        {
            var own = variances.Slice(i * length, length);
            own[0] = CertifiedCosine.SquaredNorm(inputs.Slice(i * dimension, dimension));
            for (var l = 0; l < layers.Length; l++)
            {
                var moment = l == 0 ? own[0] : CertifiedPiecewiseDual.SecondMoment(Activation, Ball.Sqrt(own[l]));
                own[l + 1] = (Ball.Exactly(layers[l].WeightVariance) * moment) + Ball.Exactly(layers[l].BiasVariance);
            }
        }
    }

    private Ball Pair(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<Ball> left, ReadOnlySpan<Ball> right)
    {
        // |x − y|² and ⟨x, y⟩ to begin with.
        var (covariance, distance, tangent, derivative) = (Ball.Exactly(0), Ball.Exactly(0), Ball.Exactly(0), Ball.Exactly(0));
        for (var k = 0; k < x.Length; k++)
        {
            covariance += Ball.Exactly(x[k]) * Ball.Exactly(y[k]);
            distance += Ball.Square(Ball.Exactly(x[k]) - Ball.Exactly(y[k]));
        }

        for (var l = 0; l < layers.Length; l++)
        {
            if (l > 0)
            {
                var (second, secondPrime) = (Moment(left, l), Moment(right, l));
                (covariance, derivative, distance) = CertifiedPiecewiseDual.Evaluate(
                    Activation, Ball.Sqrt(left[l]), Ball.Sqrt(right[l]), Correlation(covariance, distance, left[l], right[l]), second, secondPrime);
            }

            var weight = Ball.Exactly(layers[l].WeightVariance);
            covariance = (weight * covariance) + Ball.Exactly(layers[l].BiasVariance);
            distance *= weight;
            tangent = (weight * derivative * tangent) + (layers[l].IsTrained ? covariance : Ball.Exactly(0));
        }

        return Kind == LimitingKernel.Tangent ? tangent : covariance;
    }

    /// <summary>E φ² below a layer, from its variance.</summary>
    private Ball Moment(ReadOnlySpan<Ball> variances, int l) => CertifiedPiecewiseDual.SecondMoment(Activation, Ball.Sqrt(variances[l]));

    /// <summary>1 − c = (E (u − v)² − (σ − σ′)²)/(2σσ′), or 1 + c from the covariance where that is negative.</summary>
    private static CertifiedCosine Correlation(Ball covariance, Ball distance, Ball variance, Ball otherVariance)
    {
        var (σ, σPrime) = (Ball.Sqrt(variance), Ball.Sqrt(otherVariance));
        return covariance.Midpoint >= 0
            ? CertifiedCosine.OfVersine((distance - Ball.Square(σ - σPrime)) / (Ball.Exactly(2) * σ * σPrime))
            : CertifiedCosine.Of(covariance / (σ * σPrime));
    }
}
