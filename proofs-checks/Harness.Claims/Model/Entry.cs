using System.Collections.Immutable;

namespace Harness.Claims;

/// <summary>An entry of the catalogue: a statement of a paper that can be checked. Claims answer it, or it is refused with a reason; nothing is passed over in silence.</summary>
/// <param name="Id">"C29"; unique over all papers.</param>
/// <param name="Paper">Where it is stated.</param>
/// <param name="Item">Theorem, lemma or section.</param>
/// <param name="Statement">The statement in short.</param>
public sealed record Entry(string Id, Paper Paper, string Item, string Statement);

/// <summary>What of an entry is not tried, and why.</summary>
/// <param name="Entry">Id of the entry.</param>
/// <param name="Paper">Where it is stated.</param>
/// <param name="Statement">The entry, or the part of it that claims leave open.</param>
/// <param name="Reason">Why, in a sentence or two for a reader who wanted it.</param>
public sealed record Refusal(string Entry, Paper Paper, string Statement, string Reason);

/// <summary>What answers an entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Claims">Claims that name it, in the order of the catalogue.</param>
/// <param name="Refusal">What of it is not tried; null where nothing is left open.</param>
public sealed record EntryCoverage(Entry Entry, ImmutableArray<Claim> Claims, Refusal? Refusal)
{
    /// <summary>The strongest that is said of it: gating if any claim gates, refused if there is none.</summary>
    public ClaimStatus Status => Claims.IsEmpty ? ClaimStatus.Refused : Claims.Min(c => c.Status);

    /// <summary>How each entry is answered, in the order of the entries.</summary>
    public static IReadOnlyList<EntryCoverage> Of(IEnumerable<Entry> entries, IReadOnlyList<Claim> claims, IReadOnlyList<Refusal> refusals) =>
        [.. entries.Select(entry => new EntryCoverage(entry, [.. claims.Where(c => c.Source.Entries.Contains(entry.Id))], refusals.FirstOrDefault(r => r.Entry == entry.Id)))];
}
