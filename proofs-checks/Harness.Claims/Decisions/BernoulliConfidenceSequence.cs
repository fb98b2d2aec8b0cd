namespace Harness.Claims.Decisions;

/// <summary>
/// Confidence limits for the mean failure probability of independent trials that stay valid at every time at once, so that anyone may look, and stop, whenever they like.
/// </summary>
/// <remarks>
/// <para>With q₁, q₂, … the failure probabilities and S the failures among t trials, e^{sS} / ∏(1 + qᵢ(eˢ − 1)) is a non-negative martingale of mean 1 for every fixed
/// tilt s. The logarithm is concave, so the product is at most (1 + q̄(eˢ − 1))ᵗ with q̄ the mean of q₁, …, q_t. Hence, for each s,
/// M(q) = e^{sS} / (1 + q(eˢ − 1))ᵗ lies below that martingale whenever q̄ ≤ q (s &gt; 0) or q̄ ≥ q (s &lt; 0), and so does a mixture over tilts. By
/// Ville's inequality the chance that it ever reaches 1/α there is at most α: the probabilities may differ from trial to trial, and the statement is about their
/// running mean.</para>
/// <para>The tilts are a geometric grid of ratio √2 with equal weights. It costs log(number of tilts), 2.8, against log 1/α; the best tilt for
/// a given alternative, the difference of the log-odds, is never farther than 2^¼ from a point of the grid, which costs at most 4 % of
/// the evidence. Sources: Ville (1939); Hoeffding (Ann. Math. Statist. 27, 1956) for unequal probabilities; Howard, Ramdas, McAuliffe and
/// Sekhon, "Time-uniform Chernoff bounds via nonnegative supermartingales" (Probability Surveys 17, 2020).</para>
/// </remarks>
/// <param name="Failures">Failures so far; a fraction only when a future is projected.</param>
/// <param name="Trials">Trials so far.</param>
internal readonly record struct BernoulliConfidenceSequence(double Failures, double Trials)
{
    private const int Tilts = 17;
    private const double SmallestTilt = 1.0 / 16;

    /// <summary>Log of the evidence that the mean failure probability exceeds <paramref name="rate"/>.</summary>
    public double EvidenceAbove(double rate) => Evidence(rate, +1);

    /// <summary>Log of the evidence that the mean failure probability is below <paramref name="rate"/>.</summary>
    public double EvidenceBelow(double rate) => Evidence(rate, -1);

    /// <summary>The limit that the mean failure probability is below at any time only with probability <paramref name="level"/>.</summary>
    public double LowerLimit(double level) => Limit(level, EvidenceAbove, fromAbove: false);

    /// <summary>The limit that the mean failure probability is above at any time only with probability <paramref name="level"/>.</summary>
    public double UpperLimit(double level) => Limit(level, EvidenceBelow, fromAbove: true);

    /// <summary>
    /// How many trials in all would settle on which side of <paramref name="rate"/> the probability lies, if failures went on at the
    /// frequency seen so far; infinite if that is the rate itself.
    /// </summary>
    /// <remarks>Without a failure, showing a rate takes about log(1/level)/rate trials.</remarks>
    public double TrialsToDecide(double rate, double levelAbove, double levelBelow)
    {
        var frequency = Trials > 0 ? Failures / Trials : 0;
        for (var trials = Math.Max(Trials, 1); trials < 1e12; trials *= 1.1)
        {
            var projected = new BernoulliConfidenceSequence(frequency * trials, trials);
            if (projected.EvidenceAbove(rate) >= Math.Log(1 / levelAbove) || projected.EvidenceBelow(rate) >= Math.Log(1 / levelBelow))
            {
                return trials;
            }
        }

        return double.PositiveInfinity;
    }

    private double Evidence(double rate, int sign)
    {
        Span<double> terms = stackalloc double[Tilts];
        var largest = double.NegativeInfinity;
        for (var k = 0; k < Tilts; k++)
        {
            var s = sign * SmallestTilt * Math.Pow(2, k / 2.0);
            terms[k] = (s * Failures) - (Trials * double.LogP1(rate * (Math.Exp(s) - 1)));
            largest = Math.Max(largest, terms[k]);
        }

        double sum = 0;
        foreach (var term in terms)
        {
            sum += Math.Exp(term - largest);
        }

        return largest + Math.Log(sum / Tilts);
    }

    // The evidence is monotone in the rate, so the set of rates that it does not exclude is an interval, found by bisection.
    private static double Limit(double level, Func<double, double> evidence, bool fromAbove)
    {
        var threshold = Math.Log(1 / level);
        double low = 0, high = 1;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var excluded = evidence(middle) >= threshold;
            (low, high) = excluded == fromAbove ? (low, middle) : (middle, high);
        }

        return fromAbove ? high : low;
    }
}
