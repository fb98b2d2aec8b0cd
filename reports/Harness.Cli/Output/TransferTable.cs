using System.Globalization;
using Harness.Claims;
using Harness.Reports.Transfer;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Costs of adaptation as a table: one row an estimator, one column a size of the sources.</summary>
internal static class TransferTable
{
    /// <summary>Writes the table, and what the user's own estimators were judged to be.</summary>
    public static void Write(IAnsiConsole console, TransferStudy study, IReadOnlyList<IReadOnlyList<AdaptationCost>> costs, IReadOnlyList<(string Name, Outcome? Outcome)> judged)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("estimator").NoWrap());
        foreach (var ratio in study.Ratios)
        {
            table.AddColumn(new TableColumn(string.Create(CultureInfo.InvariantCulture, $"n/n₀ = {ratio:G4}")).RightAligned().NoWrap());
            table.AddColumn(new TableColumn("ordered").RightAligned().NoWrap());
        }

        for (var row = 0; row < costs[0].Count; row++)
        {
            table.AddRow([new Text(costs[0][row].Estimator), .. costs.SelectMany(column => new[] { Cell(column[row].Any), Cell(column[row].Ordered) })]);
        }

        table.AddRow([new Text("any estimator, at least"), .. study.Ratios.SelectMany(ratio => new[] { new Text(Number(study.LowerBound(ratio))), new Text("") })]);
        console.Write(table);
        console.WriteLine(
            $"Largest risk/oracle risk over {BiasConfiguration.All(study.Sources).Count} configurations of biases, K = {study.Sources}, d = {study.Dimension}, ± its standard error; 'ordered': over those with the sources in the order of their biases.");
        foreach (var (name, outcome) in judged)
        {
            console.WriteLine(Judgement(name, outcome));
        }
    }

    private static string Judgement(string name, Outcome? outcome) => outcome?.Findings[0].Decision switch
    {
        null => $"{name}: not judged; it supports two sources neither in one dimension nor in nine.",
        { Verdict: Verdict.Violated } decision => $"{name}: BEATS the bound for two sources, which no function of the means can: a defect, or news. {decision.Because}",
        { Verdict: Verdict.Holds } decision => $"{name}: obeys the bound for two sources. {decision.Because}",
        var decision => $"{name}: undecided. {decision.Because}",
    };

    private static Text Cell(WorstRatio? worst) => new(worst is null ? "–" : $"{Number(worst.Ratio)} ± {worst.StandardError.ToString("G2", CultureInfo.InvariantCulture)}");

    private static string Number(double value) => value.ToString(value < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);
}
