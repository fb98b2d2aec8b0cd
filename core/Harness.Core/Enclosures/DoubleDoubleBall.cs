namespace Harness.Core.Enclosures;

/// <summary>A real number known to lie within <see cref="Radius"/> of the unevaluated sum <see cref="High"/> + <see cref="Low"/>: a <see cref="Ball"/> whose midpoint has two words.</summary>
/// <remarks>
/// Sums, differences and squares split without error (TwoSum, TwoProduct: Dekker, Numer. Math. 18 (1971); Knuth, TAOCP 4.2.2); only the low words are rounded, as balls. So a result is about 2⁻¹⁰⁵ wide, and its ends are the double
/// numbers next to it. An overflow anywhere gives a radius that is not finite, which states nothing.
/// </remarks>
/// <param name="High">The midpoint rounded to double.</param>
/// <param name="Low">The rest of it; |Low| ≤ u|High|.</param>
/// <param name="Radius">A bound on the absolute error; non-negative.</param>
public readonly record struct DoubleDoubleBall(double High, double Low, double Radius)
{
    /// <summary>True when the radius is a proven bound.</summary>
    public bool IsRigorous => double.IsFinite(High) && double.IsFinite(Low) && double.IsFinite(Radius);

    /// <summary>Lower end, rounded down; never the negative zero.</summary>
    public double Lower => 0 - RoundedUp.Add(-High, RoundedUp.Add(-Low, Radius));

    /// <summary>Upper end, rounded up.</summary>
    public double Upper => RoundedUp.Add(High, RoundedUp.Add(Low, Radius));

    /// <summary>The ball that holds one floating-point number exactly.</summary>
    public static DoubleDoubleBall Exactly(double value) => new(value, 0, 0);

    /// <summary>−x, exactly.</summary>
    public static DoubleDoubleBall operator -(DoubleDoubleBall x) => new(-x.High, -x.Low, x.Radius);

    /// <summary>x + y.</summary>
    public static DoubleDoubleBall operator +(DoubleDoubleBall x, DoubleDoubleBall y)
    {
        var (sum, error) = TwoSum(x.High, y.High);
        return Of(sum, (x.Rest + y.Rest) + Ball.Exactly(error));
    }

    /// <summary>x − y.</summary>
    public static DoubleDoubleBall operator -(DoubleDoubleBall x, DoubleDoubleBall y) => x + -y;

    /// <summary>x².</summary>
    public static DoubleDoubleBall Square(DoubleDoubleBall x)
    {
        var square = x.High * x.High;

        // Below this the error of the square may itself be rounded.
        var error = new Ball(Math.FusedMultiplyAdd(x.High, x.High, -square), square >= RoundedUpLanes<double>.Small || x.High == 0 ? 0 : double.Epsilon);
        return Of(square, (Ball.Exactly(2 * x.High) * x.Rest) + Ball.Square(x.Rest) + error);
    }

    /// <summary>x·factor.</summary>
    /// <param name="x">x.</param>
    /// <param name="factor">Exact.</param>
    public static DoubleDoubleBall Scale(DoubleDoubleBall x, double factor)
    {
        var product = x.High * factor;

        // Below this the error of the product may itself be rounded.
        var error = new Ball(Math.FusedMultiplyAdd(x.High, factor, -product), Math.Abs(product) >= RoundedUpLanes<double>.Small || x.High == 0 || factor == 0 ? 0 : double.Epsilon);
        return Of(product, (Ball.Exactly(factor) * x.Rest) + error);
    }

    /// <summary>x/2.</summary>
    public static DoubleDoubleBall Half(DoubleDoubleBall x)
    {
        // Exact unless a last bit falls below the smallest positive number.
        var (high, low, radius) = (x.High / 2, x.Low / 2, x.Radius / 2);
        return 2 * high == x.High && 2 * low == x.Low && 2 * radius == x.Radius ? new(high, low, radius) : new(high, low, RoundedUp.Add(radius, 2 * double.Epsilon));
    }

    /// <summary>The same number as a ball of one word: wider by the low word's rounding.</summary>
    public Ball ToBall() => Ball.Exactly(High) + Rest;

    private Ball Rest => new(Low, Radius);

    private static DoubleDoubleBall Of(double high, Ball rest)
    {
        var (sum, error) = TwoSum(high, rest.Midpoint);
        return new(sum, error, rest.Radius);
    }

    private static (double Sum, double Error) TwoSum(double x, double y)
    {
        var sum = x + y;
        var part = sum - x;
        return (sum, (x - (sum - part)) + (y - part));
    }
}
