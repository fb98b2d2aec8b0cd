using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>
/// The exponents of a bound beside those of what was observed, variable by variable: one multiple regression of log S and of log(Q/S) over the same cells, so that measured = proved + drift holds exactly.
/// </summary>
internal static class BoundExponents
{
    /// <summary>One comparison for each variable that the cells can tell apart; none where nothing was swept or an observation has no logarithm.</summary>
    public static ImmutableArray<ComparedExponent> Of(Evidence evidence, Side side)
    {
        var stated = evidence.Stated;
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (stated.IsEmpty || !all.All(o => IsPositive(o.Value.Midpoint) && IsPositive(o.Bound.Midpoint) && stated.All(v => o.Variables.TryGet(v.Symbol, out var x) && x > 0)))
        {
            return [];
        }

        Observation[][] cells = [.. all.GroupBy(o => (o.IsCalibration, o.Cell)).Select(cell => cell.ToArray())];
        LinearRegression? Fit(Func<Observation, double> response) => LinearRegression.Fit(
            [.. cells.Select(cell => DesignCell.Of([.. stated.Select(v => cell.Average(o => Math.Log(o.Variables[v.Symbol])))], [.. cell.Select(response)]))],
            [.. Enumerable.Range(0, stated.Length)]);

        return Fit(o => Math.Log(o.Value.Midpoint) - Math.Log(o.Bound.Midpoint)) is { } ratio && Fit(o => Math.Log(o.Bound.Midpoint)) is { } bound
            ? [.. Enumerable.Range(0, ratio.Regressors.Length).Select(Compare)]
            : [];

        ComparedExponent Compare(int index)
        {
            var variable = stated[ratio.Regressors[index]];
            var (least, greatest) = (all.Min(o => o.Variables[variable.Symbol]), all.Max(o => o.Variables[variable.Symbol]));
            var (proved, measured) = (bound.Slopes[index], bound.Slopes[index] + ratio.Slopes[index]);
            var margin = ratio.Margin(index, ErrorBudget.MissedViolation).HalfWidth;
            return new(
                variable.Symbol,
                variable.TowardsZero ? greatest : least,
                variable.TowardsZero ? least : greatest,
                side == Side.Above ^ variable.TowardsZero ? Relation.AtMost : Relation.AtLeast,
                Clean(proved), measured, measured - margin, measured + margin);
        }
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    /// <summary>The slope of a power has the rounding of a regression; nobody's theorem has an exponent that differs from a round one by so little.</summary>
    private static double Clean(double slope)
    {
        const double Rounding = 1e-9;
        var twelfths = Math.Round(12 * slope) / 12;
        return Math.Abs(slope - twelfths) <= Rounding ? twelfths + 0.0 : slope;
    }
}
