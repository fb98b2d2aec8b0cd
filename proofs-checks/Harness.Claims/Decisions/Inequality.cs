using MathNet.Numerics.Statistics;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides a for-all bound with explicit constants, Q ≤ B or Q ≥ B, on enclosures of both sides.
/// </summary>
/// <remarks>
/// A trial is decided when the whole of one enclosure lies on one side of the whole of the other (a common end point satisfies the bound). An
/// overlap is undecided, and more trials do not help: smaller radii do. Where a side has no tracked radius its midpoint stands for it, and
/// the verdict is not certified.
/// </remarks>
public sealed class Inequality : IDecisionProcedure
{
    private readonly Side side;

    private Inequality(Side side) => this.side = side;

    /// <summary>Q ≤ B in every trial.</summary>
    public static Inequality AtMost { get; } = new(Side.Above);

    /// <summary>Q ≥ B in every trial.</summary>
    public static Inequality AtLeast { get; } = new(Side.Below);

    /// <inheritdoc/>
    public string Name => "inequality";

    /// <inheritdoc/>
    public string InWords => $"Both sides are enclosed; the {(side == Side.Above ? "largest possible value must not exceed the smallest possible bound" : "smallest possible value must not fall below the largest possible bound")} in any trial. An overlap of the enclosures is undecided. Where rounding is not enclosed the computed numbers are compared, and the verdict is not certified.";

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <inheritdoc/>
    public bool Settles(Observation observation) => IsRigorous(observation) && (Fails(observation) || Satisfies(observation));

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.Length == 0)
        {
            return new(Verdict.Undecided, "There are no observations.");
        }

        double[] factors = [.. all.Where(o => o.Value.Midpoint > 0 && o.Bound.Midpoint > 0).Select(o => side == Side.Above ? o.Bound.Midpoint / o.Value.Midpoint : o.Value.Midpoint / o.Bound.Midpoint)];
        double? looseness = factors.Length == 0 ? null : factors.Median();
        var (verdict, certified, because) = Judge(all);
        return new(verdict, because) { IsCertified = certified, Exponents = BoundExponents.Of(evidence, side), Looseness = looseness, Tightness = Tightness.Of(all) };
    }

    private (Verdict Verdict, bool IsCertified, string Because) Judge(Observation[] all)
    {
        // Among violations a certified one is reported before one that rests on unenclosed numbers.
        if (all.Where(Fails).OrderByDescending(IsRigorous).FirstOrDefault() is { } broken)
        {
            return (Verdict.Violated, IsRigorous(broken), $"The value {broken.Value} {(side == Side.Above ? "exceeds" : "falls below")} the bound {broken.Bound} {At(broken)}.");
        }

        Observation[] open = [.. all.Where(o => !Satisfies(o))];
        if (open.Length == 0)
        {
            var certified = all.All(IsRigorous);
            return (Verdict.Holds, certified, FormattableString.Invariant($"All {all.Length} trials satisfy the bound{(certified ? ", rounding included" : "; rounding is not enclosed")}."));
        }

        var tightest = open.MinBy(o => o.Value.Radius + o.Bound.Radius)!;
        return (Verdict.Undecided, false, FormattableString.Invariant($"{open.Length} of {all.Length} overlap, smallest radius {tightest.Value.Radius + tightest.Bound.Radius:G3}: the value {tightest.Value} cannot be told from the bound {tightest.Bound} {At(tightest)}."));
    }

    private bool Fails(Observation o) => side == Side.Above ? o.Value.Lower > o.Bound.Upper : o.Value.Upper < o.Bound.Lower;

    private bool Satisfies(Observation o) => side == Side.Above ? o.Value.Upper <= o.Bound.Lower : o.Value.Lower >= o.Bound.Upper;

    private static bool IsRigorous(Observation o) => o.Value.IsRigorous && o.Bound.IsRigorous;

    private static string At(Observation o) => FormattableString.Invariant($"at {o.Variables} (cell {o.Cell}, trial {o.Trial})");
}
