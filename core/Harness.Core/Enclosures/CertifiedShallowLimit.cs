using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>
/// The limit H^∞ of the tangent kernel of a two-layer network as m → ∞, with proven radii: H^∞_ij = ((α² + β²)(π − θ)/2π + αβ θ/π) ⟨x_i, x_j⟩, θ the angle between x_i and x_j, for an activation with slopes α, β on the two sides of zero.
/// </summary>
/// <remarks>
/// The two signs agree with probability (π − θ)/π. Equivalently (((α + β)/2)² + ((β − α)/2)² (2/π) arcsin cos θ) ⟨x_i, x_j⟩. Inputs have any norm; angles keep their relative accuracy near 0 and π (<see cref="CertifiedCosine"/>).
/// Derivation: docs/derivations.md, "Piecewise affine networks".
/// </remarks>
public static class CertifiedShallowLimit
{
    /// <summary>E φ′φ′ at a pair of inputs at an angle.</summary>
    /// <param name="activation">One breakpoint, at zero.</param>
    /// <param name="angle">The angle between the inputs.</param>
    /// <exception cref="NotSupportedException">The activation has another breakpoint, for which there is no closed form.</exception>
    public static Ball SlopeProduct(PiecewiseAffine activation, CertifiedCosine angle)
    {
        var (α, β) = Slopes(activation);
        var apart = ArcCosineKernel.Order0Complement(angle);
        return ((Ball.Square(α) + Ball.Square(β)) * ArcCosineKernel.Order0(angle) / Ball.Exactly(2)) + (α * β * apart);
    }

    /// <summary>Fills H^∞ and its radii, n × n, row-major, symmetric. Allocates nothing.</summary>
    /// <param name="activation">One breakpoint, at zero.</param>
    /// <param name="inputs">n × 𝔡, exact; a row of zeros gives zeros.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <param name="kernel">Receives the midpoints.</param>
    /// <param name="radii">Receives the radii.</param>
    /// <exception cref="ArgumentException">A span does not fit n.</exception>
    /// <exception cref="NotSupportedException">The activation has another breakpoint.</exception>
    public static void Compute(PiecewiseAffine activation, ReadOnlySpan<double> inputs, int samples, Span<double> kernel, Span<double> radii)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var dimension = inputs.Length / samples;
        if (inputs.Length != samples * dimension || kernel.Length != samples * samples || radii.Length != samples * samples)
        {
            throw new ArgumentException($"{inputs.Length} inputs, {kernel.Length} midpoints and {radii.Length} radii do not fit {samples} samples.");
        }

        var (α, β) = Slopes(activation);
        var onDiagonal = (Ball.Square(α) + Ball.Square(β)) / Ball.Exactly(2);
        for (var i = 0; i < samples; i++)
        {
            var x = inputs.Slice(i * dimension, dimension);
            Store(onDiagonal * CertifiedCosine.SquaredNorm(x), i, i, kernel, radii);
            for (var j = 0; j < i; j++)
            {
                var other = inputs.Slice(j * dimension, dimension);
                var entry = IsZero(x) || IsZero(other) ? Ball.Exactly(0) : SlopeProduct(activation, CertifiedCosine.Between(x, other)) * InnerProduct(x, other);
                Store(entry, i, j, kernel, radii);
                Store(entry, j, i, kernel, radii);
            }
        }

        void Store(Ball ball, int row, int column, Span<double> midpoints, Span<double> bounds) =>
            (midpoints[(row * samples) + column], bounds[(row * samples) + column]) = (ball.Midpoint, ball.Radius);
    }

    /// <summary>⟨x, y⟩.</summary>
    internal static Ball InnerProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = Ball.Exactly(0);
        for (var k = 0; k < x.Length; k++)
        {
            sum += Ball.Exactly(x[k]) * Ball.Exactly(y[k]);
        }

        return sum;
    }

    private static bool IsZero(ReadOnlySpan<double> x) => x.IndexOfAnyExcept(0) < 0;

    private static (Ball Left, Ball Right) Slopes(PiecewiseAffine activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return activation.Breakpoints is [0]
            ? (Ball.Exactly(activation.Slopes[0]), Ball.Exactly(activation.Slopes[1]))
            : throw new NotSupportedException("The limit kernel has a closed form only where the activation's one breakpoint is zero. The kernel at a given width, ShallowKernel, takes any.");
    }
}
