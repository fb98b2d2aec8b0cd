using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using Harness.Core.Enclosures;
using Harness.Reports.Files;
using Harness.Reports.Report.Figures;
using Harness.Reports.Report.Page;

namespace Harness.Reports.Report;

/// <summary>The figures of a run as files: the drawing as SVG, and what is drawn as CSV with every digit, for other programs to draw.</summary>
public static class FigureFiles
{
    /// <summary>
    /// Writes <c>NAME.svg</c> and <c>NAME.csv</c> for every figure, one line a trial, and <c>NAME.series.csv</c> where trials kept a series (a loss over the steps), one line an entry. The figure of a claim has
    /// the claim's id for its name; those that claims share, the name of their section before their own (<c>spectra.limits</c>).
    /// </summary>
    /// <param name="model">The run.</param>
    /// <param name="folder">Where to; made where it is missing, and files of the same names are replaced.</param>
    /// <returns>Number of figures.</returns>
    /// <exception cref="DataFileException">A file cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static int Write(ReportModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        var written = 0;
        foreach (var page in model.Claims)
        {
            if (ClaimFigure.Of(page) is { } figure)
            {
                var (source, statement) = (page.Claim.Source, page.Claim.Statement);
                Write(page.Claim.Id, FigureSvg.Of($"{source.Paper.Authors}, {source.Item} ({page.Claim.Id})", $"{source.Paper.Authors}, {source.Item}: {statement}", figure), [page]);
            }
        }

        foreach (var figure in FigureSection.All(model).SelectMany(section => section.Figures).Prepend(WidthSection.Figure(model)).OfType<SharedFigure>())
        {
            Write(figure.Name, FigureSvg.Of(figure.Title, $"{figure.Title}: {string.Join(", ", figure.Pages.Select(page => page.Claim.Id))}", figure.Drawn), figure.Pages);
        }

        return written;

        void Write(string name, string svg, ImmutableArray<ClaimPage> pages)
        {
            AtomicFile.WriteText(Path.Combine(folder, name + ".svg"), svg);
            AtomicFile.WriteText(Path.Combine(folder, name + ".csv"), Trials(pages));
            if (pages.Any(page => page.Samples.Any(sample => sample.Observations.Any(o => o.Series.Length > 0))))
            {
                AtomicFile.WriteText(Path.Combine(folder, name + ".series.csv"), Series(pages));
            }

            written++;
        }
    }

    private static string Trials(ImmutableArray<ClaimPage> pages)
    {
        var symbols = pages.SelectMany(page => page.Samples).SelectMany(sample => sample.Observations).SelectMany(o => o.Variables.Select(v => v.Key)).Distinct().ToArray();
        return Text(
            ["claim", "on", "kind", "cell", "trial", .. symbols, "value", "value_radius", "bound", "bound_radius", "closest_to_violation"],
            from page in pages
            from sample in page.Samples
            let closest = Closeness.Closest(page.Claim, sample.Observations)
            from o in sample.Observations
            select (string[])
            [
                page.Claim.Id, sample.On, Marker.Class(Marker.KindOf(page.Claim, sample, o)), Text(o.Cell), Text(o.Trial), .. symbols.Select(symbol => o.Variables.TryGet(symbol, out var value) ? Text(value) : ""),
                .. Text(o.Value), .. Text(o.Bound), ReferenceEquals(o, closest) ? "1" : "0",
            ]);
    }

    private static string Series(ImmutableArray<ClaimPage> pages) => Text(
        ["claim", "on", "cell", "trial", "index", "value"],
        from page in pages
        from sample in page.Samples
        from o in sample.Observations
        from entry in o.Series.Index()
        select (string[])[page.Claim.Id, sample.On, Text(o.Cell), Text(o.Trial), Text(entry.Index), Text(entry.Item)]);

    private static string Text(IEnumerable<string> header, IEnumerable<string[]> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new() { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (var row in rows.Prepend([.. header]))
            {
                csv.WriteRecord(row);
            }
        }

        return text.ToString();
    }

    private static string[] Text(Ball ball) => [Text(ball.Midpoint), Text(ball.Radius)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
