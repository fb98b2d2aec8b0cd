using Harness.Core.Enclosures;

namespace Harness.Core.Training;

/// <summary>ρ(r) = (½r² + 3r²/(1 + r²))/7, ρ'(r) = r(1 + 6s²)/7 with s = 1/(1 + r²).</summary>
/// <remarks>
/// ρ'' = (1 + 6(1 − 3r²)s³)/7 lies between −1/14 (at r² = 1) and 1 (at r = 0). With s ∈ (0, 1], ρ'²/ρ = (1 + 6s²)²/(7(½ + 3s)); the numerator of its derivative in s, 24s(½ + 3s) − 3(1 + 6s²) = 54s² + 12s − 3, vanishes at
/// s = (√22 − 2)/18 ≈ 0.1495, where the ratio is 0.1937; so σ = 0.19.
/// </remarks>
internal sealed class GradientDominantLoss : Loss
{
    public GradientDominantLoss()
        : base("gradient-dominant", 1) => GradientDominance = 0.19;

    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> y, Span<double> gradient)
    {
        var sum = 0.0;
        for (var j = 0; j < z.Length; j++)
        {
            var r = z[j] - y[j];
            var s = 1 / (1 + (r * r));
            sum += r * r * (0.5 + (3 * s));
            gradient[j] = r * (1 + (6 * s * s)) / 7;
        }

        return sum / 7;
    }

    public override Ball Enclose(ReadOnlySpan<Ball> z, ReadOnlySpan<double> y, Span<Ball> gradient)
    {
        var sum = Ball.Exactly(0);
        for (var j = 0; j < z.Length; j++)
        {
            var r = z[j] - Ball.Exactly(y[j]);
            var square = Ball.Square(r);
            var s = Ball.Exactly(1) / (Ball.Exactly(1) + square);
            sum += square * (Ball.Exactly(0.5) + (Ball.Exactly(3) * s));
            gradient[j] = r * (Ball.Exactly(1) + (Ball.Exactly(6) * Ball.Square(s))) / Ball.Exactly(7);
        }

        return sum / Ball.Exactly(7);
    }
}
