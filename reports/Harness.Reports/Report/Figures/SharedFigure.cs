using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>A figure that sets several claims side by side, or shows one from a side of its own.</summary>
/// <param name="Name">Of its files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Drawn">The figure.</param>
/// <param name="Pages">The claims whose observations it draws, as far as they were run.</param>
internal sealed record SharedFigure(string Name, string Title, Figure Drawn, ImmutableArray<ClaimPage> Pages)
{
    /// <summary>The figure, or null where nothing could be drawn.</summary>
    public static SharedFigure? Of(ReportModel model, string name, string title, Figure? figure, IEnumerable<Claim> claims) =>
        figure is null ? null : new(name, title, figure, [.. claims.Select(model.PageOf).OfType<ClaimPage>()]);
}
