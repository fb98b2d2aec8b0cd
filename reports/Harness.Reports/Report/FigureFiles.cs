using System.Globalization;
using CsvHelper;
using Harness.Core.Enclosures;
using Harness.Reports.Files;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report;

/// <summary>The figures of the claims as files: the drawing as SVG, and what is drawn as CSV with every digit, for other programs to draw.</summary>
public static class FigureFiles
{
    /// <summary>
    /// Writes <c>CLAIM.svg</c> and <c>CLAIM.csv</c> for every claim that was tried, one line a trial, and <c>CLAIM.series.csv</c> where trials kept a series (a loss over the steps), one line an entry.
    /// </summary>
    /// <param name="model">The run.</param>
    /// <param name="folder">Where to; made where it is missing, and files of the same names are replaced.</param>
    /// <returns>Number of claims.</returns>
    /// <exception cref="DataFileException">A file cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static int Write(ReportModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        var written = 0;
        foreach (var page in model.Claims)
        {
            if (ClaimFigure.Of(page) is not { } figure)
            {
                continue;
            }

            AtomicFile.WriteText(Path.Combine(folder, page.Claim.Id + ".svg"), FigureSvg.Of(page, figure));
            AtomicFile.WriteText(Path.Combine(folder, page.Claim.Id + ".csv"), Trials(page));
            if (page.Samples.Any(sample => sample.Observations.Any(o => o.Series.Length > 0)))
            {
                AtomicFile.WriteText(Path.Combine(folder, page.Claim.Id + ".series.csv"), Series(page));
            }

            written++;
        }

        return written;
    }

    private static string Trials(ClaimPage page)
    {
        var symbols = page.Samples.SelectMany(sample => sample.Observations).SelectMany(o => o.Variables.Select(v => v.Key)).Distinct().ToArray();
        return Text(
            ["on", "kind", "cell", "trial", .. symbols, "value", "value_radius", "bound", "bound_radius", "closest_to_violation"],
            from sample in page.Samples
            let closest = Closeness.Closest(page.Claim, sample.Observations)
            from o in sample.Observations
            select (string[])
            [
                sample.On, Marker.Class(Marker.KindOf(page.Claim, sample, o)), Text(o.Cell), Text(o.Trial), .. symbols.Select(symbol => o.Variables.TryGet(symbol, out var value) ? Text(value) : ""),
                .. Text(o.Value), .. Text(o.Bound), ReferenceEquals(o, closest) ? "1" : "0",
            ]);
    }

    private static string Series(ClaimPage page) => Text(
        ["on", "cell", "trial", "index", "value"],
        from sample in page.Samples from o in sample.Observations from entry in o.Series.Index() select (string[])[sample.On, Text(o.Cell), Text(o.Trial), Text(entry.Index), Text(entry.Item)]);

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
