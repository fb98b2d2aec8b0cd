using Harness.Claims;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The entries of the catalogue as a table: what is stated, and what answers it.</summary>
internal static class EntryTable
{
    /// <summary>Writes one row an entry.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<EntryCoverage> entries)
    {
        var table = new Table().Border(TableBorder.Simple).ShowRowSeparators().AddColumns(
            new TableColumn("entry").NoWrap(), new TableColumn("item"), new TableColumn("statement"), new TableColumn("status").NoWrap(), new TableColumn("answered by"));
        foreach (var (entry, claims, refusal) in entries)
        {
            IEnumerable<string> answers = claims.Select(c => c.Status == ClaimStatus.Gating ? c.Id : $"{c.Id} ({Words.Of(c.Status)})");
            answers = refusal is null ? answers : answers.Append($"refused: {refusal.Statement}. {refusal.Reason}");
            table.AddRow(
                new Text(entry.Id), new Text($"{entry.Item} ({entry.Paper.Key})"), new Text(entry.Statement),
                new Text(Words.Of(claims.IsEmpty ? ClaimStatus.Refused : claims.Min(c => c.Status))), new Text(string.Join('\n', answers)));
        }

        console.Write(table);
        console.WriteLine(string.Join(", ", entries.GroupBy(e => e.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Words.Of(g.Key)}")) + $" of {entries.Count} entries.");
    }
}
