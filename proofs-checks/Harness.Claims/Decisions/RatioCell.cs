using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>Which side of its scale a quantity must stay on, up to a constant.</summary>
internal enum Side
{
    /// <summary>Q ≤ C·S.</summary>
    Above,

    /// <summary>Q ≥ c·S.</summary>
    Below,
}

/// <summary>
/// A cell's log-ratios between a quantity and its scale, turned so that both kinds of bound read alike.
/// </summary>
/// <remarks>
/// The <em>excess</em> of a trial is log(Q/S) for an upper bound and log(S/Q) for a lower one: larger is nearer to violation, and the claim is
/// that one constant lies above all. The <em>approach</em> of a variable is its logarithm, or minus its logarithm where the limit is zero: larger
/// is nearer to the limit.
/// </remarks>
/// <param name="IsCalibration">Whether the constant is fitted here.</param>
/// <param name="Approach">For each swept variable, in order; NaN where it has no positive value in this cell.</param>
/// <param name="Excess">Of the trials that have a logarithm, from their midpoints.</param>
/// <param name="Certain">What the excess of every trial is at least, rounding included: from the ends of the enclosures that lie farther from violation. Empty where a trial has no such end.</param>
/// <param name="IsComplete">Whether every trial has one.</param>
internal sealed record RatioCell(bool IsCalibration, ImmutableArray<double> Approach, ImmutableArray<double> Excess, ImmutableArray<double> Certain, bool IsComplete)
{
    /// <summary>The cells of all observations that have a positive scale.</summary>
    public static ImmutableArray<RatioCell> Of(Evidence evidence, Side side)
    {
        return [.. Group(evidence.Calibration, true), .. Group(evidence.HeldOut, false)];

        IEnumerable<RatioCell> Group(IEnumerable<Observation> observations, bool isCalibration) => observations
            .Where(o => o.Bound.Midpoint > 0)
            .GroupBy(o => o.Cell)
            .OrderBy(cell => cell.Key)
            .Select(cell => new RatioCell(
                isCalibration,
                [.. evidence.Swept.Select(v => cell.Average(o => Approaching(o.Variables, v)))],
                [.. cell.Where(HasLogarithm).Select(o => Excess(o.Value.Midpoint, o))],
                cell.All(o => FarEnd(o) is > 0 and < double.PositiveInfinity) ? [.. cell.Select(o => Excess(FarEnd(o), o))] : [],
                cell.All(HasLogarithm)));

        double FarEnd(Observation o) => side == Side.Above ? o.Value.Lower : o.Value.Upper;

        double Excess(double value, Observation o) => (side == Side.Above ? 1 : -1) * (Math.Log(value) - Math.Log(o.Bound.Midpoint));
    }

    private static bool HasLogarithm(Observation o) => o.Value.Midpoint > 0 && double.IsFinite(o.Value.Midpoint);

    private static double Approaching(Variables variables, SweptVariable v) =>
        variables.TryGet(v.Symbol, out var value) && value > 0 ? (v.TowardsZero ? -1 : 1) * Math.Log(value) : double.NaN;
}
