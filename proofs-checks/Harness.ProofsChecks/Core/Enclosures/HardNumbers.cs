using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Kinds of numbers on which careless error bounds fail.</summary>
public enum NumberKind
{
    /// <summary>Of order one.</summary>
    Ordinary,

    /// <summary>Whole numbers from −3 to 3, so that sums cancel and ties are exact.</summary>
    Whole,

    /// <summary>Whole numbers, half of them off by a few units in the last place, so that sums nearly cancel and pre-activations nearly tie.</summary>
    NearlyWhole,

    /// <summary>Over 60 binary orders.</summary>
    Graded,

    /// <summary>Down to the smallest positive number.</summary>
    Subnormal,

    /// <summary>Up to the largest number, so that sums and products overflow.</summary>
    Huge,

    /// <summary>Any of these and zeros of both signs.</summary>
    Mixed,
}

/// <summary>A batch of such numbers, named by kind, count and seed, so that a counterexample shrinks in what a reader understands.</summary>
/// <param name="Kind">What the numbers are like.</param>
/// <param name="Rows">First dimension.</param>
/// <param name="Columns">Second dimension.</param>
/// <param name="Seed">Everything is drawn from it.</param>
public sealed record HardNumbers(NumberKind Kind, int Rows, int Columns, int Seed)
{
    /// <summary>Up to 9 × 9 of every kind.</summary>
    public static Arbitrary<HardNumbers> Any { get; } = Arb.From(
        from kind in Gen.Elements(Enum.GetValues<NumberKind>())
        from rows in Gen.Choose(1, 9)
        from columns in Gen.Choose(1, 9)
        from seed in Gen.Choose(0, int.MaxValue)
        select new HardNumbers(kind, rows, columns, seed),
        draw => new[] { draw with { Rows = 1 }, draw with { Columns = 1 }, draw with { Rows = draw.Rows - 1 }, draw with { Columns = draw.Columns - 1 }, draw with { Kind = NumberKind.Whole } }
            .Where(smaller => smaller != draw && smaller is { Rows: > 0, Columns: > 0 }));

    /// <summary>A generator for one purpose: another purpose, other numbers.</summary>
    public Random For(string purpose) => new(HashCode(Seed, purpose));

    /// <summary><paramref name="count"/> numbers that T can hold.</summary>
    public T[] Draw<T>(string purpose, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = For(purpose);
        var numbers = new T[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Number<T>(random, Kind);
        }

        return numbers;
    }

    /// <summary>Radii: as hard as the numbers, a quarter of them zero.</summary>
    public T[] DrawRadii<T>(string purpose, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (radii, random) = (Draw<T>(purpose, count), For(purpose + " zeros"));
        for (var i = 0; i < count; i++)
        {
            radii[i] = random.Next(4) == 0 ? T.Zero : T.Abs(radii[i]) * T.CreateTruncating(Math.ScaleB(1, -random.Next(30)));
        }

        return radii;
    }

    /// <summary>Points of balls: ends, centre or somewhere between, exactly.</summary>
    public BigRational[] PointsWithin<T>(string purpose, ReadOnlySpan<T> midpoints, ReadOnlySpan<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (points, random) = (new BigRational[midpoints.Length], For(purpose));
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Exactly(midpoints[i]) + (new BigRational(random.Next(3) == 0 ? random.Next(-8, 9) : 8 * random.Next(-1, 2), 8) * Exactly(radii[i]));
        }

        return points;
    }

    /// <summary>The value of a finite float or double.</summary>
    public static BigRational Exactly<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BigRational.Exactly(double.CreateTruncating(value));

    /// <summary>True when the ball states nothing or holds <paramref name="value"/>.</summary>
    public static bool Holds<T>(T midpoint, T radius, BigRational value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        !T.IsFinite(radius) || (T.IsFinite(midpoint) && BigRational.Abs(Exactly(midpoint) - value) <= Exactly(radius));

    private static T Number<T>(Random random, NumberKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Exponents as shares of T's own range.
        var (lowest, highest) = typeof(T) == typeof(double) ? (-1074, 1024) : (-149, 128);
        var fraction = random.NextDouble() + 0.5;
        var sign = random.Next(2) == 0 ? 1 : -1;
        return kind switch
        {
            NumberKind.Whole => T.CreateTruncating(random.Next(-3, 4)),
            NumberKind.NearlyWhole => T.CreateTruncating(random.Next(-3, 4)) * (T.One + (T.CreateTruncating(random.Next(2) * random.Next(-3, 4)) * (T.BitIncrement(T.One) - T.One))),
            NumberKind.Graded => T.CreateTruncating(sign * Math.ScaleB(fraction, random.Next(-30, 31))),
            NumberKind.Subnormal => T.CreateTruncating(sign * Math.ScaleB(fraction, lowest + random.Next(0, 60))),
            NumberKind.Huge => T.CreateTruncating(sign * Math.ScaleB(fraction / 2, highest - random.Next(0, 8))),
            NumberKind.Mixed => random.Next(6) == 0 ? T.CopySign(T.Zero, T.CreateTruncating(sign)) : Number<T>(random, (NumberKind)random.Next((int)NumberKind.Mixed)),
            _ => T.CreateTruncating(sign * fraction),
        };
    }

    /// <summary>Stable between runs, unlike the platform's.</summary>
    private static int HashCode(int seed, string purpose)
    {
        foreach (var letter in purpose)
        {
            seed = unchecked((seed * 31) + letter);
        }

        return seed;
    }
}
