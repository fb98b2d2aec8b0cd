namespace Harness.Cli.Output;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>For reading.</summary>
    Table,

    /// <summary>For programs; documented and stable.</summary>
    Json,
}
