using System.Collections.Immutable;

namespace Harness.Reports.Report.Figures;

/// <summary>One panel of a figure about several claims. The first for which the run has observations is drawn large, the others small beside it, each with its own legend.</summary>
/// <param name="Draw">Draws it at a size.</param>
/// <param name="Legend">What its marks and lines stand for.</param>
/// <param name="Caption">What is predicted, what was measured and where constants come from, in words.</param>
internal sealed record PanelView(Func<PanelSize, Html> Draw, ImmutableArray<LegendEntry> Legend, string Caption)
{
    /// <summary>The figure of all views that there are, or null where there are none.</summary>
    public static Figure? ToFigure(params ReadOnlySpan<PanelView?> views)
    {
        ImmutableArray<PanelView> drawn = [.. views.ToArray().OfType<PanelView>()];
        return drawn.IsEmpty ? null : new(
            drawn[0].Draw(PanelSize.Large),
            [.. drawn.Skip(1).Select(view => Html.Of($"<div>{view.Draw(PanelSize.Small)}{LegendEntry.List(view.Legend)}</div>"))],
            drawn[0].Legend,
            string.Join(" ", drawn.Select(view => view.Caption).Where(caption => caption.Length > 0).Distinct()));
    }
}
