namespace Harness.Core.Enclosures;

/// <summary>
/// A real number known to lie within <see cref="Radius"/> of <see cref="Midpoint"/>: the closed ball [Midpoint − Radius, Midpoint + Radius].
/// </summary>
/// <remarks>
/// Representation: midpoint and radius rather than two ends, because a radius adds where ends would have to be compared, and because the
/// midpoint is the number a fast computation already has. A radius of zero states the midpoint exactly; an infinite or NaN radius states nothing.
/// <para>What is promised: the true value lies in the ball. What is not: that the radius is the smallest possible.</para>
/// </remarks>
/// <param name="Midpoint">The approximate value.</param>
/// <param name="Radius">A bound on its absolute error; non-negative.</param>
public readonly partial record struct Ball(double Midpoint, double Radius)
{
    /// <summary>The ball that holds one floating-point number exactly.</summary>
    public static Ball Exactly(double value) => new(value, 0);

    /// <summary>The ball of a value whose rounding error is not tracked: claims on it are statistical, never certified.</summary>
    public static Ball Unbounded(double value) => new(value, double.NaN);

    /// <summary>The smallest ball around the closed interval [<paramref name="lower"/>, <paramref name="upper"/>], rounded outwards.</summary>
    /// <exception cref="ArgumentException">The ends are out of order or not numbers.</exception>
    public static Ball Between(double lower, double upper)
    {
        if (!(lower <= upper))
        {
            throw new ArgumentException($"An interval needs lower ≤ upper; got [{lower}, {upper}].", nameof(lower));
        }

        // Halving first keeps the sum finite; the radius is then widened until it provably covers both ends.
        var midpoint = (lower / 2) + (upper / 2);
        return new(midpoint, double.BitIncrement(Math.Max(double.BitIncrement(upper - midpoint), double.BitIncrement(midpoint - lower))));
    }

    /// <summary>True when the radius is a proven bound, so that a verdict on this ball may be called certified.</summary>
    public bool IsRigorous => double.IsFinite(Radius) && double.IsFinite(Midpoint);

    /// <summary>Radius over |midpoint|: how tight the ball is. Zero for an exact number, infinite around zero, NaN where the radius is not tracked.</summary>
    public double RelativeRadius => Radius == 0 ? 0 : Radius / Math.Abs(Midpoint);

    /// <summary>Lower end, rounded down; the midpoint itself where the radius is not tracked.</summary>
    public double Lower => Radius == 0 || double.IsNaN(Radius) ? Midpoint : double.BitDecrement(Midpoint - Radius);

    /// <summary>Upper end, rounded up; the midpoint itself where the radius is not tracked.</summary>
    public double Upper => Radius == 0 || double.IsNaN(Radius) ? Midpoint : double.BitIncrement(Midpoint + Radius);

    /// <summary>True when the ball contains <paramref name="value"/>.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>Midpoint ± radius with three significant digits of the radius.</summary>
    public override string ToString() =>
        Radius == 0 ? FormattableString.Invariant($"{Midpoint:G6}")
        : double.IsNaN(Radius) ? FormattableString.Invariant($"≈ {Midpoint:G6}")
        : FormattableString.Invariant($"{Midpoint:G6} ± {Radius:G3}");
}
