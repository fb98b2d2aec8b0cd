using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// Theory against practice of one bound: a row a variable, the measured exponent as a dot with its interval, the proved one as a tick, and the side shaded on which the bound would be broken.
/// </summary>
internal static class ExponentPanel
{
    private const double Width = 270, Left = 58, Right = 10, RowHeight = 24, Bottom = 24, Text = 13;

    private const double Plot = Width - Left - Right;

    /// <summary>Wider intervals are drawn to the edge: they say that nothing is known, and would leave no room for the others.</summary>
    private const double WidestInterval = 3;

    /// <summary>Draws the panel.</summary>
    /// <param name="exponents">At least one.</param>
    /// <param name="inWords">What it shows, for those who do not see it.</param>
    public static Html Draw(ImmutableArray<ComparedExponent> exponents, string inWords)
    {
        var axis = Axis.Linear("exponent", exponents.SelectMany(Shown).Append(0).Append(1));
        var bottom = exponents.Length * RowHeight;
        var grid = axis.Ticks.Select(tick => Html.Of(
            $"<path class=\"grid\" d=\"M{Across(axis, tick.Value)} 0V{bottom}\"/><text text-anchor=\"middle\" x=\"{Across(axis, tick.Value)}\" y=\"{bottom + Text + 4}\">{tick.Label}</text>"));
        return Html.Of(
            $"<svg class=\"panel exponents\" role=\"img\" aria-label=\"{inWords}\" viewBox=\"0 0 {Width} {bottom + Bottom}\">{grid}{exponents.Select((e, row) => Row(axis, e, (row + 0.5) * RowHeight))}</svg>");
    }

    /// <summary>What is shown when a row is pointed at, and what a reader without a screen is told.</summary>
    public static string InWords(ComparedExponent e) =>
        $"{e.Symbol} from {ReadableNumber.Of(e.From)} to {ReadableNumber.Of(e.To)}: proved {ExponentText.Proved(e)}, measured {ExponentText.Measured(e)}";

    private static IEnumerable<double> Shown(ComparedExponent e) =>
        e.Upper - e.Lower <= WidestInterval ? [e.Proved, e.Measured, e.Lower, e.Upper] : [e.Proved, e.Measured];

    private static Html Row(Axis axis, ComparedExponent e, double y)
    {
        var (proved, measured) = (Across(axis, e.Proved), Across(axis, e.Measured));
        var (lower, upper) = (Across(axis, e.Lower), Across(axis, e.Upper));
        var forbidden = e.Relation switch
        {
            Relation.AtMost => Html.Of($"<rect class=\"forbidden\" x=\"{proved}\" y=\"{y - 9}\" width=\"{Width - Right - proved}\" height=\"18\"/>"),
            Relation.AtLeast => Html.Of($"<rect class=\"forbidden\" x=\"{Left}\" y=\"{y - 9}\" width=\"{proved - Left}\" height=\"18\"/>"),
            _ => Html.Empty,
        };
        return Html.Of(
            $"""
            <g class="row"><title>{InWords(e)}</title><rect class="hit" x="0" y="{y - (RowHeight / 2)}" width="{Width}" height="{RowHeight}"/>{forbidden}
            <text class="label" text-anchor="end" x="{Left - 8}" y="{y + 5}">{MathText.ToSvg(e.Symbol)}</text>
            <path class="bound" d="M{proved} {y - 9}v18"/><path class="interval" d="M{lower} {y - 3}v6m0 -3H{upper}m0 -3v6"/><path class="point held-out" d="{Marker.Path(MarkerKind.HeldOut, measured, y)}"/></g>
            """);
    }

    private static double Across(Axis axis, double value) => Left + (Math.Clamp(axis.Position(value), 0, 1) * Plot);
}
