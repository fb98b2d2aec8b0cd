using System.Globalization;
using Harness.Reports.Sweeps;
using Harness.Reports.Sweeps.Maps;

namespace Harness.Reports.Report.Page;

/// <summary>The top of a sweep's page: what was swept, how far it is, and what is missing.</summary>
internal static class SweepOverview
{
    /// <summary>Writes the header.</summary>
    public static Html Of(SweepManifest manifest, SweepResults results)
    {
        var (header, there) = (manifest.Header, results.Trials.Count);
        return Html.Of(
            $"""
            <header class="overview" id="summary">
            <p class="overline">Harness · sweep</p>
            <h1>{header.Title}</h1>
            <p class="lead">{Missing(manifest, there)}</p>
            <dl class="provenance">
            <div><dt>Points, by panel</dt><dd>{string.Join(" + ", header.Panels.Select(panel => panel.Axes.Aggregate(1, (points, axis) => points * axis.Values.Length)))}</dd></div>
            <div><dt>Trials</dt><dd>{ReadableNumber.Of(results.Trials.Values.Sum(trials => (double)trials.Length))}</dd></div>
            <div><dt>Profile</dt><dd>{header.Profile.ToString().ToLowerInvariant()}</dd></div>
            <div><dt>{(header.Seeds.Length == 1 ? "Seed" : "Seeds")}</dt><dd>{Seeds(header)}</dd></div>
            <div><dt>Commit</dt><dd><code>{header.Commit}</code></dd></div>
            </dl>
            <nav class="contents" aria-label="Contents" hidden></nav>
            </header>
            {Damaged(results)}
            """);
    }

    private static string Missing(SweepManifest manifest, int there) => there == manifest.Header.Cells
        ? $"All {ReadableNumber.Count(there, "cell")} are computed."
        : $"{there} of {manifest.Header.Cells} cells are computed; {manifest.Header.Cells - there} are missing, and empty in the maps. Continue with: harness sweep run {ReplayLine.Quoted(manifest.Folder.Manifest)}";

    private static string Seeds(SweepHeader header) => header.Seeds.Length <= 8
        ? string.Join(", ", header.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture)))
        : string.Create(CultureInfo.InvariantCulture, $"{header.Seeds.Length}, from {header.Seeds.Min()} to {header.Seeds.Max()}");

    private static Html Damaged(SweepResults results) => results.Damaged.IsEmpty ? Html.Empty : Html.Of(
        $"""
        <section class="attention" id="damaged" aria-labelledby="damaged-heading">
        <h2 id="damaged-heading">Damaged files</h2>
        <p>Their cells count as missing; the next run computes them again.</p>
        <ul>{results.Damaged.Select(message => Html.Of($"<li>{message}</li>"))}</ul>
        </section>
        """);
}
