namespace Harness.Core.Enclosures;

/// <content>Elementary functions: the result holds f(x) for every x of the operand that f is defined at.</content>
/// <remarks>
/// The midpoint is a value at the midpoint with a proven error, in a fixed sequence of correctly rounded operations: no function of the platform's library, the same bits everywhere. What the radius of the operand
/// adds is bounded by the slope where the ball is narrow and by the values at its ends where it is wide, so it may be far smaller than an ulp of the operand. At exact operands radii are a few ulp, as each function states.
/// A result outside the range of double, or an operand outside the domain, gives a ball that states nothing. Derivation: docs/derivations.md, "Elementary functions".
/// </remarks>
public readonly partial record struct Ball
{
    /// <summary>π.</summary>
    public static Ball Pi => new(Math.PI, 1.2246467991473535e-16);

    /// <summary>x/y; states nothing where y may be zero.</summary>
    public static Ball operator /(Ball x, Ball y)
    {
        // x/y − q = (x − qy)/y, and |x − qy| ≤ |x̂ − qŷ| + r_x + |q|r_y. The residual is a floating-point number unless x̂ is tiny.
        var quotient = x.Midpoint / y.Midpoint;
        var smallest = -RoundedUp.Add(y.Radius, -Math.Abs(y.Midpoint));
        if (!(smallest > 0))
        {
            return Unbounded(quotient);
        }

        var residual = Math.Abs(Math.FusedMultiplyAdd(-quotient, y.Midpoint, x.Midpoint));
        if (Math.Abs(x.Midpoint) < RoundedUpLanes<double>.Small && x.Midpoint != 0)
        {
            residual += double.Epsilon;
        }

        var deviation = RoundedUp.Add(RoundedUp.Add(residual, x.Radius), RoundedUp.Multiply(Math.Abs(quotient), y.Radius));
        return new(quotient, deviation == 0 ? 0 : double.BitIncrement(deviation / smallest));
    }

    /// <summary>eˣ. Radius at an exact x: at most 1½ ulp, or two of the smallest positive numbers.</summary>
    public static Ball Exp(Ball x)
    {
        var value = ExponentialPoint.Evaluate(x.Midpoint, Exactly(0));
        if (x.Radius <= 1)
        {
            return Grown(value, x.Radius);
        }

        // Both ends of a wide ball lie between zero and the upper one.
        var upper = ExponentialPoint.Evaluate(RoundedUp.Add(x.Midpoint, x.Radius), Exactly(0));
        return new(value.Midpoint, RoundedUp.Add(RoundedUp.Add(upper.Midpoint, upper.Radius), value.Radius));
    }

    /// <summary>ln x; states nothing where x may be zero or negative. Radius at an exact x: at most 2 ulp.</summary>
    public static Ball Log(Ball x)
    {
        var (high, low) = LogarithmPoint.Evaluate(x.Midpoint);
        var value = Exactly(high) + low;
        return x.Radius == 0 ? value : new(value.Midpoint, RoundedUp.Add(value.Radius, LogarithmDeviation(x)));
    }

    /// <summary>arccos x in [0, π] for a quantity that is known to be a cosine. Radius at an exact x: at most 2 ulp, as x → ±1 too.</summary>
    public static Ball Acos(Ball x) => CertifiedCosine.Of(x).Angle();

    /// <summary>xⁿ by repeated squaring. Relative radius at an exact x: about |n|u.</summary>
    /// <param name="x">Any ball; away from zero for n &lt; 0.</param>
    /// <param name="exponent">n; x⁰ = 1.</param>
    public static Ball Pow(Ball x, int exponent)
    {
        var (power, square) = (Exactly(1), x);
        for (var n = Math.Abs((long)exponent); n > 0; n >>= 1)
        {
            power = (n & 1) == 0 ? power : power * square;
            square = n > 1 ? Square(square) : square;
        }

        return exponent < 0 ? Exactly(1) / power : power;
    }

    /// <summary>xʸ = e^{y ln x}, x &gt; 0, with a logarithm in two parts. Radius at exact operands: at most 1½ + |y|/2 ulp.</summary>
    /// <param name="x">Positive; states nothing where it may be zero or negative.</param>
    /// <param name="y">Any ball: ⅙ is no floating-point number, and its rounding counts.</param>
    public static Ball Pow(Ball x, Ball y)
    {
        var (high, low) = LogarithmPoint.Evaluate(x.Midpoint);
        var product = y.Midpoint * high;
        var rest = new Ball(Math.FusedMultiplyAdd(y.Midpoint, high, -product), double.Epsilon) + (Exactly(y.Midpoint) * low);
        var (sum, error) = LogarithmPoint.TwoSum(product, rest.Midpoint);
        var value = ExponentialPoint.Evaluate(sum, new(error, rest.Radius));

        // |y ln x − ŷ ln x̂| ≤ |ŷ|λ + r_y(|ln x̂| + λ), λ = |ln x − ln x̂|.
        var λ = x.Radius == 0 ? 0 : LogarithmDeviation(x);
        var logarithm = RoundedUp.Add(RoundedUp.Add(Math.Abs(high), Math.Abs(low.Midpoint)), RoundedUp.Add(low.Radius, λ));
        return Grown(value, RoundedUp.Add(RoundedUp.Multiply(Math.Abs(y.Midpoint), λ), RoundedUp.Multiply(y.Radius, logarithm)));
    }

    /// <summary>A ball of e^{x̂} becomes one of e^x for |x − x̂| ≤ r: |e^x − e^{x̂}| ≤ e^{x̂}(eʳ − 1).</summary>
    private static Ball Grown(Ball value, double r)
    {
        if (r == 0)
        {
            return value;
        }

        var largest = RoundedUp.Add(value.Midpoint, value.Radius);
        return new(value.Midpoint, RoundedUp.Add(value.Radius, RoundedUp.Multiply(largest, ExponentialPoint.GrowthAbove(r))));
    }

    /// <summary>|ln x − ln x̂| for every x of the ball; NaN where one of them is not positive.</summary>
    private static double LogarithmDeviation(Ball x)
    {
        var lower = -RoundedUp.Add(x.Radius, -x.Midpoint);
        if (x.Radius <= x.Midpoint / 2)
        {
            return double.BitIncrement(x.Radius / lower);
        }

        var ratio = Log(Exactly(x.Midpoint)) - Log(Exactly(lower));
        return RoundedUp.Add(ratio.Midpoint, ratio.Radius);
    }
}
