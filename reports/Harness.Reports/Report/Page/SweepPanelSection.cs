using Harness.Reports.Report.Figures;
using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report.Page;

/// <summary>A panel of a sweep: what was found in words, its maps, the boundary beside the theorems', and its points as a table.</summary>
internal static class SweepPanelSection
{
    /// <summary>Points of a table; the file beside the page has them all.</summary>
    private const int MostRows = 500;

    /// <summary>Cells that are named in a row, one a seed.</summary>
    private const int MostCells = 4;

    /// <summary>Writes the section.</summary>
    public static Html Of(SweepPanelPage page)
    {
        var (panel, claim) = (page.Map.Panel, page.Map.Panel.Claim);
        return Html.Of(
            $"""
            <section class="sweep" id="{page.Id}" aria-labelledby="{page.Id}-heading">
            <h2 id="{page.Id}-heading">{panel.Name}</h2>
            <p class="overline"><code>{claim.Id}</code> · {claim.Source.Paper.Authors}, {claim.Source.Item} · {Fixed(page.Map)}</p>
            <p class="statement math">{MathText.ToHtml(claim.Statement)}</p>
            <p class="reading">{MathText.ToHtml(Reading(page))}</p>
            {page.Figures.Select(named => Html.Of($"{(named.Slice.Length > 0 ? Html.Of($"<h3 class=\"theorem\">{named.Slice}</h3>") : Html.Empty)}{FigureHtml.Of(named.Figure)}"))}
            {(page.Figures.IsEmpty && page.Map.Swept.Length > 0 ? Html.Of($"<p class=\"explained\">{ReadableNumber.Count(page.Map.Points.Length, "point")} in {ReadableNumber.Count(page.Map.Slices.Count(), "slice")} are too many to look at; maps.csv beside this page has them.</p>") : Html.Empty)}
            {Exponents(page)}
            {Columns(page)}
            {Table(page)}
            </section>
            """);
    }

    private static string Fixed(PanelMap map)
    {
        var symbols = map.Swept.Select(axis => axis.Symbol).ToHashSet();
        return string.Join(", ", map.Panel.Axes.Where(axis => !symbols.Contains(axis.Symbol)).Select(axis => $"{axis.Symbol} = {ReadableNumber.Of(axis.Values[0])}").Append(ReadableNumber.Count(map.Panel.Trials, "trial") + " a cell"));
    }

    private static string Reading(SweepPanelPage page)
    {
        var missing = page.Map.Missing == 0 ? "" : $" {page.Map.Missing} of {ReadableNumber.Count(page.Map.Points.Length, "point")} were not computed.";
        return (page.Map.Panel.Quantity == PanelQuantity.Success ? string.Join(' ', page.Boundaries.Select(slice => InWords(page, slice.Slice, slice.Columns, slice.Boundary))) : Range(page.Map)) + missing;
    }

    private static string InWords(SweepPanelPage page, string slice, IReadOnlyCollection<(double X, Transition? Y)> columns, Boundary? boundary)
    {
        var (x, y) = (page.Map.Swept[0].Symbol, page.Map.Swept[1].Symbol);
        var where = slice.Length > 0 ? $"At {slice}: " : "";
        string[] beyond = [.. columns.Where(column => column.Y is null).Select(column => ReadableNumber.Of(column.X))];
        var left = beyond.Length == 0 ? "" : $" No transition lies within what was swept at {x} = {string.Join(", ", beyond)}.";
        if (boundary is null)
        {
            return $"{where}fewer than two columns have a transition, so there is no boundary to fit.{left}";
        }

        var proved = page.Theorems.IsEmpty ? "" : $" The width of {page.Theorems[0].Width.Item}, {page.Theorems[0].Width.Formula}, grows like {x}^{{{ExponentText.Number(page.Theorems[0].Exponent, 1)}}} over this range{Far(boundary, page.Theorems[0].Exponent)}";
        return $"{where}Half of the trials succeed at {y} ≈ {ReadableNumber.Of(boundary.Factor)} · {x}^a with a = {MapText.Exponent(boundary.Exponent, boundary.Lower, boundary.Upper)}, fitted through {boundary.Columns.Length} of {columns.Count} columns.{left}{proved}";
    }

    private static string Far(Boundary boundary, double proved) => boundary.Lower <= proved && proved <= boundary.Upper ? ": the interval has it."
        : Math.Abs(proved) > Math.Abs(boundary.Exponent) ? ": the theorem is an upper bound, and far from what is seen here." : ": less than what is measured, so the range is not the theorem's, or its hidden constant matters.";

    private static string Range(PanelMap map)
    {
        MapPoint[] there = [.. map.Points.Where(point => point.Statistic is not null)];
        if (there.Length == 0)
        {
            return "Nothing was computed yet.";
        }

        var (least, most) = (there.MinBy(point => point.Statistic!.Value.Middle)!, there.MaxBy(point => point.Statistic!.Value.Middle)!);
        var (from, to) = (ReadableNumber.Of(least.Statistic!.Value.Middle), ReadableNumber.Of(most.Statistic!.Value.Middle));
        var what = map.Panel.Quantity == PanelQuantity.Value ? $"The mean of “{map.Panel.Claim.Quantity}”" : "Observed value over bound, in the median,";
        var left = map.Panel.Quantity == PanelQuantity.Ratio ? LeftOver.Of(map) : [];
        return $"{what} goes from {from} at {Swept(map, least)} to {to} at {Swept(map, most)}."
            + (left.IsEmpty ? "" : $" What is left over of powers, where zero is a bound with the right exponent: {string.Join("; ", left.Select(e => $"{(e.Symbol.Contains('/', StringComparison.Ordinal) ? $"({e.Symbol})" : e.Symbol)}^{{{ExponentText.Number(e.Exponent, 2)}}} (95 %: {ExponentText.Number(e.Lower, 2)} to {ExponentText.Number(e.Upper, 2)})"))}.");
    }

    private static string Swept(PanelMap map, MapPoint point) => string.Join(", ", map.Swept.Select(axis => $"{axis.Symbol} = {ReadableNumber.Of(point.At[axis.Symbol])}"));

    private static Html Exponents(SweepPanelPage page) => page.Theorems.IsEmpty ? Html.Empty : Html.Of(
        $"""
        <div class="wide"><table class="estimates">
        <caption>The boundary's exponent beside those of the widths that theorems ask for, over the range of {MathText.ToHtml(page.Map.Swept[0].Symbol)} that was swept.</caption>
        <thead><tr><th scope="col">Source</th><th scope="col">Width</th><th scope="col">Exponent of <i>{page.Map.Swept[0].Symbol}</i></th></tr></thead>
        <tbody>
        {page.Boundaries.Where(slice => slice.Boundary is not null).Select(slice => Html.Of($"<tr><th scope=\"row\">measured{(slice.Slice.Length > 0 ? $", {slice.Slice}" : "")}</th><td>half of the trials succeed</td><td>{MapText.Exponent(slice.Boundary!.Exponent, slice.Boundary.Lower, slice.Boundary.Upper)}</td></tr>"))}
        {page.Theorems.Select(theorem => Html.Of($"<tr><th scope=\"row\">{theorem.Width.Paper.Authors}, {theorem.Width.Item}{(theorem.Width.IsQuoted ? ", as later papers quote it" : "")}</th><td><span class=\"math\">{MathText.ToHtml(theorem.Width.Formula)}</span>; {theorem.Width.Network}</td><td>{ExponentText.Number(theorem.Exponent, 1)}</td></tr>"))}
        </tbody></table></div>
        """);

    private static Html Columns(SweepPanelPage page) => Html.Join(page.Boundaries.Where(slice => slice.Boundary is not null).Select(slice => Html.Of(
        $"""
        <details><summary>Where half of the trials succeed{(slice.Slice.Length > 0 ? $", {slice.Slice}" : "")}</summary>
        <div class="wide"><table class="estimates">
        <thead><tr><th scope="col"><i>{page.Map.Swept[0].Symbol}</i></th><th scope="col"><i>{page.Map.Swept[1].Symbol}</i>, with its 95 % interval</th><th scope="col">of the fit</th></tr></thead>
        <tbody>{slice.Columns.Select(column => Html.Of($"<tr><th scope=\"row\">{ReadableNumber.Of(column.X)}</th><td>{(column.Y is { } y ? SweepMapFigure.InWords(y) : "beyond what was swept")}</td><td>{ReadableNumber.Of(slice.Boundary!.At(column.X))}</td></tr>"))}</tbody>
        </table></div>
        </details>
        """)));

    private static Html Table(SweepPanelPage page) => Html.Of(
        $"""
        <details><summary>All numbers{(page.Map.Points.Length > MostRows ? $", the first {MostRows}; the others are in maps.csv beside this page" : "")}</summary>
        <p class="explained">A trial of a cell is made again, bit for bit, by <code>harness sweep replay {ReplayLine.Quoted(page.Manifest)} CELL --trial T</code>.</p>
        <div class="wide"><table class="estimates">
        <thead><tr>{page.Map.Swept.Select(axis => Html.Of($"<th scope=\"col\">{MathText.ToHtml(axis.Symbol)}</th>"))}<th scope="col">{MapText.Label(page.Map.Panel.Quantity)}</th><th scope="col">from</th><th scope="col">to</th><th scope="col">trials</th><th scope="col">cells</th></tr></thead>
        <tbody>{page.Map.Points.Take(MostRows).Select(point => Html.Of($"<tr>{page.Map.Swept.Select(axis => Html.Of($"<td>{ReadableNumber.Of(point.At[axis.Symbol])}</td>"))}{Numbers(point.Statistic)}<td><code>{string.Join(' ', point.Cells.Take(MostCells).Select(cell => cell[..12]))}</code>{(point.Cells.Length > MostCells ? $" and {point.Cells.Length - MostCells} more" : "")}</td></tr>"))}</tbody>
        </table></div>
        </details>
        """);

    private static Html Numbers(PointStatistic? statistic) => statistic is not { } s ? Html.Of($"<td>not computed</td><td></td><td></td><td>0</td>")
        : Html.Of($"<td>{ReadableNumber.Of(s.Middle)}</td><td>{(s.HasInterval ? ReadableNumber.Of(s.Lower) : "")}</td><td>{(s.HasInterval ? ReadableNumber.Of(s.Upper) : "")}</td><td>{s.Trials}</td>");
}
