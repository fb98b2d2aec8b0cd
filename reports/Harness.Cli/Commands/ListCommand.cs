using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Cli.Output;

namespace Harness.Cli.Commands;

/// <summary><c>harness list</c>: the catalogue.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paper = new Option<string?>("--paper") { Description = "Only claims of this paper.", HelpName = "KEY" };
        var format = Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md).");
        var command = new ExemplifiedCommand(
            "list",
            "List the claims of the catalogue.",
            ("harness list", "every claim: id, where it is stated, how it is decided"),
            ("harness list --paper azls --format json", "the claims of one paper, for a program"))
        {
            paper, format,
        };
        command.SetAction(parsed =>
        {
            var claims = ClaimSelection.Of(Catalogue.All, [], parsed.GetValue(paper));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(Json.Text(claims.Select(ClaimJson.Of)));
            }
            else
            {
                CatalogueTable.Write(Terminal.Out, claims);
            }

            return ExitCode.Holds;
        });
        return command;
    }
}
