using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Reports.Assemblies;
using Harness.Reports.Ledger;

namespace Harness.Cli;

/// <summary>The claims that a command line can mean: the catalogue's, and those of an assembly of the user.</summary>
/// <param name="Own">The user's, or null.</param>
internal sealed record KnownClaims(ClaimAssembly? Own)
{
    /// <summary>The catalogue, then the user's claims.</summary>
    public IReadOnlyList<Claim> All { get; } = Own is null ? Catalogue.All : [.. Catalogue.All, .. Own.Claims];

    /// <summary>Loads the user's claims.</summary>
    /// <param name="path">The assembly, or null for the catalogue alone.</param>
    public static KnownClaims Load(string? path) => new(path is null ? null : ClaimAssembly.Load(path));

    /// <summary>The claims that words and a paper mean. Without either, those of the assembly where there is one, else the whole catalogue.</summary>
    /// <exception cref="UsageException">A word or the paper selects nothing.</exception>
    public IReadOnlyList<Claim> Select(IReadOnlyList<string> words, string? paper) => Own is not null && words.Count == 0 && paper is null ? Own.Claims : ClaimSelection.Of(All, words, paper);

    /// <summary>What the bits of a run of some claims depend on besides the program: the assembly, where one of them is from it.</summary>
    public AssemblyIdentity? IdentityFor(IEnumerable<Claim> claims) => Own is not null && claims.Intersect(Own.Claims).Any() ? Own.Assembly.Identity : null;
}
