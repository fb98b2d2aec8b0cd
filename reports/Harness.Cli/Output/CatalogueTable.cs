using Harness.Claims;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>The catalogue as a table.</summary>
internal static class CatalogueTable
{
    /// <summary>Writes one row a claim.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<Claim> claims)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            new TableColumn("claim").NoWrap(), new TableColumn("item"), new TableColumn("procedure"), new TableColumn("statement"));
        foreach (var claim in claims)
        {
            var note = claim.Status == ClaimStatus.Gating ? "" : $" ({Words.Of(claim.Status)}: {claim.Reason})";
            table.AddRow(new Text(claim.Id), new Text(claim.Source.Item), new Text(claim.Procedure.Name), new Text(claim.Statement + note));
        }

        console.Write(table);
        console.WriteLine($"{claims.Count} claims. 'harness explain CLAIM' says what one assumes, measures and decides.");
    }
}
