using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Data;

/// <summary>
/// δ-separation: the smallest distance δ = min ‖xᵢ − xⱼ‖₂ over pairs of inputs (arXiv:1811.03962, assumption 2.1), and the pairs that attain
/// or approach it.
/// </summary>
/// <remarks>
/// Distances come from differences, not from the Gram matrix: 2 − 2⟨xᵢ, xⱼ⟩ has no correct digit left below √u, which is where near-duplicates
/// are. Cost: 3n²𝔡/2 operations, no allocation.
/// <para>Order of a sum: coordinate k goes to lane k mod 8, a lane accumulates in ascending order, the lanes are folded in halves and the last
/// 𝔡 mod 8 coordinates are added one by one. The bits depend on neither the vector width nor the position of the rows.</para>
/// <para>Error: relative (𝔡/8 + 15)u/2 + u to first order: a square carries three roundings (the subtraction counts twice) and passes at most
/// 𝔡/8 + 3 + 7 additions, the root halves that and adds one; 0 exactly for equal inputs. A difference below 2⁻⁵¹¹ has a square that
/// underflows, one above 2⁵¹¹ a square that overflows; normalised inputs are nowhere near.</para>
/// </remarks>
public static class Separation
{
    /// <summary>Rows whose distances to a row are computed together: four chains of additions hide the latency of one.</summary>
    private const int RowsAtOnce = 4;

    /// <summary>Bytes of rows that stay in the second-level cache while every other row passes by.</summary>
    private const int TileBytes = 256 * 1024;

    /// <summary>The closest pair and its distance δ; of several, the first by index.</summary>
    /// <param name="inputs">n × 𝔡, row-major, finite.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <returns><see cref="InputPair.None"/>, at distance +∞, for fewer than two inputs.</returns>
    /// <exception cref="ArgumentException">The inputs are not whole rows.</exception>
    public static InputPair Measure(ReadOnlySpan<double> inputs, int inputDimension)
    {
        Span<InputPair> closest = [InputPair.None];
        PairsCloserThan(double.PositiveInfinity, inputs, inputDimension, closest);
        return closest[0];
    }

    /// <summary>Counts the pairs below a distance and keeps the closest of them.</summary>
    /// <param name="distance">The threshold; pairs at exactly this distance do not count.</param>
    /// <param name="inputs">n × 𝔡, row-major, finite.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="closest">Receives the closest pairs, ascending; places without a pair get <see cref="InputPair.None"/>.</param>
    /// <returns>How many pairs there are below the threshold, kept or not.</returns>
    /// <exception cref="ArgumentException">The inputs are not whole rows.</exception>
    [SkipLocalsInit]
    public static long PairsCloserThan(double distance, ReadOnlySpan<double> inputs, int inputDimension, Span<InputPair> closest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        var n = inputs.Length / inputDimension;
        if (inputs.Length != (long)n * inputDimension)
        {
            throw new ArgumentException($"{inputs.Length} numbers are not rows of {inputDimension}.", nameof(inputs));
        }

        closest.Fill(InputPair.None);
        Span<double> squared = stackalloc double[RowsAtOnce];
        var tile = Math.Max(RowsAtOnce, TileBytes / (sizeof(double) * inputDimension));
        long count = 0;
        for (var start = 0; start < n; start += tile)
        {
            var end = Math.Min(start + tile, n);
            for (var i = 0; i < end - 1; i++)
            {
                for (var j = Math.Max(start, i + 1); j < end; j += RowsAtOnce)
                {
                    SquaredDistances(inputs, inputDimension, Offset(i), Offset(j), Offset(j + 1), Offset(j + 2), Offset(j + 3), squared);
                    for (var r = 0; r < Math.Min(RowsAtOnce, end - j); r++)
                    {
                        var pair = new InputPair(i, j + r, Math.Sqrt(squared[r]));
                        if (pair.Distance < distance)
                        {
                            count++;
                            Insert(pair, closest);
                        }
                    }
                }
            }

            // Beyond the tile the last row stands in, and its distance is not looked at.
            int Offset(int row) => Math.Min(row, end - 1) * inputDimension;
        }

        return count;
    }

    private static void Insert(InputPair pair, Span<InputPair> closest)
    {
        if (closest.IsEmpty || !pair.IsBefore(closest[^1]))
        {
            return;
        }

        var place = closest.Length - 1;
        for (; place > 0 && pair.IsBefore(closest[place - 1]); place--)
        {
            closest[place] = closest[place - 1];
        }

        closest[place] = pair;
    }

    /// <summary>‖x − yⱼ‖² for four rows yⱼ, given by their offsets; every one has the same bits as if it were computed alone.</summary>
    private static void SquaredDistances(ReadOnlySpan<double> inputs, int dimension, int x, int y0, int y1, int y2, int y3, Span<double> squared)
    {
        ref var origin = ref MemoryMarshal.GetReference(inputs);
        var (sum0, sum1, sum2, sum3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var k = 0;
        for (; k <= dimension - Vector512<double>.Count; k += Vector512<double>.Count)
        {
            var block = Vector512.LoadUnsafe(ref origin, (nuint)(x + k));
            sum0 += Square(block - Vector512.LoadUnsafe(ref origin, (nuint)(y0 + k)));
            sum1 += Square(block - Vector512.LoadUnsafe(ref origin, (nuint)(y1 + k)));
            sum2 += Square(block - Vector512.LoadUnsafe(ref origin, (nuint)(y2 + k)));
            sum3 += Square(block - Vector512.LoadUnsafe(ref origin, (nuint)(y3 + k)));
        }

        squared[0] = Fold(sum0);
        squared[1] = Fold(sum1);
        squared[2] = Fold(sum2);
        squared[3] = Fold(sum3);
        for (; k < dimension; k++)
        {
            var coordinate = inputs[x + k];
            squared[0] += Square(coordinate - inputs[y0 + k]);
            squared[1] += Square(coordinate - inputs[y1 + k]);
            squared[2] += Square(coordinate - inputs[y2 + k]);
            squared[3] += Square(coordinate - inputs[y3 + k]);
        }
    }

    private static Vector512<double> Square(Vector512<double> difference) => difference * difference;

    private static double Square(double difference) => difference * difference;

    private static double Fold(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }
}
