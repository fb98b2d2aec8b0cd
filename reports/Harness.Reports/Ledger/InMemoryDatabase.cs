using DuckDB.NET.Data;

namespace Harness.Reports.Ledger;

/// <summary>DuckDB on files of the ledger: a database in memory that is gone with its connection.</summary>
internal static class InMemoryDatabase
{
    /// <summary>Without network, always: an extension that is not built in is an error here, not a download.</summary>
    private const string ConnectionString = "Data Source=:memory:;autoinstall_known_extensions=false;autoload_known_extensions=false";

    /// <summary>A connection to a new, empty database; not open yet.</summary>
    public static DuckDBConnection New() => new(ConnectionString);

    /// <summary>Runs a statement that gives no rows.</summary>
    public static void Execute(this DuckDBConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
