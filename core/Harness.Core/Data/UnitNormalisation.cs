using Harness.Core.Numerics;

namespace Harness.Core.Data;

/// <summary>
/// The normalisation that Allen-Zhu, Li and Song assume (arXiv:1811.03962, section 2): ‖xᵢ‖₂ = 1 and last coordinate 1/√2.
/// </summary>
/// <remarks>
/// The paper gets there without loss of generality, and so does this: scale to norm at most 1/√2, pad one coordinate so that the norm is
/// exactly 1/√2, append the constant 1/√2. Raw rows of 𝔡 numbers become rows of 𝔡 + 2.
/// <para>The scale is one for the whole set: the largest norm in it becomes 1/√2, so directions and ratios of distances are kept among the
/// first 𝔡 coordinates, and equal rows stay equal. The padding is taken as √((R² − ‖x‖²)/2)/R with R the largest norm, which is exactly zero
/// for rows of norm R, instead of from 1/2 − ‖x/(√2R)‖², which leaves √u where cancellation ends.</para>
/// <para>Consequences: ⟨xᵢ, xⱼ⟩ ≥ 0 for every pair, since ½ of it comes from the last coordinate and the rest is at least −½; hence no two
/// inputs are antipodal, and ‖xᵢ − xⱼ‖ ≤ √2.</para>
/// <para>Error: |‖x‖² − 1| ≤ (k + 16)u with k = <see cref="FixedOrder.RoundingDepth{T}"/> of 𝔡 and u = 2⁻⁵³. Relative to R², ‖x‖² is known to
/// γ_k and enters the padding with the opposite sign, so half of γ_k is left; the scale is right to 2½u, a scaled coordinate to 3½u and the
/// padding to 5u, which the squares double and the factor ½ halves; the constant's square is off by less than 2u.</para>
/// </remarks>
public static class UnitNormalisation
{
    /// <summary>1/√2, correctly rounded: the last coordinate of every input.</summary>
    public const double LastCoordinate = 0.70710678118654752440;

    /// <summary>Coordinates that are added to the raw ones: the padding and the constant.</summary>
    public const int AddedCoordinates = 2;

    /// <summary>Normalises a set.</summary>
    /// <param name="raw">n × 𝔡, row-major, finite.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="destination">n × (𝔡 + 2), row-major; must not overlap <paramref name="raw"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a coordinate is not finite; the message names its row and column.</exception>
    public static void Apply(ReadOnlySpan<double> raw, int inputDimension, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        var n = raw.Length / inputDimension;
        var outputs = inputDimension + AddedCoordinates;
        if (raw.Length != n * inputDimension || destination.Length != (long)n * outputs)
        {
            throw new ArgumentException($"{raw.Length} numbers in rows of {inputDimension} need {n} × {outputs} normalised ones; got room for {destination.Length}.");
        }

        // A power of two first, which is exact: afterwards no square overflows, and none that matters underflows.
        var exponent = LargestExponent(raw, inputDimension);
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            var source = raw.Slice(i * inputDimension, inputDimension);
            var row = destination.Slice(i * outputs, outputs);
            for (var k = 0; k < inputDimension; k++)
            {
                row[k] = Math.ScaleB(source[k], -exponent);
            }

            // ‖x‖² waits in the place of the padding until the largest is known.
            row[inputDimension] = FixedOrder.SumOfSquares<double>(row[..inputDimension]);
            largest = Math.Max(largest, row[inputDimension]);
        }

        var scale = largest > 0 ? 1 / Math.Sqrt(2 * largest) : 0;
        for (var i = 0; i < n; i++)
        {
            var row = destination.Slice(i * outputs, outputs);
            for (var k = 0; k < inputDimension; k++)
            {
                row[k] *= scale;
            }

            row[inputDimension] = largest > 0 ? Math.Sqrt(largest - row[inputDimension]) * scale : LastCoordinate;
            row[inputDimension + 1] = LastCoordinate;
        }
    }

    /// <summary>The set with normalised inputs and the same targets; allocates.</summary>
    /// <exception cref="ArgumentException">A coordinate is not finite.</exception>
    public static DataSet Apply(DataSet raw)
    {
        var inputs = new double[raw.Count * (raw.InputDimension + AddedCoordinates)];
        Apply(raw.Inputs, raw.InputDimension, inputs);
        return new(raw.Name, inputs, raw.InputDimension + AddedCoordinates, raw.Targets, raw.OutputDimension, raw.Labels, raw.Classes);
    }

    /// <summary>Exponent of the largest magnitude; 0 where everything is zero.</summary>
    private static int LargestExponent(ReadOnlySpan<double> raw, int inputDimension)
    {
        var largest = 0.0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (!double.IsFinite(raw[i]))
            {
                throw new ArgumentException($"Input {i / inputDimension} has {raw[i]} at coordinate {i % inputDimension}; only finite numbers can be normalised.");
            }

            largest = Math.Max(largest, Math.Abs(raw[i]));
        }

        return largest > 0 ? Math.ILogB(largest) : 0;
    }
}
