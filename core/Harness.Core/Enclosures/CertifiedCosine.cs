namespace Harness.Core.Enclosures;

/// <summary>
/// A cosine c = cos θ of which 1 − c and 1 + c are kept as well, each to its own relative accuracy: near θ = 0 and θ = π, where c alone has lost the angle, the versine or the vercosine still has it.
/// </summary>
/// <param name="Versine">1 − c = 2 sin²(θ/2).</param>
/// <param name="Value">c.</param>
/// <param name="Vercosine">1 + c = 2 cos²(θ/2).</param>
public readonly record struct CertifiedCosine(Ball Versine, Ball Value, Ball Vercosine)
{
    /// <summary>Of a cosine that is known as such.</summary>
    public static CertifiedCosine Of(Ball cosine) => new(Ball.Exactly(1) - cosine, cosine, Ball.Exactly(1) + cosine);

    /// <summary>Of a versine.</summary>
    public static CertifiedCosine OfVersine(Ball versine) => new(versine, Ball.Exactly(1) - versine, Ball.Exactly(2) - versine);

    /// <summary>Of the angle between two vectors of any norm but zero, from ‖x − y‖ or ‖x + y‖, whichever is smaller.</summary>
    /// <remarks>
    /// 1 ∓ c = (‖x ∓ y‖² − (‖x‖ − ‖y‖)²)/(2‖x‖‖y‖): for vectors of nearly one length the second square is nothing, so near-duplicates and near-antipodes keep the relative accuracy of their distance.
    /// States nothing where a norm is zero or a square underflows.
    /// </remarks>
    /// <param name="x">x, exact.</param>
    /// <param name="y">y, exact, as long.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static CertifiedCosine Between(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Vectors of one space have one length; got {x.Length} and {y.Length}.");
        }

        return Between(x, y, SquaredNorm(x), SquaredNorm(y));
    }

    /// <summary>θ in [0, π]. Where the ball reaches beyond a possible cosine, that part is disregarded; where it lies beyond, nothing is stated.</summary>
    public Ball Angle() => Versine.Midpoint <= 1 ? AngleAt(Versine) : Ball.Pi - AngleAt(Vercosine);

    /// <summary>π − θ.</summary>
    public Ball Supplement() => Versine.Midpoint <= 1 ? Ball.Pi - AngleAt(Versine) : AngleAt(Vercosine);

    /// <summary>‖x‖², ball by ball.</summary>
    internal static Ball SquaredNorm(ReadOnlySpan<double> x)
    {
        var sum = Ball.Exactly(0);
        foreach (var coordinate in x)
        {
            sum += Ball.Square(Ball.Exactly(coordinate));
        }

        return sum;
    }

    /// <summary><see cref="Between(ReadOnlySpan{double}, ReadOnlySpan{double})"/> with ‖x‖² and ‖y‖² known.</summary>
    internal static CertifiedCosine Between(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Ball squaredX, Ball squaredY)
    {
        double inner = 0;
        for (var k = 0; k < x.Length; k++)
        {
            inner += x[k] * y[k];
        }

        // The sign only chooses which of two valid ways loses fewer digits.
        var sign = inner >= 0 ? 1 : -1;
        var distance = Ball.Exactly(0);
        for (var k = 0; k < x.Length; k++)
        {
            distance += Ball.Square(Ball.Exactly(x[k]) - Ball.Exactly(sign * y[k]));
        }

        var (normX, normY) = (Ball.Sqrt(squaredX), Ball.Sqrt(squaredY));
        var versine = (distance - Ball.Square(normX - normY)) / (Ball.Exactly(2) * (normX * normY));
        var angle = OfVersine(versine);
        return sign > 0 ? angle : new(angle.Vercosine, -angle.Value, angle.Versine);
    }

    /// <summary>The same for any two norms: from x and y as they are or from their directions, whichever knows the nearer end better.</summary>
    /// <remarks>The difference of the norms, squared and known to a few u of itself, drowns the angle between long and short parallel vectors. Directions are known to a few u each, so half the square of their distance d is known to about |d|u + u².</remarks>
    internal static CertifiedCosine Narrower(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Ball squaredX, Ball squaredY)
    {
        var asTheyAre = Between(x, y, squaredX, squaredY);
        var (inverseX, inverseY) = (Ball.Exactly(1) / Ball.Sqrt(squaredX), Ball.Exactly(1) / Ball.Sqrt(squaredY));
        var sign = asTheyAre.Value.Midpoint >= 0 ? 1 : -1;
        var square = Ball.Exactly(0);
        for (var k = 0; k < x.Length; k++)
        {
            square += Ball.Square((Ball.Exactly(x[k]) * inverseX) - (Ball.Exactly(sign * y[k]) * inverseY));
        }

        var angle = OfVersine(square * Ball.Exactly(0.5));
        var directions = sign > 0 ? angle : new(angle.Vercosine, -angle.Value, angle.Versine);
        return directions.Value.Radius < asTheyAre.Value.Radius || double.IsNaN(asTheyAre.Value.Radius) ? directions : asTheyAre;
    }

    /// <summary>The angle at every versine of a ball.</summary>
    private static Ball AngleAt(Ball versine)
    {
        var (v, r) = (versine.Midpoint, versine.Radius);
        if (v < 0)
        {
            // No versine is negative: the part of the ball above zero, if there is one, in a ball around zero.
            (v, r) = (0, RoundedUp.Add(v, r));
        }

        var upper = RoundedUp.Add(v, r);
        if (!(r >= 0 && v <= 2))
        {
            return Ball.Unbounded(double.NaN);
        }

        var angle = AnglePoint.Evaluate(v);
        if (r == 0)
        {
            return angle;
        }

        // dθ/dv = 1/√(v(2 − v)) where the ball keeps away from both ends, the values at the ends of the ball otherwise.
        var lower = -RoundedUp.Add(r, -v);
        if (lower >= v / 2 && upper <= 1.5)
        {
            var slope = RoundedUp.SqrtDown(-RoundedUp.Multiply(-lower, -RoundedUp.Add(upper, -2)));
            return new(angle.Midpoint, RoundedUp.Add(angle.Radius, double.BitIncrement(r / slope)));
        }

        var (below, above) = (angle - AnglePoint.Evaluate(Math.Max(lower, 0)), AnglePoint.Evaluate(Math.Min(upper, 2)) - angle);
        return new(angle.Midpoint, Math.Max(RoundedUp.Add(below.Midpoint, below.Radius), RoundedUp.Add(above.Midpoint, above.Radius)));
    }
}
