using Harness.Core.Enclosures;

namespace Harness.Core.Training;

/// <summary>f(z; y) = Σ_j ln(1 + e^{−y_j z_j}), ∂f/∂z_j = −y_j/(1 + e^{y_j z_j}), for signs y_j = ±1.</summary>
/// <remarks>With t = y z: ln(1 + e^{−t}) = max(−t, 0) + ln(1 + e^{−|t|}), so that no exponential overflows. The second derivative y²σ(t)σ(−t) is at most ¼. ρ'²/ρ → 0 as t → ∞: no gradient dominance.</remarks>
internal sealed class LogisticLoss : Loss
{
    public LogisticLoss()
        : base("logistic", 0.25) => IsConvex = true;

    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> y, Span<double> gradient)
    {
        var sum = 0.0;
        for (var j = 0; j < z.Length; j++)
        {
            var t = y[j] * z[j];
            var e = Ball.Exp(Ball.Exactly(-Math.Abs(t)));
            sum += Math.Max(-t, 0) + SoftPlus(e).Midpoint;
            gradient[j] = -y[j] * ((t >= 0 ? e.Midpoint : 1) / (1 + e.Midpoint));
        }

        return sum;
    }

    public override Ball Enclose(ReadOnlySpan<Ball> z, ReadOnlySpan<double> y, Span<Ball> gradient)
    {
        var sum = Ball.Exactly(0);
        for (var j = 0; j < z.Length; j++)
        {
            // A ball of t that reaches over zero serves either form: both hold for every t, one of them with smaller numbers.
            var t = Ball.Exactly(y[j]) * z[j];
            var isPositive = t.Midpoint >= 0;
            var e = Ball.Exp(isPositive ? -t : t);
            sum += isPositive ? SoftPlus(e) : SoftPlus(e) - t;
            gradient[j] = Ball.Exactly(-y[j]) * ((isPositive ? e : Ball.Exactly(1)) / (Ball.Exactly(1) + e));
        }

        return sum;
    }

    /// <summary>ln(1 + e) for 0 ≤ e ≤ about 1; for e ≤ 2⁻²⁶ by 0 ≤ e − ln(1 + e) ≤ e²/2, which keeps the digits that 1 + e would drop.</summary>
    private static Ball SoftPlus(Ball e)
    {
        if (e.Midpoint > 1.0 / (1 << 26))
        {
            return Ball.Log(Ball.Exactly(1) + e);
        }

        var half = Ball.Square(e) * Ball.Exactly(0.5);
        return e - new Ball(half.Midpoint / 2, RoundedUp.Add(half.Midpoint, half.Radius));
    }
}
