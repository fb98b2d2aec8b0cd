using System.CommandLine;
using Harness.Cli.Output;

namespace Harness.Cli.Commands;

/// <summary><c>harness schema</c>: what programs may rely on in <c>verdicts.json</c>, written from the types that write it.</summary>
internal static class SchemaCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new ExemplifiedCommand(
            "schema",
            "Print the JSON schema of verdicts.json, which is also what 'verify --format json' prints.",
            ("harness schema > verdicts.schema.json", "for a validator, or to generate types from"));
        command.SetAction(_ =>
        {
            Console.Out.WriteLine(Json.Schema<RunJson>("Verdicts of a run of harness verify"));
            return ExitCode.Holds;
        });
        return command;
    }
}
