using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Harness.Reports.Sweeps.Maps;

/// <summary>The power of a swept variable that observed value over bound still has: zero where the bound has the right exponent.</summary>
/// <param name="Symbol">The variable.</param>
/// <param name="Exponent">Its exponent.</param>
/// <param name="Lower">Lower confidence limit.</param>
/// <param name="Upper">Upper confidence limit.</param>
internal sealed record LeftOver(string Symbol, double Exponent, double Lower, double Upper)
{
    /// <summary>
    /// Fits log ratio to the logs of all swept variables by least squares on the points of a panel, with Student's intervals from the scatter of the points about the fit: noise and curvature together, so that they are as
    /// wide as a power law describes the map badly.
    /// </summary>
    /// <returns>One a variable; empty where a ratio or a variable is not positive, or points are too few to tell the scatter.</returns>
    public static ImmutableArray<LeftOver> Of(PanelMap map)
    {
        MapPoint[] points = [.. map.Points.Where(point => point.Statistic is not null)];
        SweepAxis[] swept = [.. map.Swept.Where(axis => points.DistinctBy(point => point.At[axis.Symbol]).Take(2).Count() == 2)];
        var freedom = points.Length - swept.Length - 1;
        if (swept.Length == 0 || freedom < 1 || points.Any(point => !(point.Statistic!.Value.Middle > 0) || !double.IsFinite(point.Statistic.Value.Middle) || swept.Any(axis => !(point.At[axis.Symbol] > 0))))
        {
            return [];
        }

        var design = DenseMatrix.OfRows(points.Select(point => swept.Select(axis => Math.Log(point.At[axis.Symbol])).Prepend(1)));
        var response = DenseVector.OfEnumerable(points.Select(point => Math.Log(point.Statistic!.Value.Middle)));
        var qr = design.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
        var coefficients = qr.Solve(response);
        var residuals = response - (design * coefficients);
        var inverse = qr.R.Inverse();
        var factor = StudentT.InvCDF(0, 1, freedom, (1 + PointStatistic.Confidence) / 2) * Math.Sqrt(residuals.DotProduct(residuals) / freedom);
        return [.. swept.Select((axis, j) => (axis.Symbol, coefficients[j + 1], factor * inverse.Row(j + 1).L2Norm())).Select(e => new LeftOver(e.Symbol, e.Item2, e.Item2 - e.Item3, e.Item2 + e.Item3))];
    }
}
