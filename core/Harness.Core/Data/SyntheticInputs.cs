using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Data;

/// <summary>
/// Random inputs that satisfy the paper's normalisation (‖xᵢ‖₂ = 1, last coordinate 1/√2; arXiv:1811.03962, section 2) and have a prescribed
/// separation δ by construction.
/// </summary>
/// <remarks>
/// The coordinates before the last lie on the sphere of radius 1/√2 in ℝ^{𝔡−1}. The directions are an orthonormal frame drawn uniformly
/// (Gaussian vectors orthonormalised in order: uniform on the Stiefel manifold), so independent inputs are at distance exactly 1, and an input is
/// moved next to another one by turning it on the sphere: from x = q₁/√2 towards q₂ until the chord is δ,
/// <code>x′ = x − δ²x + δ√(1 − δ²/2) q₂,   ‖x′ − x‖² = δ⁴/2 + δ²(1 − δ²/2) = δ²,   ‖x′‖² = ½.</code>
/// Every pair that is not meant to be at δ is therefore at distance 1, and the sets are admissible for every 0 &lt; δ &lt; 1 and n ≤ 𝔡 − 1.
/// <para>Error of a distance δ: at most (k + 16)uδ + u, k = <see cref="FixedOrder.RoundingDepth{T}"/> of 𝔡 − 1 and u = 2⁻⁵³. The second term is
/// the rounding of the coordinates of x′ themselves, the first the norms and the orthogonality of the frame.</para>
/// </remarks>
public static class SyntheticInputs
{
    /// <summary>n inputs at separation δ that the first two attain; every other pair is at distance 1.</summary>
    /// <param name="stream">Where the frame is drawn from.</param>
    /// <param name="n">1 ≤ n ≤ 𝔡 − 1; a single input has no pair.</param>
    /// <param name="δ">0 &lt; δ &lt; 1.</param>
    /// <param name="inputDimension">𝔡.</param>
    /// <param name="destination">n × 𝔡, row-major.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message says which range.</exception>
    public static void Separated(RandomStream stream, int n, double δ, int inputDimension, Span<double> destination) =>
        Pairs(stream, n, δ, inputDimension, destination, Math.Min(1, n / 2));

    /// <summary>
    /// ⌊n/2⌋ pairs of inputs (0, 1), (2, 3), …, each at distance δ, with distance 1 between pairs: as many nearly parallel gradients as a
    /// δ-separated set of this family can have. With odd n the last input is alone.
    /// </summary>
    /// <param name="stream">Where the frame is drawn from.</param>
    /// <param name="n">1 ≤ n ≤ 𝔡 − 1.</param>
    /// <param name="δ">0 &lt; δ &lt; 1.</param>
    /// <param name="inputDimension">𝔡.</param>
    /// <param name="destination">n × 𝔡, row-major.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message says which range.</exception>
    public static void Clustered(RandomStream stream, int n, double δ, int inputDimension, Span<double> destination) =>
        Pairs(stream, n, δ, inputDimension, destination, n / 2);

    /// <summary>n independent inputs, uniform among the normalised ones; their separation is what it happens to be.</summary>
    /// <param name="stream">Where the directions are drawn from.</param>
    /// <param name="n">n ≥ 1.</param>
    /// <param name="inputDimension">𝔡 ≥ 2.</param>
    /// <param name="destination">n × 𝔡, row-major.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message says which range.</exception>
    public static void Random(RandomStream stream, int n, int inputDimension, Span<double> destination)
    {
        RequireRoom(n, inputDimension, destination);
        for (var i = 0; i < n; i++)
        {
            var direction = Direction(destination, i, inputDimension);
            stream.FillGaussian(direction, 1.0, (ulong)i * (ulong)direction.Length);
            Scale(direction, UnitNormalisation.LastCoordinate / Norm(direction));
            destination[((i + 1) * inputDimension) - 1] = UnitNormalisation.LastCoordinate;
        }
    }

    private static void Pairs(RandomStream stream, int n, double δ, int inputDimension, Span<double> destination, int pairs)
    {
        RequireRoom(n, inputDimension, destination);
        if (!(δ > 0 && δ < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(δ), δ, "Needs 0 < δ < 1: unrelated inputs are at distance 1, and a separation is a positive number.");
        }

        if (n > inputDimension - 1)
        {
            throw new ArgumentException($"{n} inputs need as many orthogonal directions besides the constant coordinate: 𝔡 ≥ {n + 1}, not {inputDimension}.", nameof(inputDimension));
        }

        DrawFrame(stream, n, inputDimension, destination);
        var (towardsFirst, towardsSecond) = (-δ * δ, δ * Math.Sqrt(1 - (δ * δ / 2)));
        for (var i = 0; i < n; i++)
        {
            var x = Direction(destination, i, inputDimension);
            if (i % 2 == 1 && i / 2 < pairs)
            {
                // x holds q₂ still. The small step is completed before it is added to the neighbour, so that it keeps its own relative accuracy.
                var neighbour = Direction(destination, i - 1, inputDimension);
                for (var k = 0; k < x.Length; k++)
                {
                    x[k] = neighbour[k] + Math.FusedMultiplyAdd(towardsFirst, neighbour[k], towardsSecond * x[k]);
                }
            }
            else
            {
                Scale(x, UnitNormalisation.LastCoordinate);
            }

            destination[((i + 1) * inputDimension) - 1] = UnitNormalisation.LastCoordinate;
        }
    }

    /// <summary>An orthonormal frame in the coordinates before the last: Gram and Schmidt, twice.</summary>
    /// <remarks>
    /// Twice is enough (Parlett, "The Symmetric Eigenvalue Problem", section 6.9, after Kahan): the second pass leaves inner products of order u
    /// whatever the condition of the Gaussian matrix.
    /// </remarks>
    private static void DrawFrame(RandomStream stream, int n, int inputDimension, Span<double> destination)
    {
        for (var i = 0; i < n; i++)
        {
            var q = Direction(destination, i, inputDimension);
            stream.FillGaussian(q, 1.0, (ulong)i * (ulong)q.Length);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j++)
                {
                    ReadOnlySpan<double> other = Direction(destination, j, inputDimension);
                    TensorPrimitives.FusedMultiplyAdd(other, -FixedOrder.Dot<double>(q, other), q, q);
                }

                Scale(q, 1 / Norm(q));
            }
        }
    }

    private static Span<double> Direction(Span<double> inputs, int i, int inputDimension) => inputs.Slice(i * inputDimension, inputDimension - 1);

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(FixedOrder.SumOfSquares(x));

    private static void Scale(Span<double> x, double factor) => TensorPrimitives.Multiply(x, factor, x);

    private static void RequireRoom(int n, int inputDimension, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 2);
        if (destination.Length != (long)n * inputDimension)
        {
            throw new ArgumentException($"{n} inputs of dimension {inputDimension} need {(long)n * inputDimension} places; got {destination.Length}.", nameof(destination));
        }
    }
}
