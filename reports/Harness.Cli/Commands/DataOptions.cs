using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>Which samples a command works on: <c>--data FILE|none [--rows N] [--label last|first|NAME|INDEX]</c>.</summary>
internal sealed class DataOptions
{
    private const string NoData = "none";

    private readonly Option<string?> file = new("--data")
    {
        Description = "A table of samples: one row each, comma, semicolon or tab between columns, with or without a header. Default: the digits that come with the program. 'none' for no data.",
        HelpName = "FILE",
    };

    private readonly Option<int?> rows = new("--rows") { Description = "Take the first N samples.", HelpName = "N" };

    private readonly Option<string?> label = new("--label") { Description = "The column to predict. Default: the last.", HelpName = "last|first|NAME|INDEX" };

    /// <summary>The data that ship with the program.</summary>
    public static string ShippedFile { get; } = Path.Combine(AppContext.BaseDirectory, "data", "digits.csv");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        rows.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var n) && n < 2)
            {
                result.AddError($"--rows {n}: at least 2 samples are needed, since δ is a distance between two.");
            }
        });
        command.Options.Add(file);
        command.Options.Add(rows);
        command.Options.Add(label);
    }

    /// <summary>Whether the command line says anything about data.</summary>
    public bool IsGiven(ParseResult parsed) => new Option[] { file, rows, label }.Any(o => parsed.GetResult(o) is { Implicit: false });

    /// <summary>Reads and normalises the samples.</summary>
    /// <returns>Null for <c>--data none</c>.</returns>
    public InputData? Read(ParseResult parsed)
    {
        var path = parsed.GetValue(file) ?? ShippedFile;
        return path == NoData ? null : InputData.Read(path, parsed.GetValue(rows), parsed.GetValue(label));
    }
}
