using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing;

/// <summary>Numbers of a kind, each a pure function of its place in a random stream.</summary>
/// <param name="Kind">What they are like.</param>
/// <param name="IsSingle">True for floats, false for doubles.</param>
/// <param name="Root">Which root of the smallest or largest number the extreme kinds lie around; at least one.</param>
internal readonly record struct NumberSource(NumberKind Kind, bool IsSingle, int Root = 1)
{
    /// <summary>Number <paramref name="index"/> of a stream; finite, and a float where floats are asked for.</summary>
    public double At(RandomStream stream, int index)
    {
        var number = Of(Kind, stream.UInt64(2 * (ulong)index), stream.UInt64((2 * (ulong)index) + 1));
        return IsSingle ? (float)number : number;
    }

    /// <param name="kind">The kind.</param>
    /// <param name="uniform">52 bits of it are the significand.</param>
    /// <param name="choice">Sign in the lowest bit, decisions from the highest down.</param>
    private double Of(NumberKind kind, ulong uniform, ulong choice)
    {
        var (lowest, highest, unit) = IsSingle ? (-149, 128, 5.9604644775390625e-8) : (-1074, 1024, 1.1102230246251565e-16);
        var fraction = 0.5 + ((uniform >> 12) * (1.0 / (1L << 52)));
        var sign = (choice & 1) == 0 ? 1 : -1;
        return kind switch
        {
            NumberKind.Whole => Take(ref choice, 7) - 3,
            NumberKind.NearlyWhole => (Take(ref choice, 7) - 3) * (1 + (2 * unit * Take(ref choice, 2) * (Take(ref choice, 7) - 3))),
            NumberKind.Absorbed => Take(ref choice, 4) == 0 ? 1 : unit * (1 - (fraction / 32)),
            NumberKind.Graded => sign * Math.ScaleB(fraction, Take(ref choice, 61) - 30),
            NumberKind.Subnormal => sign * Math.ScaleB(fraction, (lowest / Root) + Take(ref choice, 60)),
            NumberKind.Huge => sign * Math.ScaleB(fraction / 2, (highest / Root) - Take(ref choice, 8)),
            NumberKind.Sparse => Take(ref choice, 4) == 0 ? sign * fraction : sign * 0.0,
            NumberKind.Mixed => Take(ref choice, 6) == 0 ? sign * 0.0 : Of((NumberKind)Take(ref choice, (int)NumberKind.Sparse), uniform, choice),
            _ => sign * fraction,
        };
    }

    /// <summary>A whole number below the bound; what is left of the choice is as good as new for a few more.</summary>
    private static int Take(ref ulong choice, int exclusiveBound)
    {
        var taken = (int)Math.BigMul(choice, (ulong)exclusiveBound, out var rest);
        choice = rest;
        return taken;
    }
}
