using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Files;

namespace Harness.Cli.Commands;

/// <summary><c>harness span</c>: effective span dimension and span profile of a user's coefficients under a user's spectrum.</summary>
internal static class SpanCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Delimited text, one coefficient a line, with or without a line of column names." };
        var values = new Option<string>("--values") { Description = "Column of the coefficients θ: its name or its number.", HelpName = "COLUMN", DefaultValueFactory = _ => "1" };
        var spectrum = new Option<string?>("--spectrum") { Description = "Column of the spectrum λ. Without it, coefficients count in the order of the lines.", HelpName = "COLUMN" };
        var noise = Numbers.Optional("--noise", "Variance σ² of the noise of a coefficient: σ₀²/n in regression.", "X", value => value > 0, "a positive number, such as 1e-4");
        var command = new ExemplifiedCommand(
            "span",
            "Effective span dimension of coefficients under a spectrum: how many principal components the noise lets one keep, what that costs, and what the best order would give.",
            ("harness span coefficients.csv --values theta --spectrum lambda --noise 1e-4", "columns by name"),
            ("harness span coefficients.csv --values 2 --noise 1e-4", "the second column, in the order of the lines"))
        {
            file, values, spectrum, noise,
        };
        command.SetAction(parsed =>
        {
            var variance = parsed.GetValue(noise) ?? throw new UsageException("span needs --noise: the variance σ² of the noise of a coefficient, σ₀²/n in regression.");
            var (coefficients, eigenvalues) = CoefficientFile.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(values), parsed.GetValue(spectrum));
            SpanTable.Write(Terminal.Out, coefficients, eigenvalues, variance);
            return ExitCode.Holds;
        });
        return command;
    }
}
