namespace Harness.Claims.Catalogue;

/// <summary>The lists of entries that the catalogue answers, one a theory.</summary>
public static class Entries
{
    /// <summary>Every entry, list by list.</summary>
    public static IReadOnlyList<Entry> All { get; } = [.. ConvergenceEntries.All, .. DecayEntries.All, .. PiecewiseAffineEntries.All, .. SpanEntries.All, .. TransferEntries.All, .. AdapterEntries.All];

    /// <summary>Every refusal.</summary>
    public static IReadOnlyList<Refusal> Refusals { get; } = [.. ConvergenceEntries.Refusals, .. DecayEntries.Refusals, .. PiecewiseAffineEntries.Refusals, .. TransferEntries.Refusals, .. AdapterEntries.Refusals];

    /// <summary>How the catalogue answers each entry.</summary>
    public static IReadOnlyList<EntryCoverage> Coverage { get; } = EntryCoverage.Of(All, Catalogue.All, Refusals);
}
