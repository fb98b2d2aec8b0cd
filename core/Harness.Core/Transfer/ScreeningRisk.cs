using Harness.Core.Enclosures;

namespace Harness.Core.Transfer;

/// <summary>
/// The exact risk of a pre-test on K sources of one size in one dimension, some without bias and the others off by one amount: given the target's mean the decisions are independent, so a single integral is left.
/// </summary>
/// <remarks>
/// Given X̄_0 = x a source is kept with probability p, and p, E[X̄ 1{kept}] and E[X̄² 1{kept}] have closed forms; over the numbers a and b of kept sources of both kinds the second moment of the estimate is a polynomial in them. The integrand over x
/// is entire and decays like the target's density, so the trapezoidal rule converges faster than geometrically; steps are a quarter of the narrowest scale. Not enclosed. Derivation: docs/derivations.md, "Screening".
/// </remarks>
public static class ScreeningRisk
{
    /// <summary>The risk times n_0.</summary>
    /// <param name="ratio">n/n_0, the size of a source in units of the target's.</param>
    /// <param name="unbiased">Number of sources without bias.</param>
    /// <param name="biased">Number of the others.</param>
    /// <param name="bias">δ√n_0 of the others.</param>
    /// <param name="c">The threshold: kept is what differs from the target by at most c√(1/n_0 + 1/n).</param>
    public static double At(double ratio, int unbiased, int biased, double bias, double c)
    {
        var (scale, radius) = (Math.Sqrt(ratio), c * Math.Sqrt(1 + (1 / ratio)));
        var step = 0.25 * Math.Min(1, 1 / scale);
        var count = (int)Math.Ceiling(10 / step);
        double sum = 0;
        for (var j = -count; j <= count; j++)
        {
            var x = j * step;
            var density = NormalDistribution.Density(Ball.Exactly(x)).Midpoint;
            sum += density * Conditional(x, ratio, new(unbiased, Kept.Of(x, 0, scale, radius)), new(biased, Kept.Of(x, bias, scale, radius)));
        }

        return step * sum;
    }

    /// <summary>E[(estimate)² | X̄_0 = x] at θ = 0, n_0 = 1.</summary>
    private static double Conditional(double x, double ratio, Bloc informative, Bloc other)
    {
        double sum = 0;
        for (var a = 0; a <= informative.Count; a++)
        {
            var (a0, a1, a2) = informative.Moments(a);
            for (var b = 0; b <= other.Count; b++)
            {
                var (b0, b1, b2) = other.Moments(b);
                var total = 1 + (ratio * (a + b));
                sum += ((x * x * a0 * b0) + (2 * x * ratio * ((a1 * b0) + (a0 * b1))) + (ratio * ratio * ((a2 * b0) + (2 * a1 * b1) + (a0 * b2)))) / (total * total);
            }
        }

        return sum;
    }

    /// <summary>P, E[X 1] and E[X² 1] of being kept, for X ~ N(bias, 1/scale²) and |X − x| ≤ radius.</summary>
    private readonly record struct Kept(double Probability, double First, double Second)
    {
        public static Kept Of(double x, double bias, double scale, double radius)
        {
            var (from, to) = ((x - radius - bias) * scale, (x + radius - bias) * scale);
            var probability = from > 0 ? Tail(from) - Tail(to) : Tail(-to) - Tail(-from);
            var (atFrom, atTo) = (Density(from), Density(to));
            var first = (atFrom - atTo) / scale;
            var second = (probability + (from * atFrom) - (to * atTo)) / (scale * scale);
            return new(probability, first + (bias * probability), second + (2 * bias * first) + (bias * bias * probability));
        }

        private static double Tail(double x) => NormalDistribution.UpperTail(Ball.Exactly(x)).Midpoint;

        private static double Density(double x) => NormalDistribution.Density(Ball.Exactly(x)).Midpoint;
    }

    /// <summary>Independent sources of one kind.</summary>
    private readonly record struct Bloc(int Count, Kept Kept)
    {
        /// <summary>P, and first and second moment of the sum of what is kept, on the event that exactly <paramref name="kept"/> are.</summary>
        public (double Probability, double First, double Second) Moments(int kept)
        {
            var (p, weight) = (Kept.Probability, Binomial(Count, kept) * Power(1 - Kept.Probability, Count - kept));
            var first = kept == 0 ? 0 : kept * Kept.First * Power(p, kept - 1);
            var second = (kept == 0 ? 0 : kept * Kept.Second * Power(p, kept - 1)) + (kept < 2 ? 0 : kept * (kept - 1.0) * Kept.First * Kept.First * Power(p, kept - 2));
            return (weight * Power(p, kept), weight * first, weight * second);
        }

        private static double Binomial(int n, int k)
        {
            double value = 1;
            for (var j = 1; j <= k; j++)
            {
                value = value * (n - k + j) / j;
            }

            return value;
        }

        private static double Power(double x, int n)
        {
            double power = 1;
            for (var j = 0; j < n; j++)
            {
                power *= x;
            }

            return power;
        }
    }
}
