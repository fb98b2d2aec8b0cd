using System.Globalization;
using Harness.Reports.Performance;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>How numbers of the claims and times of the benchmarks went over earlier runs, and where they changed: room that shrinks is seen before it is used up.</summary>
internal static class HistorySection
{
    /// <summary>Writes the section, or nothing where the report was asked for without a history.</summary>
    public static Html Of(ReportModel model)
    {
        var claims = model.Claims.Select(page => page.Claim.Id).ToHashSet();
        Series[] all = [.. model.History.Where(series => series.Claim is null || claims.Contains(series.Claim))];
        Series[] times = [.. all.Where(series => series.Claim is null)], changed = [.. all.Where(series => series.Claim is not null && !series.Changes.IsEmpty)];
        return all.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="history" aria-labelledby="history-heading">
            <h2 id="history-heading">History</h2>
            <p class="lead">{Summary(all)}</p>
            <p class="explained">With one seed a claim's numbers are reproducible, and every difference beyond {ReadableNumber.Of(100 * ChangePoints.LeastChange)} % is a change of the program. Otherwise, and for times, a change is a place that the detector
            ED-PELT proposes and a Mann–Whitney test between the two stretches confirms, with at least {ChangePoints.LeastStretch} runs on each side. Every mark is a run; a full line is the level of a stretch, and where the ground is shaded the claim fails.</p>
            {Panels("Numbers of claims that changed", changed)}
            {Panels("Benchmarks", times)}
            <details><summary>Every series</summary>
            <div class="wide"><table class="estimates">
            <thead><tr><th scope="col">Series</th><th scope="col">Number</th><th scope="col">Runs</th><th scope="col">First</th><th scope="col">Latest</th><th scope="col">Course</th><th scope="col">Changes</th></tr></thead>
            <tbody>{all.Select(Row)}</tbody>
            </table></div></details>
            </section>
            """);
    }

    private static string Summary(Series[] all)
    {
        var points = all.SelectMany(series => series.Points).ToArray();
        var (runs, changes) = (points.Select(point => point.When).Distinct().Count(), all.Sum(series => series.Changes.Length));
        var less = all.Sum(series => series.Changes.Count(series.HasLessRoom));
        var from = points.Min(point => point.When).UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var to = points.Max(point => point.When).UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return $"{ReadableNumber.Count(all.Length, "series", "series")} over {ReadableNumber.Count(runs, "run")}, {(from == to ? $"all on {from}" : $"from {from} to {to}")}: {(changes == 0 ? "no change was found" : ReadableNumber.Count(changes, "change"))}"
            + (less > 0 ? $", {less} of which {(less == 1 ? "leaves" : "leave")} a claim less room." : ".");
    }

    private static Html Panels(string heading, Series[] series) => series.Length == 0 ? Html.Empty : Html.Of(
        $"""
        <h3 class="theorem">{heading}</h3>
        <div class="bounds">{series.Select(Panel)}</div>
        """);

    private static Html Panel(Series series) => Html.Of(
        $"""
        <div class="compared"><p class="overline">{Name(series)}{(series.Machine.Length > 0 ? $" · {series.Machine}" : "")}</p>
        <p class="quantity">{Changes(series)}</p>
        {SeriesFigure.Draw(series)}</div>
        """);

    private static Html Row(Series series) => Html.Of(
        $"""
        <tr>
        <th scope="row">{Name(series)}</th>
        <td>{MathText.ToHtml(series.Unit)}{(series.Machine.Length > 0 ? Html.Of($", {series.Machine}") : Html.Empty)}</td>
        <td>{series.Points.Length}</td>
        <td>{SeriesFigure.Value(series, series.Points[0].Value)}</td>
        <td>{SeriesFigure.Value(series, series.Points[^1].Value)}</td>
        <td>{SeriesFigure.Course(series)}</td>
        <td>{(series.Changes.IsEmpty ? Html.Empty : Changes(series))}</td>
        </tr>
        """);

    private static Html Name(Series series) => series.Claim is { } claim
        ? Html.Of($"<a href=\"#{claim}\">{series.Name}</a>")
        : Html.Text(series.Name);

    private static Html Changes(Series series) => series.Changes.IsEmpty
        ? Html.Text($"{ReadableNumber.Count(series.Points.Length, "run")}, no change found")
        : Html.Join(series.Changes.Select((change, i) => Html.Of($"{(i == 0 ? "" : "; ")}{InWords(series, change)}")));

    private static string InWords(Series series, ChangePoint change)
    {
        var point = series.Points[change.Index];
        var share = series.HasRatios && double.IsFinite(change.Ratio) ? string.Create(CultureInfo.InvariantCulture, $" ({100 * (change.Ratio - 1):+0;−0} %)") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{series.Unit switch { "ns" => "time", var unit => unit }} from {SeriesFigure.Value(series, change.Before)} to {SeriesFigure.Value(series, change.After)}{share} at {point.ShortCommit}, {point.When.UtcDateTime:d MMMM yyyy}{(series.HasLessRoom(change) ? ", less room" : "")}");
    }
}
