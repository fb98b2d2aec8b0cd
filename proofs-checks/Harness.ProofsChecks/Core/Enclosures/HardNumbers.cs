using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Claims.Fuzzing;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>A batch of numbers on which careless error bounds fail, named by kind, count and seed, so that a counterexample shrinks in what a reader understands.</summary>
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

    /// <summary>A stream for one purpose: another purpose, other numbers.</summary>
    public RandomStream For(string purpose) => RandomStream.FromSeed((ulong)Seed).Derive(purpose);

    /// <summary><paramref name="count"/> numbers that T can hold.</summary>
    public T[] Draw<T>(string purpose, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (source, stream, numbers) = (new NumberSource(Kind, typeof(T) == typeof(float)), For(purpose), new T[count]);
        for (var i = 0; i < count; i++)
        {
            numbers[i] = T.CreateTruncating(source.At(stream, i));
        }

        return numbers;
    }

    /// <summary>Radii: as hard as the numbers, a quarter of them zero.</summary>
    public T[] DrawRadii<T>(string purpose, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (radii, stream) = (Draw<T>(purpose, count), For(purpose + " scales"));
        for (var i = 0; i < count; i++)
        {
            var exponent = stream.Integer((ulong)i, 40);
            radii[i] = exponent >= 30 ? T.Zero : T.Abs(radii[i]) * T.CreateTruncating(Math.ScaleB(1, -exponent));
        }

        return radii;
    }

    /// <summary>Points of balls: ends, centre or somewhere between, exactly.</summary>
    public BigRational[] PointsWithin<T>(string purpose, ReadOnlySpan<T> midpoints, ReadOnlySpan<T> radii)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (points, stream) = (new BigRational[midpoints.Length], For(purpose));
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Exactly(midpoints[i]) + (new BigRational(stream.Integer((ulong)i, 17) - 8, 8) * Exactly(radii[i]));
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

    /// <summary>The same for a value that no division has led to.</summary>
    internal static bool Holds(double midpoint, double radius, Dyadic value) =>
        !double.IsFinite(radius) || (double.IsFinite(midpoint) && Dyadic.Abs(Dyadic.Exactly(midpoint) - value) <= Dyadic.Exactly(radius));
}
