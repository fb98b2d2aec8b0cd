using System.CommandLine;
using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Cli.Output;

namespace Harness.Cli.Commands;

/// <summary><c>harness list</c>: the catalogue.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var paper = new Option<string?>("--paper") { Description = "Only claims, or entries, of this paper.", HelpName = "KEY" };
        Candidates.AddPapers(paper.CompletionSources);
        var entries = new Option<bool>("--entries") { Description = "Entry by entry: what the papers state, and which claims answer it or why none does." };
        var format = Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md).");
        var own = new ClaimsOption(", listed in the catalogue's place; with --paper, beside it");
        var command = new ExemplifiedCommand(
            "list",
            "List the claims of the catalogue.",
            ("harness list", "every claim: id, which entries it answers, where it is stated, how it is decided"),
            ("harness list --entries", "every statement of the papers, and what answers it"),
            ("harness list --paper azls --format json", "the claims of one paper, for a program"),
            ("harness list --claims MyClaims.dll", "the claims of an assembly of your own"))
        {
            paper, entries, format,
        };
        own.AddTo(command);
        command.SetAction(parsed =>
        {
            var (key, json) = (parsed.GetValue(paper), parsed.GetValue(format) == OutputFormat.Json);
            if (parsed.GetValue(entries))
            {
                if (own.Path(parsed) is not null)
                {
                    throw new UsageException($"--entries lists what the papers of the catalogue state; an assembly has claims alone. Leave out {ClaimsOption.Name}, or --entries.");
                }

                ListEntries(ClaimSelection.Entries(Entries.Coverage, key), json);
            }
            else
            {
                var known = own.Read(parsed);
                ListClaims(known.Select([], key), known.Own is null || key is not null ? [.. Entries.Refusals.Where(r => key is null || ClaimSelection.Same(r.Paper.Key, key))] : [], json);
            }

            return ExitCode.Holds;
        });
        return command;
    }

    private static void ListEntries(IReadOnlyList<EntryCoverage> entries, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(Json.Text(entries.Select(EntryJson.Of)));
        }
        else
        {
            EntryTable.Write(Terminal.Out, entries);
        }
    }

    private static void ListClaims(IReadOnlyList<Claim> claims, IReadOnlyList<Refusal> refusals, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(Json.Text(claims.Select(ClaimJson.Of)));
        }
        else
        {
            CatalogueTable.Write(Terminal.Out, claims, refusals);
        }
    }
}
