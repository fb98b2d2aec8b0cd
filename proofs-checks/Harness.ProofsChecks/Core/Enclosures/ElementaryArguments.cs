using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Where elementary functions are hard.</summary>
public enum ArgumentKind
{
    /// <summary>From −1 to 1.</summary>
    Unit,

    /// <summary>±1 and its neighbours, 2⁻⁵³ to 2⁻¹ away: a logarithm near zero, an angle near 0 or π.</summary>
    NearOne,

    /// <summary>Around ±2⁻⁵⁴ and ±2⁻⁵³, where eˣ and other 1 + x lie halfway between neighbours.</summary>
    NearHalfway,

    /// <summary>Where eˣ is a number at all.</summary>
    ExponentRange,

    /// <summary>The last arguments before eˣ overflows, becomes subnormal and vanishes.</summary>
    ExponentEdge,

    /// <summary>Neighbours of multiples of ½ ln 2 and of powers of two times √½, where argument reduction changes its mind.</summary>
    ReductionEdge,

    /// <summary>Neighbours of ±½, where the arccosine changes its series.</summary>
    NearHalf,

    /// <summary>Any exponent, subnormal ones included.</summary>
    AnyExponent,
}

/// <summary>Ten balls of a kind and a rational point in each, named by kind and seed.</summary>
/// <param name="Kind">What the midpoints are like.</param>
/// <param name="Exact">Whether the radii are zero.</param>
/// <param name="Seed">Everything is drawn from it.</param>
public sealed record ElementaryArguments(ArgumentKind Kind, bool Exact, int Seed)
{
    /// <summary>All kinds, half of them exact.</summary>
    public static Arbitrary<ElementaryArguments> Any { get; } = Arb.From(
        from kind in Gen.Elements(Enum.GetValues<ArgumentKind>())
        from exact in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        select new ElementaryArguments(kind, exact, seed),
        draw => draw.Exact ? [] : [draw with { Exact = true }]);

    /// <summary>The balls with their points.</summary>
    public IEnumerable<(Ball Ball, BigRational Point)> Draw()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 10; i++)
        {
            var midpoint = Midpoint(random);
            var radius = Exact ? 0 : Math.Abs(random.Next(2) == 0 ? midpoint : 1 - Math.Abs(midpoint)) * Math.ScaleB(0.5 + random.NextDouble(), -random.Next(70));
            yield return (new(midpoint, radius), BigRational.Exactly(midpoint) + (new BigRational(random.Next(-8, 9), 8) * BigRational.Exactly(radius)));
        }
    }

    private double Midpoint(Random random)
    {
        var sign = random.Next(2) == 0 ? 1 : -1;
        var ulps = random.Next(-3, 4);
        return Kind switch
        {
            ArgumentKind.Unit => (2 * random.NextDouble()) - 1,
            ArgumentKind.NearOne => sign * (1 + ((random.Next(3) - 1) * Math.ScaleB(0.5 + random.NextDouble(), -random.Next(1, 53)))),
            ArgumentKind.NearHalfway => sign * Moved(Math.ScaleB(1, random.Next(-55, -51)), ulps),
            ArgumentKind.ExponentRange => (1460 * random.NextDouble()) - 748,
            ArgumentKind.ExponentEdge => Moved(random.Next(4) switch { 0 => 709.782712893384, 1 => -708.3964185322641, 2 => -744.4400719213812, _ => -745.1332191019411 }, ulps),
            ArgumentKind.ReductionEdge => random.Next(2) == 0 ? Moved(random.Next(-2100, 2050) * (Math.Log(2) / 2), ulps) : Moved(Math.ScaleB(Math.Sqrt(0.5), random.Next(-1000, 1000)), ulps),
            ArgumentKind.NearHalf => sign * Moved(0.5, ulps),
            _ => sign * Math.ScaleB(0.5 + (random.NextDouble() / 2), random.Next(-1073, 1024)),
        };
    }

    private static double Moved(double x, int ulps) => x == 0 ? ulps * double.Epsilon : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + ulps);
}
