using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Numerics;

/// <summary>
/// An endless sequence of random words that is a pure function of its name: element i is a Philox output word, computed on its own.
/// </summary>
/// <remarks>
/// Representation: a 64-bit key and a 64-bit stream number. Block b of the stream is Philox4x32-10 of the counter (b, stream) under the key;
/// it holds words 2b and 2b + 1. A child stream takes both its numbers from a Philox block of (label, stream) under the complemented key,
/// so the words of a stream and the names of its children come from different permutations. Streams reached by different paths coincide
/// only if 128 pseudo-random bits do.
/// <para>The value at an index does not depend on how a span was cut, on the vector width or on threads. The default value is the stream of key 0.</para>
/// </remarks>
public readonly record struct RandomStream
{
    private const int LaneCount = 8;

    private readonly ulong key;
    private readonly ulong stream;

    private RandomStream(ulong key, ulong stream) => (this.key, this.stream) = (key, stream);

    /// <summary>The root stream of a seed.</summary>
    public static RandomStream FromSeed(ulong seed) => new(seed, 0);

    /// <summary>The child stream with the given label.</summary>
    public RandomStream Derive(ulong label)
    {
        var (childKey, childStream) = Philox4x32.Block(label, stream, ~key);
        return new(childKey, childStream);
    }

    /// <summary>The child stream whose label is the 64-bit FNV-1a hash of the text's UTF-16 code units, low byte first.</summary>
    public RandomStream Derive(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        const ulong OffsetBasis = 14695981039346656037, Prime = 1099511628211;
        var hash = OffsetBasis;
        foreach (var unit in label)
        {
            hash = unchecked((hash ^ (byte)unit) * Prime);
            hash = unchecked((hash ^ (byte)(unit >> 8)) * Prime);
        }

        return Derive(hash);
    }

    /// <summary>Word number <paramref name="index"/>, uniform over all 64-bit numbers.</summary>
    public ulong UInt64(ulong index)
    {
        var (first, second) = Philox4x32.Block(index >> 1, stream, key);
        return (index & 1) == 0 ? first : second;
    }

    /// <summary>Word number <paramref name="index"/> as a number in (0, 1): an odd multiple of 2⁻⁵³, so never 0 or 1 and symmetric about ½.</summary>
    public double Uniform(ulong index) => UniformOf(UInt64(index));

    /// <summary>Word number <paramref name="index"/> as an integer in [0, <paramref name="exclusiveBound"/>).</summary>
    /// <remarks>The upper half of word × bound: every value's probability is off by less than 2⁻⁶⁴, which is below 2⁻³³ of itself.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Integer(ulong index, int exclusiveBound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveBound, 1);
        return (int)Math.BigMul(UInt64(index), (ulong)exclusiveBound, out _);
    }

    /// <summary>Elements <paramref name="firstIndex"/>, … of <see cref="Uniform"/>, rounded to <typeparamref name="T"/> (a float can therefore be 1).</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">Receives the draws.</param>
    /// <param name="firstIndex">Index of the first draw.</param>
    [SkipLocalsInit]
    public unsafe void FillUniform<T>(Span<T> destination, ulong firstIndex = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var draws = stackalloc double[2 * LaneCount];
        for (var done = 0; done < destination.Length;)
        {
            var block = (firstIndex + (ulong)done) >> 1;
            var (first, second) = Philox4x32.Blocks(block, stream, key);
            Interleave(UniformOf(first), UniformOf(second), draws);
            done += Deliver(draws, (int)((firstIndex + (ulong)done) & 1), destination[done..]);
        }
    }

    /// <summary>Independent draws from N(0, σ²): draws <paramref name="firstIndex"/>, … of the stream, computed in double and rounded once to <typeparamref name="T"/>.</summary>
    /// <remarks>
    /// Box and Muller's transform (Ann. Math. Statist. 29, 1958): words 2k and 2k + 1 become u, v in (0, 1) and draws 2k and 2k + 1 are
    /// σ√(−2 ln u) cos 2πv and σ√(−2 ln u) sin 2πv. No draw is beyond 8.6σ, where the normal tail is below 10⁻¹⁷.
    /// </remarks>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">Receives the draws.</param>
    /// <param name="standardDeviation">σ.</param>
    /// <param name="firstIndex">Index of the first draw.</param>
    public void FillGaussian<T>(Span<T> destination, T standardDeviation, ulong firstIndex = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        FillGaussian(destination, double.CreateTruncating(standardDeviation), firstIndex);

    /// <summary>
    /// The same draws with σ given in double whatever the element type, so that a float matrix is the rounded double matrix element by element.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="destination">Receives the draws.</param>
    /// <param name="standardDeviation">σ.</param>
    /// <param name="firstIndex">Index of the first draw.</param>
    [SkipLocalsInit]
    public unsafe void FillGaussian<T>(Span<T> destination, double standardDeviation, ulong firstIndex = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var draws = stackalloc double[2 * LaneCount];
        for (var done = 0; done < destination.Length;)
        {
            var block = (firstIndex + (ulong)done) >> 1;
            var (first, second) = Philox4x32.Blocks(block, stream, key);
            var radius = Vector512.Sqrt(Vector512.Create(-2.0) * ElementaryFunctions.Log(UniformOf(first))) * standardDeviation;
            var (cos, sin) = ElementaryFunctions.CosSinOfTurn(UniformOf(second));
            Interleave(radius * cos, radius * sin, draws);
            done += Deliver(draws, (int)((firstIndex + (ulong)done) & 1), destination[done..]);
        }
    }

    /// <summary>A uniformly random permutation of 0, …, n − 1 (Fisher and Yates; each choice by <see cref="Integer"/>).</summary>
    public void Permutation(Span<int> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = i;
        }

        for (var i = destination.Length - 1; i > 0; i--)
        {
            var j = Integer((ulong)i, i + 1);
            (destination[i], destination[j]) = (destination[j], destination[i]);
        }
    }

    // The upper 52 bits become the mantissa of a number in [1, 2); subtracting 1 − 2⁻⁵³ is exact and leaves the middle of one of 2⁵² cells.
    private const ulong BitsOfOne = 0x3FF0000000000000;
    private const double OneLessHalfCell = 1 - 1.1102230246251565e-16;

    private static double UniformOf(ulong word) => BitConverter.UInt64BitsToDouble((word >> 12) | BitsOfOne) - OneLessHalfCell;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> UniformOf(Vector512<ulong> words) =>
        ((words >>> 12) | Vector512.Create(BitsOfOne)).AsDouble() - Vector512.Create(OneLessHalfCell);

    private static unsafe void Interleave(Vector512<double> even, Vector512<double> odd, double* destination)
    {
        for (var lane = 0; lane < LaneCount; lane++)
        {
            destination[2 * lane] = even[lane];
            destination[(2 * lane) + 1] = odd[lane];
        }
    }

    /// <summary>Rounds as many draws as fit, leaving out the first <paramref name="skip"/>, and returns their number.</summary>
    private static unsafe int Deliver<T>(double* draws, int skip, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = Math.Min((2 * LaneCount) - skip, destination.Length);
        for (var i = 0; i < count; i++)
        {
            destination[i] = T.CreateTruncating(draws[skip + i]);
        }

        return count;
    }
}
