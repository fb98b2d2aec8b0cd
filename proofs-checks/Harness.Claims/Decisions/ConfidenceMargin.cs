namespace Harness.Claims.Decisions;

/// <summary>The half-width of a confidence interval, and how much of it more trials would remove.</summary>
/// <param name="HalfWidth">Half-width.</param>
/// <param name="PersistentShare">The share of its square that stays however many trials each cell has, in [0, 1].</param>
internal readonly record struct ConfidenceMargin(double HalfWidth, double PersistentShare)
{
    /// <summary>The part that is due to noise.</summary>
    public double Noise => HalfWidth * Math.Sqrt(1 - PersistentShare);

    /// <summary>The margin whose square is the sum of noise and of what a fit leaves out.</summary>
    public static ConfidenceMargin Of(double squaredNoise, double squaredMisfit) =>
        new(Math.Sqrt(squaredNoise + squaredMisfit), squaredMisfit == 0 ? 0 : squaredMisfit / (squaredNoise + squaredMisfit));

    /// <summary>
    /// Factor by which the trials of every cell must be multiplied for the half-width to shrink to <paramref name="distance"/>; infinite where it cannot.
    /// </summary>
    /// <remarks>The square falls as persistent + (1 − persistent)/factor. The quantile is kept, which errs towards more trials.</remarks>
    public double TrialsFactor(double distance)
    {
        if (!(distance > 0) || !double.IsFinite(HalfWidth))
        {
            return double.PositiveInfinity;
        }

        var room = (distance * distance / (HalfWidth * HalfWidth)) - PersistentShare;
        return room > 0 ? Math.Max(1, (1 - PersistentShare) / room) : double.PositiveInfinity;
    }
}
