using System.Data.Common;
using DuckDB.NET.Data;
using Harness.Claims;
using Harness.Core.Enclosures;

namespace Harness.Reports.Ledger;

/// <summary>
/// Questions about a run that go over all of its trials, answered by DuckDB on the ledger's own files: what was tried, how far from its bound, over which
/// ranges, with which verdict.
/// </summary>
/// <remarks>
/// A snapshot: the complete lines at the time of opening are loaded into a database in memory, after <see cref="LedgerReader"/> has checked every one, so a
/// damaged line is an error and never a missing row. The JSON reader is built into the native library; nothing is downloaded.
/// It keeps every bit of a number but the signs of zeros and NaNs, which <see cref="LedgerReader"/> keeps too.
/// </remarks>
public sealed class LedgerQueries : IDisposable
{
    private const string Arm = """ claim = $claim AND variant = $variant AND "on" = $on """;

    private readonly DuckDBConnection database = InMemoryDatabase.New();

    private LedgerQueries(RunIdentity identity) => Identity = identity;

    /// <summary>What the observations depend on.</summary>
    public RunIdentity Identity { get; }

    /// <summary>Opens the ledger in a folder, complete or not.</summary>
    /// <exception cref="LedgerException">There is none, or it is damaged.</exception>
    public static LedgerQueries Open(string folder)
    {
        var reader = LedgerReader.Open(folder);
        var queries = new LedgerQueries(reader.Identity);
        try
        {
            queries.database.Open();
            queries.Load(LedgerTables.Observations, reader.Files, path => reader.Entries(path).Count());
            queries.Load(LedgerTables.Verdicts, new[] { LedgerFolder.Verdicts(folder), LedgerFolder.MeasuredVerdicts(folder) }.Where(File.Exists), LedgerReader.CountVerdicts);
            return queries;
        }
        catch
        {
            queries.Dispose();
            throw;
        }
    }

    /// <summary>What was tried, in the order in which each claim, mutant and data set was begun.</summary>
    public IReadOnlyList<ArmSummary> Arms() => Rows(
        """
        SELECT claim, variant, "on", count(*)::INT, count(DISTINCT cell)::INT, min(value / bound), median(value / bound), max(value / bound)
        FROM observations GROUP BY claim, variant, "on" ORDER BY min(rowid)
        """,
        row => new ArmSummary(
            row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetDouble(5), row.GetDouble(6), row.GetDouble(7)));

    /// <summary>The observations of a claim or a mutant on one kind of samples, in the order of the ledger.</summary>
    /// <param name="claim">Id of the claim.</param>
    /// <param name="variant">0 for the claim, k for its k-th mutant.</param>
    /// <param name="on"><see cref="RunIdentity.Generated"/>, or the name of the data set.</param>
    public IReadOnlyList<Observation> Observations(string claim, int variant = 0, string on = RunIdentity.Generated) => Rows(
        $"""
        SELECT cell, trial, calibration, map_keys(variables), map_values(variables), value, radius, bound, "boundRadius", series, retry
        FROM observations WHERE {Arm} ORDER BY rowid
        """,
        row => new Observation(
            row.GetInt32(0),
            row.GetInt32(1),
            row.GetBoolean(2),
            row.GetFieldValue<List<string>>(3).Zip(row.GetFieldValue<List<double>>(4)).Aggregate(Variables.None, (all, v) => all.With(v.First, v.Second)),
            new Ball(row.GetDouble(5), row.GetDouble(6)),
            new Ball(row.GetDouble(7), row.GetDouble(8)),
            [.. row.GetFieldValue<List<double>>(9)]) { IsRetry = row.GetBoolean(10) },
        ("claim", claim), ("variant", variant), ("on", on));

    /// <summary>The range over which each variable was seen, in the order in which observations print them.</summary>
    /// <inheritdoc cref="Observations"/>
    public IReadOnlyList<SeenRange> Ranges(string claim, int variant = 0, string on = RunIdentity.Generated) => Rows(
        $"""
        SELECT symbol, min(seen), max(seen), count(*)::INT
        FROM (SELECT unnest(map_keys(variables)) AS symbol, unnest(map_values(variables)) AS seen, unnest(range(cardinality(variables)::INT)) AS place FROM observations WHERE {Arm})
        GROUP BY symbol ORDER BY min(place), symbol
        """,
        row => new SeenRange(row.GetString(0), row.GetDouble(1), row.GetDouble(2), row.GetInt32(3)),
        ("claim", claim), ("variant", variant), ("on", on));

    /// <summary>The verdicts of the run in the order in which they were written; empty where it did not come to its end.</summary>
    public IReadOnlyList<RecordedVerdict> Verdicts() => Rows(
        """SELECT kind, claim, variant, "on", name, verdict, certified, sense, "largestRadius", because, scope, looseness FROM verdicts ORDER BY rowid""",
        row => new RecordedVerdict(
            row.GetString(0), row.GetString(1), row.GetInt32(2), Text(row, 3), Text(row, 4), Enum.Parse<Verdict>(row.GetString(5), ignoreCase: true), row.GetBoolean(6),
            Text(row, 7), Number(row, 8), Text(row, 9), Text(row, 10), Number(row, 11)));

    /// <summary>Proved beside measured exponents of all findings, in the order in which they were written; empty where the run did not come to its end.</summary>
    public IReadOnlyList<RecordedExponent> Exponents() => Rows(
        """
        SELECT claim, "on", e.symbol, e."from", e."to", e.relation, e.proved, e.measured, e.lower, e.upper, e.margin, looseness
        FROM (SELECT rowid AS line, claim, "on", looseness, unnest(exponents) AS e, unnest(range(len(exponents))) AS place FROM verdicts WHERE kind = 'finding') ORDER BY line, place
        """,
        row => new RecordedExponent(
            row.GetString(0),
            row.GetString(1),
            new(row.GetString(2), row.GetDouble(3), row.GetDouble(4), Enum.Parse<Relation>(row.GetString(5), ignoreCase: true), row.GetDouble(6), row.GetDouble(7), row.GetDouble(8), row.GetDouble(9), row.GetDouble(10)),
            Number(row, 11)));

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private static double? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Loads the lines that were checked: the header and a torn line have none of the columns, and lines that were appended since come after.</summary>
    private void Load(LedgerTable table, IEnumerable<string> files, Func<string, int> count)
    {
        database.Execute(table.Create);
        var before = 0;
        foreach (var (path, lines) in files.Select(path => (path, count(path))).Where(file => file.Item2 > 0))
        {
            database.Execute(table.Fill(path, lines));
            var loaded = Rows($"SELECT count(*)::INT FROM {table.Name}", row => row.GetInt32(0))[0] - before;
            before += loaded;
            if (loaded != lines)
            {
                throw new LedgerException($"{path}: DuckDB reads {loaded} of {lines} lines. This is a defect of the harness.");
            }
        }
    }

    private List<T> Rows<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in arguments)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
