using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>A section of figures that several claims share, each under a heading of its own.</summary>
internal static class FigureSection
{
    /// <summary>Writes the section with the figures that there are, or nothing where there is none.</summary>
    /// <param name="id">For links.</param>
    /// <param name="heading">Of the section.</param>
    /// <param name="explained">What stands before the figures.</param>
    /// <param name="figures">The figures; null where the claims that one shows were not run.</param>
    public static Html Of(string id, string heading, Html explained, params ReadOnlySpan<(string Title, Figure? Figure)> figures)
    {
        List<Html> drawn = [];
        foreach (var (title, figure) in figures)
        {
            if (figure is not null)
            {
                drawn.Add(Html.Of($"<h3 class=\"theorem\">{title}</h3>{FigureHtml.Of(figure)}"));
            }
        }

        return drawn.Count == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="{id}" aria-labelledby="{id}-heading">
            <h2 id="{id}-heading">{heading}</h2>
            <p class="explained">{explained}</p>
            {drawn}
            </section>
            """);
    }
}
