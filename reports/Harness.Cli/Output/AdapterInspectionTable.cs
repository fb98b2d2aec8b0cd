using System.Globalization;
using Harness.Reports.Adapters;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Inspected adapters as a table, a module a row.</summary>
internal static class AdapterInspectionTable
{
    private const int ShownValues = 4;

    /// <summary>Writes the table; columns that have nothing to say are left out.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<AdapterInspection> inspections)
    {
        var columns = new List<(string Heading, Func<AdapterInspection, string> Cell)>
        {
            ("d × k", i => FormattableString.Invariant($"{i.Rows} × {i.Columns}")),
            ("r", i => i.Rank.ToString(CultureInfo.InvariantCulture)),
            ("α", i => Number(i.Alpha)),
            ("s", i => Number(i.Scale)),
            ("‖ΔW‖_F", i => Number(i.UpdateNorm)),
            ("σ", i => string.Join(' ', i.SingularValues.Take(ShownValues).Select(σ => Number(σ))) + (i.Rank > ShownValues ? " …" : "")),
            ("rank", i => i.NumericalRank.ToString(CultureInfo.InvariantCulture)),
            ("effective", i => Number(i.EffectiveRank)),
        };
        if (inspections.Any(i => i.Similarity is not null))
        {
            columns.Add(("φ(1, 1)", i => Number(i.Similarity is { Length: > 0 } φ && φ[0].Length > 0 ? φ[0][0] : null)));
            columns.Add(("φ(r, r′)", i => Number(i.Similarity is { Length: > 0 } φ && φ[0].Length > 0 ? φ[^1][^1] : null)));
            columns.Add(("chance", i => Number(i.Similarity is { Length: > 0 } φ ? Math.Max(φ.Length, φ[0].Length) / (double)i.Columns : null)));
        }

        if (inspections.Any(i => i.Amplification is not null))
        {
            columns.Add(("amplification", i => Number(i.Amplification)));
        }

        if (inspections.Any(i => i.Floor is not null))
        {
            columns.Add(("‖W′ − W‖_F", i => Number(i.ChangeNorm)));
            columns.Add(("least at r", i => Number(i.Floor)));
            columns.Add(("ΔW's", i => Number(i.Distance)));
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn("module");
        foreach (var (heading, _) in columns)
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var inspection in inspections)
        {
            table.AddRow([Markup.Escape(inspection.Module), .. columns.Select(c => c.Cell(inspection))]);
        }

        console.Write(table);
    }

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>What <c>lora inspect --format json</c> prints. Names and meaning are documented in docs/cli.md and stable.</summary>
internal sealed record AdapterInspectionJson(
    string Module, int Rows, int Columns, int Rank, double? Alpha, double Scale, double UpdateNorm, IReadOnlyList<double> SingularValues, int NumericalRank, double EffectiveRank,
    IReadOnlyList<IReadOnlyList<double>>? Similarity, double? Amplification, double? ChangeNorm, double? Floor, double? Distance)
{
    /// <summary>The objects of inspected modules.</summary>
    public static AdapterInspectionJson[] Of(IEnumerable<AdapterInspection> inspections) =>
    [
        .. inspections.Select(i => new AdapterInspectionJson(
            i.Module, i.Rows, i.Columns, i.Rank, i.Alpha, i.Scale, i.UpdateNorm, i.SingularValues, i.NumericalRank, i.EffectiveRank,
            i.Similarity is { } rows ? [.. rows.Select(row => (IReadOnlyList<double>)row)] : null, i.Amplification, i.ChangeNorm, i.Floor, i.Distance)),
    ];
}
