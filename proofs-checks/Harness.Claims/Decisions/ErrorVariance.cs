using MathNet.Numerics.Distributions;

namespace Harness.Claims.Decisions;

/// <summary>
/// The error variance of a fit to cells with replicated trials: the textbook's test of lack of fit, and the estimate that follows from it.
/// </summary>
/// <remarks>
/// The scatter of trials within cells (pure error) and the scatter of cell means about the fit (lack of fit) are independent estimates of one
/// variance when the fit is right. The F test compares them.
/// <list type="bullet">
/// <item>Not significant: they are pooled, which is least squares on all trials. By Basu's theorem the ratio is independent of the pooled
/// estimate and of the coefficients, so for normal errors the t interval keeps its exact level in spite of the test before it.</item>
/// <item>Significant: what the fit leaves out is no noise of ours to average away, so the cells are the units, with the scatter of their means and
/// (cells − parameters) degrees of freedom. That interval is wider in both respects, so the level can only fall.</item>
/// </list>
/// If what is left out differs from cell to cell yet is too small for the F test, the standard error is at most about a fifth too small;
/// <see cref="Significance"/> is as high as 5 % for that reason. Source: Draper and Smith, Applied Regression Analysis, section 2.1.
/// </remarks>
internal readonly record struct ErrorVariance
{
    /// <summary>Level of the test of lack of fit.</summary>
    public const double Significance = 0.05;

    /// <param name="lackOfFit">Sum of squares of cell means about the fit, each weighted by its number of trials.</param>
    /// <param name="lackOfFitFreedom">Cells − parameters.</param>
    /// <param name="pureError">Sum of squares of trials about their cell's mean.</param>
    /// <param name="pureErrorFreedom">Trials − cells.</param>
    /// <param name="significance">Level of the test of lack of fit.</param>
    public ErrorVariance(double lackOfFit, int lackOfFitFreedom, double pureError, int pureErrorFreedom, double significance = Significance)
    {
        var ratio = lackOfFit / lackOfFitFreedom / (pureError / pureErrorFreedom);
        CellsAreUnits = lackOfFitFreedom > 0 && (pureErrorFreedom == 0
            || (lackOfFit > 0 && (pureError == 0 || 1 - FisherSnedecor.CDF(lackOfFitFreedom, pureErrorFreedom, ratio) < significance)));
        (Variance, DegreesOfFreedom) = CellsAreUnits
            ? (lackOfFit / lackOfFitFreedom, lackOfFitFreedom)
            : ((lackOfFit + pureError) / Math.Max(lackOfFitFreedom + pureErrorFreedom, 1), lackOfFitFreedom + pureErrorFreedom);
        PersistentShare = CellsAreUnits && pureErrorFreedom > 0 ? 1 - (1 / Math.Max(ratio, 1)) : 0;
    }

    /// <summary>Variance of one trial.</summary>
    public double Variance { get; }

    /// <summary>Degrees of freedom behind <see cref="Variance"/>.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Whether the fit leaves out more than the noise explains (or there is no replication to tell), so that cell means are the units.</summary>
    public bool CellsAreUnits { get; }

    /// <summary>The share of a coefficient's variance that more trials in the same cells would not remove, in [0, 1).</summary>
    public double PersistentShare { get; }

    /// <summary>
    /// Factor by which the trials of every cell must be multiplied for a margin to shrink to <paramref name="distance"/>; infinite where it cannot.
    /// </summary>
    /// <remarks>A margin falls as √(persistent + (1 − persistent)/factor); the quantile is kept, which errs towards more trials.</remarks>
    public double TrialsFactor(double margin, double distance)
    {
        if (!(distance > 0) || !double.IsFinite(margin))
        {
            return double.PositiveInfinity;
        }

        var shrink = distance / margin;
        var room = (shrink * shrink) - PersistentShare;
        return room > 0 ? Math.Max(1, (1 - PersistentShare) / room) : double.PositiveInfinity;
    }
}
