namespace Harness.Cli.Output;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>For reading.</summary>
    Table,

    /// <summary>For programs; documented and stable.</summary>
    Json,
}

/// <summary>What <c>verify</c> prints.</summary>
/// <param name="Format">A table or JSON.</param>
/// <param name="HasMutants">Whether the kill table is printed beside the verdicts; JSON always has it.</param>
internal sealed record RunOutput(OutputFormat Format, bool HasMutants);
