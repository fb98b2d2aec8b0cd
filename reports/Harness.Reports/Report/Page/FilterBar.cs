namespace Harness.Reports.Report.Page;

/// <summary>
/// Chooses among claims by words, paper, procedure and verdict. What is chosen stands in the page's address, so that a view can be linked; without a script the bar stays hidden and everything is shown.
/// </summary>
/// <remarks>
/// Elements that belong to a claim carry <c>data-claim</c> with its id and go with it; an element with <c>data-group</c> goes when nothing in it is left. A link to a claim that is not chosen shows everything
/// again, so that no link leads nowhere. Print shows what is chosen, and says what that is.
/// </remarks>
internal static class FilterBar
{
    /// <summary>Writes the bar, or nothing where there is nothing to choose from.</summary>
    public static Html Of(ReportModel model) => model.Claims.Length < 2 ? Html.Empty : Html.Of(
        $"""
        <form class="filter" id="filter" role="search" aria-label="Choose claims" hidden>
        <label>Search <input type="search" name="text" placeholder="words of item, statement or hypotheses" autocomplete="off"></label>
        {Choice("paper", "Paper", model.Claims.Select(c => c.Claim.Source.Paper).Distinct().Select(p => (p.Key, p.Authors)))}
        {Choice("procedure", "Decided by", model.Claims.Select(c => c.Claim.Procedure.Name).Distinct().Order(StringComparer.Ordinal).Select(name => (name, name)))}
        {Choice("verdict", "Verdict", model.Claims.Select(c => VerdictText.Of(c.Verdict)).Distinct().Order(StringComparer.Ordinal).Select(name => (name, name)))}
        <button type="reset">Show all</button>
        <output name="shown" aria-live="polite"></output>
        </form>
        """);

    /// <summary>The link to the claims of a paper.</summary>
    public static string OfPaper(string key) => $"?paper={Uri.EscapeDataString(key)}#summary";

    private static Html Choice(string name, string label, IEnumerable<(string Value, string Text)> options) => Html.Of(
        $"""
        <label>{label} <select name="{name}"><option value="">all</option>{options.Select(o => Html.Of($"<option value=\"{o.Value}\">{o.Text}</option>"))}</select></label>
        """);
}
