using System.Globalization;
using Harness.Claims;
using Harness.Core.Enclosures;

namespace Harness.Cli.Output;

/// <summary>One trial with every digit: its variables, what was observed, and against what.</summary>
internal static class TrialText
{
    /// <summary>The trial in lines. Numbers are written so that they can be read back: two trials have the same text exactly if they have the same bits.</summary>
    public static string Of(WorkItem item, Observation observation)
    {
        var claim = item.Claim;
        List<string> lines = [$"{claim.Id}: {claim.Statement}"];
        if (item.Variant > 0)
        {
            lines.Add($"mutant      {claim.Mutants[item.Variant - 1].Name}");
        }

        lines.Add($"instances   {item.Experiment.Hypotheses}{(item.Data is { } data ? $"; drawn from {data.Name}" : "")}");
        lines.Add($"variables   {string.Join(", ", observation.Variables.Select(v => $"{v.Key} = {Digits(v.Value)}"))}");
        lines.Add($"observed    {claim.Quantity} = {Digits(observation.Value)}");
        if (observation.IsRetry)
        {
            lines.Add("            at higher precision: the first measurement was too wide to decide on");
        }

        lines.Add($"against     {claim.Against} = {Digits(observation.Bound)}");
        lines.Add($"ratio       {Digits(observation.Value.Midpoint / observation.Bound.Midpoint)}");
        lines.Add($"calibrates  {(observation.IsCalibration && claim.Procedure.Calibrates ? "yes: hidden constants are fitted here" : "no")}");
        if (!observation.Series.IsEmpty)
        {
            lines.Add($"series      {string.Join(", ", observation.Series.Select(Digits))}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Digits(Ball ball) =>
        ball.Radius == 0 ? $"{Digits(ball.Midpoint)} (exact)"
        : double.IsNaN(ball.Radius) ? $"{Digits(ball.Midpoint)} (rounding not tracked)"
        : $"{Digits(ball.Midpoint)} ± {Digits(ball.Radius)}";
}
