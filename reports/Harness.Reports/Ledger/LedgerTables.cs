using System.Globalization;

namespace Harness.Reports.Ledger;

/// <summary>A table that DuckDB fills from a file of the ledger.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="Columns">Columns and types: the fields of a line that are queried.</param>
internal sealed record LedgerTable(string Name, params (string Name, string Type)[] Columns)
{
    /// <summary>The statement that creates the table, empty.</summary>
    public string Create => $"CREATE TABLE {Name} ({string.Join(", ", Columns.Select(c => $"\"{c.Name}\" {c.Type}"))})";

    /// <summary>The statement that appends the first lines of a file to the table, in their order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">How many lines to take, at least 1, besides those that have no claim.</param>
    public string Fill(string path, int lines) => string.Create(CultureInfo.InvariantCulture, $$"""
        INSERT INTO {{Name}}
        SELECT * FROM read_json({{Literal(EscapedGlob(Path.GetFullPath(path)))}}, format = 'newline_delimited', ignore_errors = true, columns = {
            {{string.Join(", ", Columns.Select(c => $"\"{c.Name}\": {Literal(c.Type)}"))}} })
        WHERE claim IS NOT NULL LIMIT {{lines}}
        """);

    /// <summary>A list of files for DuckDB's readers.</summary>
    public static string Files(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(path => Literal(EscapedGlob(Path.GetFullPath(path)))))}]";

    /// <summary>A path is a pattern to DuckDB: a folder called <c>run[1]</c> is not the folder <c>run1</c>.</summary>
    private static string EscapedGlob(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : $"{c}"));

    /// <summary>A text as SQL has it.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>The tables of a ledger.</summary>
internal static class LedgerTables
{
    /// <summary>See <see cref="ObservationLine"/>.</summary>
    public static LedgerTable Observations { get; } = new(
        "observations",
        ("claim", "VARCHAR"), ("variant", "INTEGER"), ("on", "VARCHAR"), ("cell", "INTEGER"), ("trial", "INTEGER"), ("calibration", "BOOLEAN"),
        ("variables", "MAP(VARCHAR, DOUBLE)"), ("value", "DOUBLE"), ("radius", "DOUBLE"), ("bound", "DOUBLE"), ("boundRadius", "DOUBLE"), ("series", "DOUBLE[]"), ("retry", "BOOLEAN"));

    /// <summary>See <see cref="VerdictLine"/>.</summary>
    public static LedgerTable Verdicts { get; } = new(
        "verdicts",
        ("kind", "VARCHAR"), ("claim", "VARCHAR"), ("variant", "INTEGER"), ("on", "VARCHAR"), ("name", "VARCHAR"), ("verdict", "VARCHAR"), ("certified", "BOOLEAN"),
        ("sense", "VARCHAR"), ("medianRadius", "DOUBLE"), ("largestRadius", "DOUBLE"),
        ("because", "VARCHAR"), ("scope", "VARCHAR"), ("looseness", "DOUBLE"),
        ("exponents", """STRUCT(symbol VARCHAR, "from" DOUBLE, "to" DOUBLE, relation VARCHAR, proved DOUBLE, measured DOUBLE, lower DOUBLE, upper DOUBLE, margin DOUBLE)[]"""));
}
