using MathNet.Numerics.Distributions;

namespace Harness.Claims.Decisions;

/// <summary>
/// The error variance of a fit to cells with replicated trials: noise, and what the fit leaves out.
/// </summary>
/// <remarks>
/// <para>The design is fixed, so all that differs from run to run is the trials' scatter within their cells (pure error): it alone carries the level of a test. The scatter of
/// the cell means about the fit (lack of fit) estimates the same variance when the fit is right, and the F test compares the two.</para>
/// <list type="bullet">
/// <item>Not significant: they are pooled. By Basu's theorem the ratio is independent of the pooled estimate and of the coefficients, so for normal errors
/// Student's t keeps its exact level in spite of the test before it.</item>
/// <item>Significant: the fit leaves out something, and part of that may be mistaken for a slope. The noise is estimated from pure error alone, and the excess of
/// the lack of fit enters as a second margin with the cells as its units, at <see cref="ErrorBudget.MissedViolation"/>: a fixed error of the
/// model, which no further trials remove and to which a level of 10⁻⁹ would mean nothing.</item>
/// </list>
/// <para>Without replication the lack of fit is all there is, and counts as noise. Source: Draper and Smith, Applied Regression Analysis, section 2.1.</para>
/// </remarks>
internal readonly record struct ErrorVariance
{
    /// <summary>Level of the test of lack of fit: high, because missing one costs more than allowing for one in vain.</summary>
    public const double Significance = 0.05;

    private readonly double excess;
    private readonly int excessFreedom;

    /// <param name="lackOfFit">Sum of squares of cell means about the fit, each weighted by its number of trials.</param>
    /// <param name="lackOfFitFreedom">Cells − parameters.</param>
    /// <param name="pureError">Sum of squares of trials about their cell's mean.</param>
    /// <param name="pureErrorFreedom">Trials − cells.</param>
    /// <param name="significance">Level of the test of lack of fit.</param>
    public ErrorVariance(double lackOfFit, int lackOfFitFreedom, double pureError, int pureErrorFreedom, double significance = Significance)
    {
        if (lackOfFitFreedom == 0 || pureErrorFreedom == 0)
        {
            DegreesOfFreedom = lackOfFitFreedom + pureErrorFreedom;
            Noise = DegreesOfFreedom == 0 ? double.NaN : (lackOfFitFreedom > 0 ? lackOfFit : pureError) / DegreesOfFreedom;
            Misfits = lackOfFitFreedom > 0 && lackOfFit > 0;
            return;
        }

        var (between, within) = (lackOfFit / lackOfFitFreedom, pureError / pureErrorFreedom);
        Misfits = between > within && (within == 0 || FisherSnedecor.CDF(lackOfFitFreedom, pureErrorFreedom, between / within) > 1 - significance);
        (Noise, DegreesOfFreedom) = Misfits ? (within, pureErrorFreedom) : ((lackOfFit + pureError) / (lackOfFitFreedom + pureErrorFreedom), lackOfFitFreedom + pureErrorFreedom);
        (excess, excessFreedom) = Misfits ? (between - within, lackOfFitFreedom) : (0, 0);
    }

    /// <summary>Variance of one trial's noise.</summary>
    public double Noise { get; }

    /// <summary>Degrees of freedom behind <see cref="Noise"/>.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Whether the fit leaves out more than the noise explains, or anything at all where there is no replication to tell.</summary>
    public bool Misfits { get; }

    /// <summary>Square of the margin, in units of an estimate's own factor, that noise exceeds with probability <paramref name="tail"/>; infinite where no variance is known.</summary>
    public double SquaredNoiseMargin(double tail) => DegreesOfFreedom == 0 ? double.PositiveInfinity : Math.Pow(StudentTail.Quantile(tail, DegreesOfFreedom), 2) * Noise;

    /// <summary>Square of the margin for what the fit leaves out, in the same units.</summary>
    public double SquaredMisfitMargin() => excess == 0 ? 0 : Math.Pow(StudentTail.Quantile(ErrorBudget.MissedViolation, excessFreedom), 2) * excess;
}
