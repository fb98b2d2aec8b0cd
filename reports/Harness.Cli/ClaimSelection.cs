using System.IO.Enumeration;
using Harness.Claims;

namespace Harness.Cli;

/// <summary>Which claims of the catalogue a command line means: ids, globs such as <c>azls.*</c>, ids of the project's list of statements such as <c>C29</c>.</summary>
internal static class ClaimSelection
{
    /// <summary>The selected claims in the order of the catalogue.</summary>
    /// <param name="catalogue">All claims.</param>
    /// <param name="words">What the user wrote; none selects everything.</param>
    /// <param name="paper">Key of the paper to stay within, or null.</param>
    /// <exception cref="UsageException">A word or the paper selects nothing; the message has the nearest names.</exception>
    public static IReadOnlyList<Claim> Of(IReadOnlyList<Claim> catalogue, IReadOnlyList<string> words, string? paper)
    {
        var within = catalogue;
        if (paper is not null)
        {
            within = [.. catalogue.Where(c => Same(c.Source.Paper.Key, paper))];
            if (within.Count == 0)
            {
                var keys = catalogue.Select(c => c.Source.Paper.Key).Distinct().ToList();
                throw new UsageException($"--paper {paper}: no claim of the catalogue is from such a paper. The papers are: {string.Join(", ", keys)}.");
            }
        }

        foreach (var word in words)
        {
            if (!within.Any(claim => Means(word, claim)))
            {
                if (Claims.Catalogue.Entries.Refusals.FirstOrDefault(r => Same(r.Entry, word)) is { } refusal)
                {
                    throw new UsageException($"{refusal.Entry}, {refusal.Statement}, is refused: {refusal.Reason}");
                }

                throw new UsageException($"There is no claim '{word}'{(paper is null ? "" : $" in paper {paper}")}.{NearestMatches.Question(word, within.SelectMany(c => c.Source.Entries.Prepend(c.Id)))} 'harness list' shows them all.");
            }
        }

        return words.Count == 0 ? within : [.. within.Where(claim => words.Any(word => Means(word, claim)))];
    }

    /// <summary>The entries that a paper states.</summary>
    /// <exception cref="UsageException">It states none.</exception>
    public static IReadOnlyList<EntryCoverage> Entries(IReadOnlyList<EntryCoverage> all, string? paper)
    {
        EntryCoverage[] within = [.. all.Where(e => paper is null || Same(e.Entry.Paper.Key, paper))];
        return within.Length > 0 ? within
            : throw new UsageException($"--paper {paper}: no entry is from such a paper. The papers are: {string.Join(", ", all.Select(e => e.Entry.Paper.Key).Distinct())}.");
    }

    /// <summary>The one claim that a word means.</summary>
    /// <exception cref="UsageException">None or several.</exception>
    public static Claim Single(IReadOnlyList<Claim> catalogue, string word)
    {
        var found = Of(catalogue, [word], null);
        return found.Count == 1 ? found[0] : throw new UsageException($"'{word}' means {found.Count} claims: {string.Join(", ", found.Select(c => c.Id))}. Name one.");
    }

    private static bool Means(string word, Claim claim) =>
        FileSystemName.MatchesSimpleExpression(word, claim.Id) || claim.Source.Entries.Any(id => Same(id, word));

    /// <summary>Whether two words are the same but for case.</summary>
    internal static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
