using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Claims.Catalogue.AllenZhuLiSong;
using Harness.Reports.Report.Figures;

namespace Harness.Reports.Report.Page;

/// <summary>How wide is wide enough: the smallest widths that fitted, beside those that theorems ask for; and what was checked, since no machine has the latter.</summary>
internal static class WidthSection
{
    /// <summary>A weight in double precision.</summary>
    private const int BytesPerWeight = 8;

    /// <summary>The phase diagram of the section; null where the claim on widths was not run.</summary>
    public static SharedFigure? Figure(ReportModel model) => Tried(model) is not var (page, trials) ? null : new("width", "How wide is wide enough", Diagram(trials), [page]);

    /// <summary>Writes the section, or nothing where the claim on widths was not run.</summary>
    public static Html Of(ReportModel model)
    {
        if (Tried(model) is not var (page, trials))
        {
            return Html.Empty;
        }

        var mildest = Mildest(trials);
        return Html.Of(
            $"""
            <section id="width" data-claim="{page.Claim.Id}" aria-labelledby="width-heading">
            <h2 id="width-heading">How wide is wide enough</h2>
            <p class="lead">{InWords(mildest, trials.Length)}</p>
            <p class="explained">{Exponents(page)} What was checked instead, at widths that a machine has: the conclusions of the theorems (every step contracts the loss, weights move as little as proved, steps do not depend on the width), the exponents of
            every bound above, and the inequalities of the lemmas, in balls of weights so large that they make a difference. No verdict here says that the hypothesis of Theorem 1 was met.</p>
            {FigureHtml.Of(Diagram(trials))}
            <div class="wide"><table class="estimates">
            <caption>Widths that theorems ask for, at n = {ReadableNumber.Of(mildest.Variables.n)}, L = {ReadableNumber.Of(mildest.Variables.L)}, δ = {ReadableNumber.Of(mildest.Variables.δ)}, every hidden constant set to 1, probability of failure {ReadableNumber.Of(RequiredWidths.FailureProbability)}, accuracy {ReadableNumber.Of(RequiredWidths.Accuracy)};
            <span class="math">{MathText.ToHtml("λ_0")}</span> at its largest possible value for this <i>δ</i>. Fitted here with <i>m</i> = {ReadableNumber.Of(mildest.Value.Midpoint)}.</caption>
            <thead><tr><th scope="col">Paper</th><th scope="col">Network</th><th scope="col">Width, up to a constant</th><th scope="col">At least</th></tr></thead>
            <tbody>{RequiredWidths.All.Select(required => Row(required, mildest.Variables))}</tbody>
            </table></div>
            </section>
            """);
    }

    private static (ClaimPage Page, ImmutableArray<PlottedTrial> Trials)? Tried(ReportModel model) =>
        model.Claims.FirstOrDefault(c => c.Claim.Id == WidthThreshold.Claim.Id) is { } page && PlottedTrial.Of(page) is { IsEmpty: false } trials ? (page, trials) : null;

    private static Figure Diagram(ImmutableArray<PlottedTrial> trials) =>
        WidthFigure.Draw(trials, Mildest(trials).Variables.With("L", trials.Min(t => t.Trial.Variables.L)).With("δ", trials.Max(t => t.Trial.Variables.δ)));

    private static Observation Mildest(ImmutableArray<PlottedTrial> trials) => trials.MinBy(t => Asked(t.Trial)).Trial;

    private static double Asked(Observation trial) => RequiredWidths.GradientDescent.Width!(trial.Variables);

    private static Html InWords(Observation mildest, int trials)
    {
        var (v, asked) = (mildest.Variables, Asked(mildest));
        return Html.Of(
            $"""
            No machine meets the hypothesis of Theorem 1, <span class="math">{MathText.ToHtml("m ≥ C · n²⁴ L¹² d log⁵(m)/δ⁸")}</span>. For the easiest of the {ReadableNumber.Count(trials, "trial")}, {ReadableNumber.Of(v.n)} samples at distance {ReadableNumber.Of(v.δ)} and {ReadableNumber.Count((int)v.L, "hidden layer")},
            it is <i>m</i> ≥ {ReadableNumber.Of(asked)} even if <i>C</i> = 1: {ReadableNumber.Of(BytesPerWeight * asked * asked)} bytes for the weights of one layer. Gradient descent fitted these samples at <i>m</i> = {ReadableNumber.Of(mildest.Value.Midpoint)}.
            """);
    }

    private static Html Exponents(ClaimPage page) => page.Outcome.Findings[0].Decision.Exponents is { IsEmpty: false } exponents
        ? Html.Of($"The smallest sufficient width has the exponents {Html.Join(exponents.Select((e, i) => Html.Of($"{(i == 0 ? "" : ", ")}{ExponentText.Measured(e)} in <span class=\"math\">{MathText.ToHtml(e.Symbol)}</span> (proved {ExponentText.Proved(e)})")))}.")
        : Html.Empty;

    private static Html Row(RequiredWidth required, Variables at) => Html.Of(
        $"""
        <tr>
        <th scope="row">{required.Paper.Authors}, {required.Item}, <a href="https://arxiv.org/abs/{required.Paper.Identifier["arXiv:".Length..]}">{required.Paper.Identifier}</a>{(required.IsQuoted ? ", as later papers quote it" : "")}</th>
        <td>{required.Network}</td>
        <td class="math">{MathText.ToHtml(required.Formula)}</td>
        <td>{(required.Width is { } width ? ReadableNumber.Of(width(at)) : "not a function of δ")}</td>
        </tr>
        """);
}
