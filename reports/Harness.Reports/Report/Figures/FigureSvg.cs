using System.Text.RegularExpressions;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// A figure as an SVG document of its own, for a paper or a slide: panels, legend and caption, on white, with the light colours of the report written out, because not every program that reads
/// SVG knows custom properties.
/// </summary>
internal static partial class FigureSvg
{
    private const double Width = 560, Margin = 8, Heading = 28, Row = 20;

    /// <summary>The mean width of letters in a line of wide ones, so that neither heading nor legend is cut off; there is no layout that could measure them.</summary>
    private const double LetterWidth = 7.6;

    private static readonly string Style = Drawings(ReportResource.Read("report.css"));

    /// <summary>The document.</summary>
    /// <param name="heading">Above the panels, one line.</param>
    /// <param name="title">Of the document, for programs that read or list it.</param>
    /// <param name="figure">What is drawn.</param>
    public static string Of(string heading, string title, Figure figure)
    {
        var (main, small) = (PanelSize.Large, PanelSize.Small);
        var width = figure.Legend.Select(entry => 48 + (LetterWidth * entry.Text.Length)).Append(LetterWidth * heading.Length).Append(Width).Max();
        var height = Heading + (Width * main.Height / main.Width);
        var drawn = new List<Html> { Html.Of($"<svg x=\"0\" y=\"{Heading}\" width=\"{Width}\" height=\"{height - Heading}\">{figure.Main}</svg>") };
        foreach (var entry in figure.Legend)
        {
            drawn.Add(Html.Of($"<svg x=\"{Margin}\" y=\"{height + 4}\" width=\"24\" height=\"12\" viewBox=\"0 0 24 12\" overflow=\"visible\">{entry.Swatch}</svg><text class=\"label\" x=\"{Margin + 32}\" y=\"{height + 15}\">{MathText.ToSvg(entry.Text)}</text>"));
            height += Row;
        }

        foreach (var (i, panel) in figure.Panels.Index())
        {
            drawn.Add(Html.Of($"<svg x=\"{i % 2 * (Width + Margin) / 2}\" y=\"{height + Margin}\" width=\"{(Width - Margin) / 2}\" height=\"{small.Height}\">{panel}</svg>"));
            height += i % 2 == 1 || i == figure.Panels.Length - 1 ? small.Height + Margin : 0;
        }

        return Html.Of(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" class="panel" width="{width}" height="{height + Margin}" viewBox="0 0 {width} {height + Margin}">
            <title>{title}</title>
            <desc>{figure.Caption}</desc>
            <style>{Html.Trusted(Style)}</style>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text class="label" x="{Margin}" y="18">{heading}</text>
            {drawn}
            </svg>
            """) + "\n";
    }

    /// <summary>The rules of the style sheet's section on drawings, with the values of the custom properties of its first block, the light one, in their places.</summary>
    private static string Drawings(string css)
    {
        var begin = css.IndexOf("/* Drawings", StringComparison.Ordinal);
        var rules = css[css.IndexOf('\n', begin)..css.IndexOf("/*", begin + 2, StringComparison.Ordinal)].Trim();
        var light = css[..css.IndexOf('}', StringComparison.Ordinal)];
        var values = Property().Matches(light).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        values["paper"] = "#ffffff";
        while (Use().IsMatch(rules))
        {
            rules = Use().Replace(rules, match => values[match.Groups["name"].Value]);
        }

        return rules;
    }

    [GeneratedRegex(@"--(?<name>[\w-]+):\s*(?<value>[^;]+);")]
    private static partial Regex Property();

    [GeneratedRegex(@"var\(--(?<name>[\w-]+)\)")]
    private static partial Regex Use();
}
