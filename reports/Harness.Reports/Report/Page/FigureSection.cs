using System.Collections.Immutable;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>A section of figures that several claims share, each with the claims that it draws.</summary>
/// <param name="Id">For links.</param>
/// <param name="Heading">Of the section.</param>
/// <param name="Explained">What stands before the figures.</param>
/// <param name="Figures">What there is to show; the section is left out where there is nothing.</param>
internal sealed record FigureSection(string Id, string Heading, Html Explained, ImmutableArray<SharedFigure> Figures)
{
    /// <summary>The sections of a report in their order.</summary>
    public static ImmutableArray<FigureSection> All(ReportModel model) => [SpectraSection.Of(model), SpanSection.Of(model), TransferSection.Of(model)];

    /// <summary>The section, or nothing.</summary>
    public Html ToHtml() => Figures.IsEmpty ? Html.Empty : Html.Of(
        $"""
        <section id="{Id}" data-group aria-labelledby="{Id}-heading">
        <h2 id="{Id}-heading">{Heading}</h2>
        <p class="explained">{Explained}</p>
        <div class="topics">{Figures.Select(Topic)}</div>
        </section>
        """);

    private static Html Topic(SharedFigure figure) => Html.Of(
        $"""
        <div class="topic" data-group>
        <h3>{figure.Title}</h3>
        {FigureHtml.Of(figure.Drawn)}
        <ul class="drawn">{figure.Pages.Select(page => Html.Of($"<li data-claim=\"{page.Claim.Id}\"><a href=\"#{page.Claim.Id}\">{page.Claim.Id}</a> {VerdictText.Badge(page.Verdict)}</li>"))}</ul>
        </div>
        """);
}
