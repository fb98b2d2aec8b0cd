namespace Harness.Reports.Report.Page;

/// <summary>Every mutant of every claim: what killed it, on how many trials, and where it fails most. Folded, unless one survived.</summary>
internal static class KillTable
{
    /// <summary>Writes the section, or nothing where no mutant was tried.</summary>
    public static Html Of(ReportModel model)
    {
        Kill[] kills = [.. Kill.Of(model)];
        var survivors = kills.Count(k => !k.Mutant.IsRefuted);
        return kills.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <section id="mutants" data-group aria-labelledby="mutants-heading">
            <h2 id="mutants-heading">Broken on purpose</h2>
            <p>{Summary(kills.Length, survivors)}</p>
            <details{(survivors > 0 ? Html.Trusted(" open") : Html.Empty)}><summary>What killed each of them</summary>
            <div class="wide"><table class="estimates kills">
            <thead><tr><th scope="col">Item</th><th scope="col">Broken</th><th scope="col">Fate</th><th scope="col">By</th><th scope="col">Trials</th><th scope="col">Worst cell</th><th scope="col">Evidence</th></tr></thead>
            <tbody>{kills.OrderBy(k => k.Mutant.IsRefuted).Select(Row)}</tbody>
            </table></div></details>
            </section>
            """);
    }

    private static string Summary(int mutants, int survivors) => survivors == 0
        ? $"All {mutants} theorems that were broken on purpose were refuted by the procedure that decides the true one."
        : $"{survivors} of {mutants} theorems that were broken on purpose survived: as long as one does, the claim is undecided, because its check has not shown that it can fail.";

    private static Html Row(Kill kill) => Html.Of(
        $"""
        <tr data-claim="{kill.Claim.Id}">
        <th scope="row"><a href="#{kill.Claim.Id}">{kill.Claim.Source.Item}</a></th>
        <td>{MathText.ToHtml(kill.Mutant.Name)}</td>
        <td><span class="badge {(kill.Mutant.IsRefuted ? "holds" : "violated")}">{(kill.Mutant.IsRefuted ? "killed" : "survived")}</span></td>
        <td>{kill.Claim.Procedure.Name}</td>
        <td>{kill.Mutant.Observations.Length}</td>
        <td>{(kill.Worst is { } worst ? Html.Of($"{worst.Cell}") : Html.Empty)}</td>
        <td>{MathText.ToHtml(kill.Mutant.Decision.Because)}</td>
        </tr>
        """);
}
