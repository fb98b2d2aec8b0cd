using Harness.Core.Enclosures;

namespace Harness.Core.Transfer;

/// <summary>
/// The risk of the hard threshold η(y) = y 1{|y| &gt; c} for the mean t of Y ~ N(t, 1), and with it the cost of a pre-test on one source.
/// </summary>
/// <remarks>
/// With one source an estimator is a rule for a scalar normal mean: its risk is (1 + κ R_η(τ))/(n_0 + n_1), κ = n_1/n_0, τ = δ/√(1/n_0 + 1/n_1), and R_η is <see cref="Risk"/> for the pre-test. Derivation: docs/derivations.md, "One source".
/// </remarks>
public static class HardThreshold
{
    private static readonly Ball One = Ball.Exactly(1);

    /// <summary>r_c(t) = E(η(Y) − t)², enclosed: Q(c − t) + (c − t)φ(c − t) + Q(c + t) + (c + t)φ(c + t) + t²(Φ(c − t) − Φ(−c − t)).</summary>
    /// <param name="c">The threshold, not negative.</param>
    /// <param name="t">The mean, not negative.</param>
    public static Ball Risk(Ball c, Ball t)
    {
        var (below, above) = (c - t, c + t);
        return NormalDistribution.UpperTail(below) + (below * NormalDistribution.Density(below))
            + NormalDistribution.UpperTail(above) + (above * NormalDistribution.Density(above)) + (Ball.Square(t) * Within(below, above));
    }

    /// <summary>r_c′(t), enclosed.</summary>
    private static Ball Slope(Ball c, Ball t)
    {
        var (below, above, twice) = (c - t, c + t, Ball.Exactly(2) * t);
        return (twice * Within(below, above)) - (c * (((twice - c) * NormalDistribution.Density(below)) + ((twice + c) * NormalDistribution.Density(above))));
    }

    /// <summary>P(|Y| ≤ c) = Φ(c − t) − Φ(−c − t), as a difference of the smaller tails.</summary>
    private static Ball Within(Ball below, Ball above) => NormalDistribution.UpperTail(-below) - NormalDistribution.UpperTail(above);

    /// <summary>A(κ, c) = sup_τ of the pre-test's risk over the linear oracle's at the same bias: from below and from above.</summary>
    /// <param name="c">The threshold.</param>
    /// <param name="κ">n_1/n_0.</param>
    /// <param name="tolerance">Relative distance between the two bounds at which the search stops.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static Ball Cost(double c, double κ, double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(κ);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);

        // Beyond c + 9 both 1 + t²Q(t − c) ≥ r_c(t) and the oracle's part fall, so the value of their product there bounds the rest.
        var end = Math.Ceiling(c) + 9;
        var last = RoundedUp.Add(1, RoundedUp.Multiply(RoundedUp.Multiply(end, end), NormalDistribution.UpperTail(Ball.Exactly(end) - Ball.Exactly(c)).Upper));
        var search = new Search(Ball.Exactly(c), Ball.Exactly(κ), tolerance) { Upper = Ratio(Ball.Exactly(last), Ball.Exactly(end), Ball.Exactly(κ)).Upper };
        for (var j = 1; j <= 32; j++)
        {
            _ = search.At(c * j / 16);
        }

        search.Visit(0, end);
        return Ball.Between(search.Lower, Math.Max(search.Lower, search.Upper));
    }

    /// <summary>The threshold with the least cost, by golden section; cost is unimodal in it for all κ that were tried, and nothing that is certified depends on it.</summary>
    /// <param name="κ">n_1/n_0.</param>
    public static double BestThreshold(double κ)
    {
        const double Golden = 0.6180339887498949;
        var (from, to) = (0.5, 8.0);
        var (left, right) = (to - (Golden * (to - from)), from + (Golden * (to - from)));
        var (atLeft, atRight) = (Cost(left, κ, 1e-3).Midpoint, Cost(right, κ, 1e-3).Midpoint);
        while (to - from > 5e-3)
        {
            if (atLeft < atRight)
            {
                (to, right, atRight) = (right, left, atLeft);
                left = to - (Golden * (to - from));
                atLeft = Cost(left, κ, 1e-3).Midpoint;
            }
            else
            {
                (from, left, atLeft) = (left, right, atRight);
                right = from + (Golden * (to - from));
                atRight = Cost(right, κ, 1e-3).Midpoint;
            }
        }

        return (from + to) / 2;
    }

    /// <summary>(1 + κr)(1 + κ/(1 + τ²(1 + κ)))/(1 + κ): the risk of a rule over the linear oracle's.</summary>
    /// <param name="r">R_η(τ), the risk of the rule for a scalar mean.</param>
    /// <param name="τ">δ/√(1/n_0 + 1/n_1), not negative.</param>
    /// <param name="κ">n_1/n_0.</param>
    public static Ball Ratio(Ball r, Ball τ, Ball κ) => (One + (κ * r)) * (One + (κ / (One + (Ball.Square(τ) * (One + κ))))) / (One + κ);

    /// <summary>Halves intervals of τ until no one can hold more than the largest value that was seen, up to the tolerance.</summary>
    private sealed class Search(Ball c, Ball κ, double tolerance)
    {
        /// <summary>The cost is at least this.</summary>
        public double Lower { get; private set; }

        /// <summary>The cost is at most this.</summary>
        public double Upper { get; set; }

        /// <summary>r_c(τ), whose ratio to the oracle the cost is not below.</summary>
        public Ball At(double τ)
        {
            var risk = Risk(c, Ball.Exactly(τ));
            Lower = Math.Max(Lower, Ratio(risk, Ball.Exactly(τ), κ).Lower);
            return risk;
        }

        /// <summary>Bounds the ratio on [<paramref name="from"/>, <paramref name="to"/>].</summary>
        public void Visit(double from, double to)
        {
            var middle = from + ((to - from) / 2);
            var atMiddle = At(middle);

            // Mean value theorem; the oracle's part falls in τ, so it is largest at the left end.
            var interval = Ball.Between(from, to);
            var deviation = Slope(c, interval) * new Ball(0, interval.Radius);
            var largest = Ratio(Ball.Exactly(Math.Max(0, (atMiddle + deviation).Upper)), Ball.Exactly(from), κ).Upper;
            if (largest <= Lower * (1 + tolerance) || to - from < 1e-9)
            {
                Upper = Math.Max(Upper, largest);
                return;
            }

            Visit(from, middle);
            Visit(middle, to);
        }
    }
}
