using System.Collections.Immutable;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Harness.Reports.Sweeps.Maps;

/// <summary>The boundary of a phase diagram, y = b·xᵃ: where half of the trials succeed, and how it moves with x.</summary>
/// <remarks>
/// A column of the map, one x, has its <see cref="Transition"/>; a is the slope of their logarithms by least squares, with Student's interval of k − 2 degrees of freedom. What the columns scatter by, be it the trials or a
/// boundary that is no power of x, makes the interval wider by itself. Columns whose transition lies beyond what was swept have no place in the fit; they are named.
/// </remarks>
/// <param name="Exponent">a.</param>
/// <param name="Lower">Lower confidence limit of a; −∞ for two columns.</param>
/// <param name="Upper">Upper confidence limit of a; ∞ for two columns.</param>
/// <param name="Factor">b.</param>
/// <param name="Columns">The columns that have a transition.</param>
internal sealed record Boundary(double Exponent, double Lower, double Upper, double Factor, ImmutableArray<(double X, Transition Y)> Columns)
{
    /// <summary>Fits the boundary.</summary>
    /// <param name="columns">Columns and their transitions; null where a column has none.</param>
    /// <returns>The fit; null where fewer than two columns have a transition at differing x.</returns>
    public static Boundary? Of(IEnumerable<(double X, Transition? Y)> columns)
    {
        ImmutableArray<(double X, Transition Y)> crossed = [.. columns.Where(column => column.Y is not null && column.X > 0).Select(column => (column.X, column.Y!.Value))];
        if (crossed.DistinctBy(column => column.X).Take(2).Count() < 2)
        {
            return null;
        }

        double[] x = [.. crossed.Select(column => Math.Log(column.X))], y = [.. crossed.Select(column => Math.Log(column.Y.At))];
        var (intercept, slope) = Fit.Line(x, y);
        var (mean, freedom) = (x.Average(), x.Length - 2);
        var squares = x.Zip(y, (u, v) => Math.Pow(v - intercept - (slope * u), 2)).Sum();
        var half = freedom == 0 ? double.PositiveInfinity
            : StudentT.InvCDF(0, 1, freedom, (1 + PointStatistic.Confidence) / 2) * Math.Sqrt(squares / freedom / x.Sum(u => (u - mean) * (u - mean)));
        return new(slope, slope - half, slope + half, Math.Exp(intercept), crossed);
    }

    /// <summary>y of the fitted boundary.</summary>
    public double At(double x) => Factor * Math.Pow(x, Exponent);

    /// <summary>The middle of the columns, through which lines of other exponents are drawn.</summary>
    public (double X, double Y) Centre => (Math.Exp(Columns.Average(column => Math.Log(column.X))), Math.Exp(Columns.Average(column => Math.Log(column.Y.At))));
}
