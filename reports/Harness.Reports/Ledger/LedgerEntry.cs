using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>A trial and what it observed: one line of the ledger.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Observation">What it observed.</param>
public sealed record LedgerEntry(ReplayKey Key, Observation Observation)
{
    /// <summary><see cref="RunIdentity.Generated"/>, or the name of the data set.</summary>
    public string On => Key.Data ?? RunIdentity.Generated;
}
