using Harness.Claims;
using Harness.Core.Data;
using Harness.Reports.Ledger;

namespace Harness.Reports.Runs;

/// <summary>What a run verifies.</summary>
/// <param name="Claims">The claims, in the order of the report; refused ones are left out by the run.</param>
/// <param name="Profile">How much is tried.</param>
/// <param name="Seed">Seed of every random number.</param>
/// <param name="Data">Real samples as the paper normalises them, or null.</param>
public sealed record RunPlan(IReadOnlyList<Claim> Claims, Profile Profile, ulong Seed, DataSet? Data)
{
    /// <summary>Where claims beside the catalogue's came from; null where there are none.</summary>
    public AssemblyIdentity? Assembly { get; init; }
}
