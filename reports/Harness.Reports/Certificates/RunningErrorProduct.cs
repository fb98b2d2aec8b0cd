using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Harness.Core.Enclosures;

namespace Harness.Reports.Certificates;

/// <summary>A batch of intervals whose ends have two words: the unevaluated sum high + low. All lower ends come first, then all upper ones.</summary>
/// <remarks>Samples lie in blocks of eight lanes, and in a block one feature after the other, so that an inner product walks through memory.</remarks>
internal sealed class TwoWordEnds(int features, int samples)
{
    /// <summary>Features of a sample.</summary>
    public int Features => features;

    /// <summary>Samples that are done together.</summary>
    public const int Lanes = 8;

    /// <summary>Number of blocks.</summary>
    public int Blocks { get; } = (samples + Lanes - 1) / Lanes;

    /// <summary>Where the upper ends begin.</summary>
    public int Upper => features * Blocks * Lanes;

    public double[] High { get; } = new double[2 * features * ((samples + Lanes - 1) / Lanes * Lanes)];

    public double[] Low { get; } = new double[2 * features * ((samples + Lanes - 1) / Lanes * Lanes)];

    /// <summary>Where the lower end of a feature of a sample is.</summary>
    public int At(int feature, int sample) => (((sample / Lanes * features) + feature) * Lanes) + (sample % Lanes);

    /// <summary>Copies an interval from one batch to another.</summary>
    public static void Copy(TwoWordEnds source, int from, TwoWordEnds destination, int to)
    {
        (destination.High[to], destination.Low[to]) = (source.High[from], source.Low[from]);
        (destination.High[destination.Upper + to], destination.Low[destination.Upper + to]) = (source.High[source.Upper + from], source.Low[source.Upper + from]);
    }
}

/// <summary>
/// Inner products of exact weights with intervals, by running error analysis (J. H. Wilkinson; Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3): each end is summed for itself in two words, and what is rounded
/// off the second word is added up as it occurs, recovered exactly by TwoSum.
/// </summary>
/// <remarks>
/// It shares neither bound nor order of summation with midpoint–radius arithmetic (<see cref="DoubleDoubleForward"/>), and is never wider, so that it confirms whatever that proves: docs/derivations.md, "Enclosures", running error.
/// An overflow makes an end NaN.
/// </remarks>
internal static class RunningErrorProduct
{
    /// <summary>The error of a product at least this large is representable: 2⁻¹⁰⁷⁴ is 106 binary orders below 2⁻⁹⁶⁸.</summary>
    private const double Representable = 4.008336720017946e-292; // 2⁻⁹⁶⁸

    /// <summary>Outweighs an underflow, and is a normal number whose products with ordinary ones are too, because subnormal operands are slow. Far below the floor of a ball's radius.</summary>
    private const double Underflow = 9.332636185032189e-302; // 2⁻¹⁰⁰⁰

    /// <summary>Row i of W·X for a block of samples.</summary>
    /// <param name="w">The row of W.</param>
    /// <param name="x">X.</param>
    /// <param name="z">Receives W·X, or its rectification.</param>
    /// <param name="i">The row.</param>
    /// <param name="block">The block.</param>
    /// <param name="samples">n, in all blocks.</param>
    /// <param name="isRectified">Whether max(·, 0) follows.</param>
    /// <returns>How many signs of samples in the block are open.</returns>
    public static int Row(ReadOnlySpan<double> w, TwoWordEnds x, TwoWordEnds z, int i, int block, int samples, bool isRectified)
    {
        var open = 0;
        var (lowerHigh, lowerLow) = End(w, x, block, -1);
        var (upperHigh, upperLow) = End(w, x, block, 1);
        if (isRectified)
        {
            // A number's sign is that of its high word; a NaN is not below zero, and stays.
            var (below, closed) = (Vector512.LessThan(lowerHigh, Vector512<double>.Zero), Vector512.LessThan(upperHigh, Vector512<double>.Zero));
            var isOpen = ~(closed | Vector512.GreaterThanOrEqual(lowerHigh, Vector512<double>.Zero));
            open = int.PopCount((int)(isOpen.ExtractMostSignificantBits() & ((1UL << Math.Min(samples - (block * TwoWordEnds.Lanes), TwoWordEnds.Lanes)) - 1)));
            (lowerHigh, lowerLow) = (Vector512.AndNot(lowerHigh, below), Vector512.AndNot(lowerLow, below));
            (upperHigh, upperLow) = (Vector512.AndNot(upperHigh, closed), Vector512.AndNot(upperLow, closed));
        }

        var at = z.At(i, block * TwoWordEnds.Lanes);
        lowerHigh.StoreUnsafe(ref z.High[at]);
        lowerLow.StoreUnsafe(ref z.Low[at]);
        upperHigh.StoreUnsafe(ref z.High[z.Upper + at]);
        upperLow.StoreUnsafe(ref z.Low[z.Upper + at]);
        return open;
    }

    /// <summary>The lower (side = −1) or upper (side = 1) end of eight inner products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector512<double> High, Vector512<double> Low) End(ReadOnlySpan<double> w, TwoWordEnds x, int block, double side)
    {
        ref double high = ref x.High[0], low = ref x.Low[0];
        var zero = Vector512<double>.Zero;
        var underflow = Vector512.Create(Underflow);
        var (sum, rest, error) = (zero, zero, zero);
        var (first, upper) = (x.At(0, block * TwoWordEnds.Lanes), x.Upper);
        for (var k = w.Length - 1; k >= 0; k--)
        {
            // A positive weight takes the end of its own side, a negative one the other; by the sign bit, because a branch would be guessed wrong every other time.
            var at = (nuint)(first + (k * TwoWordEnds.Lanes) + ((int)(BitConverter.DoubleToUInt64Bits(-side * w[k]) >> 63) * upper));
            var (weight, factor) = (Vector512.Create(w[k]), Vector512.LoadUnsafe(ref high, at));
            var product = weight * factor;
            var productError = Vector512.FusedMultiplyAdd(weight, factor, -product);
            var (next, sumError) = TwoSum(sum, product);
            var lowFactor = Vector512.LoadUnsafe(ref low, at);
            var (both, bothError) = TwoSum(productError, sumError);
            var withLow = Vector512.FusedMultiplyAdd(weight, lowFactor, both);
            (rest, var restError) = TwoSum(rest, withLow);

            // What no error-free transformation tells is bounded: of a small product, an underflow; of one with a low word, a rounding and an underflow.
            var isSmall = Vector512.LessThan(Vector512.Abs(product), Vector512.Create(Representable)) & ~(Vector512.Equals(weight, zero) | Vector512.Equals(factor, zero));
            var ofLow = Vector512.FusedMultiplyAdd(Vector512.Abs(withLow), Vector512.Create(Rounding.Unit), underflow) & ~Vector512.Equals(lowFactor, zero);
            error += Vector512.Abs(bothError) + Vector512.Abs(restError) + ofLow + (underflow & isSmall);
            sum = next;
        }

        // The sum of errors has lost at most 4K roundings itself. Without errors nothing was rounded.
        var inflation = double.BitIncrement(1 + (2 * Rounding.Gamma((4L * w.Length) + 4)));
        var bound = Vector512.FusedMultiplyAdd(error, Vector512.Create(inflation), underflow);
        var outward = StepOutward(rest + (Vector512.Create(side) * bound), side);
        return TwoSum(sum, Vector512.ConditionalSelect(Vector512.Equals(error, zero), rest, outward));
    }

    /// <summary>At least the next number on one side, at most the one after (Rump, Zimmermann, Boldo and Melquiond, BIT 49 (2009)).</summary>
    private static Vector512<double> StepOutward(Vector512<double> x, double side)
    {
        const double Step = Rounding.Unit * (1 + (2 * Rounding.Unit));
        return x + (Vector512.Create(side) * ((Vector512.Abs(x) * Step) + Vector512.Create(double.Epsilon)));
    }

    /// <summary>a + b = sum + error exactly (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Sum, Vector512<double> Error) TwoSum(Vector512<double> a, Vector512<double> b)
    {
        var sum = a + b;
        var part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }
}
