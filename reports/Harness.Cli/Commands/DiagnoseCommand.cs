using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Diagnoses;

namespace Harness.Cli.Commands;

/// <summary><c>harness diagnose</c>: what the theory says of a user's data and network, measured on them.</summary>
internal static class DiagnoseCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A table of samples: one row each, comma, semicolon or tab between columns, with or without a header. Default: the digits that come with the program.",
            DefaultValueFactory = _ => DataOptions.ShippedFile,
        };
        var label = new Option<string?>("--label") { Description = "The column to predict: numbers, or classes. Default: the only column of text, else the last.", HelpName = "last|first|NAME|INDEX" };
        var rows = Numbers.Count("--rows", "Draw N rows at random from a file that has more, without replacement, by --seed. At least 2.", DiagnosisSettings.StandardRows);
        rows.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "1" }])
            {
                result.AddError("--rows 1: at least 2 samples are needed, since δ is a distance between two.");
            }
        });
        var kernelRows = Numbers.OptionalCount(
            "--kernel-rows", $"Of these, draw N different ones for kernels and training. Default: as many as make a kernel of {DiagnosisSettings.StandardOrder} rows, n·d.", "N");
        var depth = Numbers.Count("--depth", "L, the number of trained hidden layers.", 3);
        var width = Numbers.Count("--width", "m, the width of the hidden layers.", 512);
        var steps = Numbers.Count("--steps", "T, the most steps of gradient descent.", 500);
        var accuracy = Numbers.Optional("--accuracy", "ε: training has arrived when F(W) ≤ ε F(W⁽⁰⁾). Default: 0.1.", "ε", ε => ε is > 0 and < 1, "a number between 0 and 1, such as 0.1");
        var (seed, format) = (Numbers.Seed(), Choice.Of("--format", OutputFormat.Table, "Tables to read, or JSON for programs (see docs/cli.md)."));
        var output = new Option<string?>("--out") { Description = "The page to write, one HTML file. Default: a new one in harness-out.", HelpName = "FILE.html" };
        var command = new ExemplifiedCommand(
            "diagnose",
            "Tell what the theory says of your data and network: can it be learnt, how fast, how far the weights move, how wide theorems want it; predicted, measured, and in plain words.",
            ("harness diagnose mine.csv", "the whole diagnosis, and a page with plots"),
            ("harness diagnose mine.csv --label species --depth 2 --width 2048", "another network"),
            ("harness diagnose big.csv --rows 20000 --kernel-rows 200 --steps 2000", "more of a large file, for longer"),
            ("harness diagnose mine.csv --format json --out mine.html > mine.json", "for a program; progress goes to standard error"))
        {
            file, label, rows, kernelRows, depth, width, steps, accuracy, seed, format, output,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Diagnose.Run(
                new(
                    parsed.GetRequiredValue(file),
                    parsed.GetValue(label),
                    parsed.GetValue(rows),
                    new(parsed.GetValue(depth), parsed.GetValue(width), parsed.GetValue(steps), parsed.GetValue(accuracy) ?? 0.1, parsed.GetValue(kernelRows), parsed.GetValue(seed)),
                    parsed.GetValue(format),
                    parsed.GetValue(output)),
                cancellation),
            CancellationToken.None));
        return command;
    }
}
