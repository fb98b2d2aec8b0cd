using Harness.Core.Tangents;

namespace Harness.Core.Enclosures;

/// <summary>The infinite-width tangent kernel (<see cref="LimitKernel"/>) with proven radii, for any depth and any angle.</summary>
/// <remarks>
/// Of the scale-free kernel k = Σ_{l=1}^{L} c_l Π_{k=l}^{L} κ₀(c_k) both k and L − k have a recursion of positive terms, so each keeps its relative accuracy: L − k is what separates near-duplicates (about δL(L + 1)/2π
/// at distance δ), where k itself rounds to L. Derivation: docs/derivations.md, "Elementary functions".
/// </remarks>
public static class CertifiedLimitKernel
{
    /// <summary>k = (2d/m)·K^∞ at two unit inputs.</summary>
    /// <param name="cosine">c₀ between the inputs.</param>
    /// <param name="depth">L ≥ 0 trained layers.</param>
    public static Ball Value(CertifiedCosine cosine, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        var (sum, c) = (Ball.Exactly(0), cosine);
        for (var l = 1; l <= depth; l++)
        {
            c = ArcCosineKernel.Order1(c);
            sum = ArcCosineKernel.Order0(c) * (c.Value + sum);
        }

        return sum;
    }

    /// <summary>L − k: how far the kernel falls from its diagonal.</summary>
    /// <param name="cosine">c₀ between the inputs.</param>
    /// <param name="depth">L ≥ 0.</param>
    public static Ball Deficit(CertifiedCosine cosine, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);

        // D_l = l − κ₀·(c_l + (l − 1) − D_{l−1}) = (1 − κ₀)·l + κ₀·(1 − c_l + D_{l−1}).
        var (deficit, c) = (Ball.Exactly(0), cosine);
        for (var l = 1; l <= depth; l++)
        {
            c = ArcCosineKernel.Order1(c);
            deficit = (ArcCosineKernel.Order0Complement(c) * Ball.Exactly(l)) + (ArcCosineKernel.Order0(c) * (c.Versine + deficit));
        }

        return deficit;
    }

    /// <summary>Fills (2d/m)·K^∞ and its radii, n × n, row-major, symmetric. Allocates nothing.</summary>
    /// <remarks>Inputs need not have norm one: they are exact numbers, and K^∞(x, x′) = ‖x‖‖x′‖·k(angle), because the network is homogeneous. On inputs normalised in floating point that differs from <see cref="LimitKernel"/> by a few u.</remarks>
    /// <param name="inputs">n × 𝔡, exact, row-major; a row of zeros gives zeros.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <param name="depth">L ≥ 0.</param>
    /// <param name="kernel">Receives the midpoints.</param>
    /// <param name="radii">Receives the radii.</param>
    /// <exception cref="ArgumentException">A span does not fit n.</exception>
    public static void Compute(ReadOnlySpan<double> inputs, int samples, int depth, Span<double> kernel, Span<double> radii)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var dimension = inputs.Length / samples;
        if (inputs.Length != samples * dimension || kernel.Length != samples * samples || radii.Length != samples * samples)
        {
            throw new ArgumentException($"{inputs.Length} inputs, {kernel.Length} midpoints and {radii.Length} radii do not fit {samples} samples.");
        }

        // The diagonal holds ‖x‖² until every pair of rows is done.
        for (var i = 0; i < samples; i++)
        {
            Store(CertifiedCosine.SquaredNorm(inputs.Slice(i * dimension, dimension)), i, i, kernel, radii);
            for (var j = 0; j < i; j++)
            {
                var (squaredI, squaredJ) = (At(i, i, kernel, radii), At(j, j, kernel, radii));
                var entry = squaredI == Ball.Exactly(0) || squaredJ == Ball.Exactly(0)
                    ? Ball.Exactly(0)
                    : Ball.Sqrt(squaredI) * Ball.Sqrt(squaredJ) * Value(CertifiedCosine.Narrower(inputs.Slice(i * dimension, dimension), inputs.Slice(j * dimension, dimension), squaredI, squaredJ), depth);
                Store(entry, i, j, kernel, radii);
                Store(entry, j, i, kernel, radii);
            }
        }

        for (var i = 0; i < samples; i++)
        {
            Store(At(i, i, kernel, radii) * Ball.Exactly(depth), i, i, kernel, radii);
        }

        Ball At(int row, int column, Span<double> midpoints, Span<double> bounds) => new(midpoints[(row * samples) + column], bounds[(row * samples) + column]);

        void Store(Ball ball, int row, int column, Span<double> midpoints, Span<double> bounds) =>
            (midpoints[(row * samples) + column], bounds[(row * samples) + column]) = (ball.Midpoint, ball.Radius);
    }
}
