namespace Harness.Core.Enclosures;

/// <content>Arithmetic: the result holds x ∘ y for every x and y of the operands.</content>
/// <remarks>
/// A midpoint is the correctly rounded result on the midpoints; its rounding error is not bounded but computed (TwoSum, TwoProduct), and radii are rounded upwards. An overflow or a NaN anywhere gives
/// an infinite or NaN radius, which states nothing; a radius that is not tracked stays so.
/// </remarks>
public readonly partial record struct Ball
{
    /// <summary>−x, exactly.</summary>
    public static Ball operator -(Ball x) => new(-x.Midpoint, x.Radius);

    /// <summary>x + y.</summary>
    public static Ball operator +(Ball x, Ball y)
    {
        var sum = x.Midpoint + y.Midpoint;
        var (larger, smaller) = Math.Abs(x.Midpoint) >= Math.Abs(y.Midpoint) ? (x.Midpoint, y.Midpoint) : (y.Midpoint, x.Midpoint);
        var error = Math.Abs(smaller - (sum - larger));
        return new(sum, RoundedUp.Add(RoundedUp.Add(x.Radius, y.Radius), error));
    }

    /// <summary>x − y.</summary>
    public static Ball operator -(Ball x, Ball y) => x + -y;

    /// <summary>x · y.</summary>
    public static Ball operator *(Ball x, Ball y)
    {
        // |xy − x̂ŷ| ≤ |x̂|r_y + r_x(|ŷ| + r_y).
        var (product, error) = Product(x.Midpoint, y.Midpoint);
        var fromX = RoundedUp.Multiply(x.Radius, RoundedUp.Add(Math.Abs(y.Midpoint), y.Radius));
        var fromY = RoundedUp.Multiply(Math.Abs(x.Midpoint), y.Radius);
        return new(product, RoundedUp.Add(RoundedUp.Add(fromX, fromY), error));
    }

    /// <summary>x², whose lower end is not below zero by more than rounding.</summary>
    public static Ball Square(Ball x)
    {
        var (square, error) = Product(x.Midpoint, x.Midpoint);
        var fromRadius = RoundedUp.Multiply(x.Radius, RoundedUp.Add(2 * Math.Abs(x.Midpoint), x.Radius));
        return new(square, RoundedUp.Add(fromRadius, error));
    }

    /// <summary>√x for a quantity that is known not to be negative.</summary>
    public static Ball Sqrt(Ball x)
    {
        if (!x.IsRigorous || x.Upper < 0)
        {
            return new(Math.Sqrt(x.Midpoint), double.NaN);
        }

        var root = Math.Sqrt(Math.Max(x.Midpoint, 0));
        return Around(root, RoundedUp.SqrtDown(Math.Max(x.Lower, 0)), RoundedUp.Sqrt(x.Upper));
    }

    /// <summary>min(x, y).</summary>
    public static Ball Min(Ball x, Ball y)
    {
        var smaller = Math.Min(x.Midpoint, y.Midpoint);
        return double.IsNaN(x.Radius) || double.IsNaN(y.Radius) ? Unbounded(smaller) : Around(smaller, Math.Min(x.Lower, y.Lower), Math.Min(x.Upper, y.Upper));
    }

    /// <summary>max(x, y).</summary>
    public static Ball Max(Ball x, Ball y) => -Min(-x, -y);

    /// <summary>The ball with this midpoint that covers an interval around it.</summary>
    private static Ball Around(double midpoint, double lower, double upper) =>
        new(midpoint, midpoint == lower && midpoint == upper ? 0 : Math.Max(RoundedUp.Add(upper, -midpoint), RoundedUp.Add(midpoint, -lower)));

    /// <summary>fl(xy) and a bound of its error.</summary>
    private static (double Product, double Error) Product(double x, double y)
    {
        var product = x * y;
        var error = Math.Abs(Math.FusedMultiplyAdd(x, y, -product));

        // Above this the error is a floating-point number, hence exact; below, it may be rounded to zero. A product with zero is exact.
        return Math.Abs(product) >= RoundedUpLanes<double>.Small || x == 0 || y == 0 ? (product, error) : (product, error + double.Epsilon);
    }
}
