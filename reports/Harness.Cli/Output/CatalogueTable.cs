using Harness.Claims;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The catalogue as a table.</summary>
internal static class CatalogueTable
{
    /// <summary>Writes one row a claim, and one for each statement that is refused.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<Claim> claims, IReadOnlyList<Refusal> refusals)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            new TableColumn("claim").NoWrap(), new TableColumn("entry").NoWrap(), new TableColumn("item"), new TableColumn("procedure"), new TableColumn("statement"));
        foreach (var claim in claims)
        {
            var note = claim.Status == ClaimStatus.Gating ? "" : $" ({Words.Of(claim.Status)}: {claim.Reason})";
            table.AddRow(new Text(claim.Id), new Text(string.Join(' ', claim.Source.Entries)), new Text(claim.Source.Item), new Text(claim.Procedure.Name), new Text(claim.Statement + note));
        }

        foreach (var refusal in refusals)
        {
            table.AddRow(new Text("refused"), new Text(refusal.Entry), new Text($"of {refusal.Paper.Authors}"), new Text(""), new Text($"{refusal.Statement}: {refusal.Reason}"));
        }

        console.Write(table);
        var exploratory = claims.Count(c => c.Status == ClaimStatus.Exploratory);
        console.WriteLine($"{claims.Count} claims, {exploratory} of them exploratory; {refusals.Count} statements refused. 'harness explain CLAIM' says what one assumes, measures and decides.");
    }
}
