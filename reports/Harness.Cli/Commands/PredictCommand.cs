using System.CommandLine;
using System.Globalization;
using Harness.Core.Networks;

namespace Harness.Cli.Commands;

/// <summary><c>harness predict</c>: whether gradient descent on a wide two-layer network is proved to converge on a data set, how fast, and the run that shows it.</summary>
internal static class PredictCommand
{
    private const string Expected = "relu, abs, or leaky:X with X the slope on the left, such as leaky:0.1";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A table of samples: one row each, comma, semicolon or tab between columns, with or without a header." };
        var rows = Numbers.OptionalCount("--rows", "Take the first N samples.", "N");
        var label = new Option<string?>("--label") { Description = "The column to predict: numbers, or classes. Default: the last.", HelpName = "last|first|NAME|INDEX" };
        var positive = new Option<string?>("--class") { Description = "The class whose target is 1; all others have −1. Default: the first one.", HelpName = "NAME" };
        var width = Numbers.Count("--width", "m, the number of neurons; even, since they come in mirrored pairs.", 20_000);
        var activation = new WordedOption<PiecewiseAffine>("--activation", "relu")
        {
            Description = "max(z, 0), |z| or max(z, Xz).",
            HelpName = "relu|abs|leaky:X",
            DefaultValueFactory = _ => PiecewiseAffine.Rectifier,
            CustomParser = result =>
            {
                if (Parse(result.Tokens[0].Value) is { } parsed)
                {
                    return parsed;
                }

                result.AddError($"--activation {result.Tokens[0].Value}: expected {Expected}.");
                return null;
            },
        };
        Candidates.Replace(activation.CompletionSources, "relu", "abs", "leaky:0.1");
        var scale = Numbers.Optional("--target-scale", "A factor of all targets: the theory is one of small ones. Default: 1.", "X", x => x > 0, "a positive number, such as 1e-3");
        var steps = Numbers.Count("--steps", "T, the number of steps.", 200);
        var seed = Numbers.Seed();
        var command = new ExemplifiedCommand(
            "predict",
            "Prove, from the initialisation alone, how fast gradient descent on a wide two-layer network converges on your data; then run it and compare.",
            ("harness predict mine.csv --rows 5 --target-scale 1e-3", "five samples, 20,000 rectifiers"),
            ("harness predict mine.csv --label species --class setosa --rows 6 --width 200000 --activation abs --target-scale 0.01", "one class against the others"),
            ("harness predict mine.csv --activation leaky:0.1 --steps 1000", "where the certificate is not active: what fails, and by how much"))
        {
            file, rows, label, positive, width, activation, scale, steps, seed,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Prediction.Run(
                new(
                    InputData.Read(parsed.GetRequiredValue(file), parsed.GetValue(rows), parsed.GetValue(label), Prediction.Require),
                    parsed.GetValue(positive),
                    parsed.GetValue(width),
                    parsed.GetRequiredValue(activation),
                    parsed.GetValue(scale) ?? 1,
                    parsed.GetValue(steps),
                    parsed.GetValue(seed)),
                Console.Out,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static PiecewiseAffine? Parse(string text) => text switch
    {
        "relu" => PiecewiseAffine.Rectifier,
        "abs" => PiecewiseAffine.AbsoluteValue,
        _ when text.StartsWith("leaky:", StringComparison.Ordinal)
            && double.TryParse(text["leaky:".Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var slope) && Math.Abs(slope) <= 1e6 => PiecewiseAffine.WithSlopes(slope, 1),
        _ => null,
    };
}
