namespace Harness.Core.Transfer;

/// <summary>A mean of independent losses with what is needed to merge it with others: number, mean, and sum of squared deviations from it.</summary>
/// <param name="Draws">M.</param>
/// <param name="Mean">The estimated risk.</param>
/// <param name="Deviations">Σ (loss − mean)².</param>
public readonly record struct RiskEstimate(long Draws, double Mean, double Deviations)
{
    /// <summary>The standard error of the mean, √(Σ(loss − mean)²/(M(M − 1))); it is honest where the loss has a variance and M is large enough to have seen it.</summary>
    public double StandardError => Draws < 2 ? double.PositiveInfinity : Math.Sqrt(Deviations / ((double)Draws * (Draws - 1)));

    /// <summary>One more loss (Welford, Technometrics 4, 1962).</summary>
    public RiskEstimate With(double loss)
    {
        var (draws, difference) = (Draws + 1, loss - Mean);
        var mean = Mean + (difference / draws);
        return new(draws, mean, Deviations + (difference * (loss - mean)));
    }

    /// <summary>All losses of both (Chan, Golub and LeVeque, Am. Statistician 37, 1983).</summary>
    public RiskEstimate With(RiskEstimate other)
    {
        if (other.Draws == 0 || Draws == 0)
        {
            return Draws == 0 ? other : this;
        }

        var (draws, difference) = (Draws + other.Draws, other.Mean - Mean);
        var share = (double)other.Draws / draws;
        return new(draws, Mean + (difference * share), Deviations + other.Deviations + (difference * difference * Draws * share));
    }

    /// <summary>All losses of some estimates, merged in their order.</summary>
    public static RiskEstimate Of(ReadOnlySpan<RiskEstimate> parts)
    {
        var all = default(RiskEstimate);
        foreach (var part in parts)
        {
            all = all.With(part);
        }

        return all;
    }
}
