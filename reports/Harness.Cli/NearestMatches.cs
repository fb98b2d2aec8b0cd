namespace Harness.Cli;

/// <summary>The words that a mistyped one may have meant, for "did you mean".</summary>
/// <remarks>
/// Nearness is the smallest edit distance between the word and any part of a candidate (Sellers 1980), so that <c>gradiant-lower</c> finds
/// <c>azls.gradient-lower-bound</c>. A candidate is near when at most a third of the word's letters are wrong.
/// </remarks>
internal static class NearestMatches
{
    /// <summary>At most <paramref name="count"/> candidates, nearest first.</summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> candidates, int count = 3) =>
        [.. candidates
            .Select(candidate => (candidate, Distance: DistanceWithin(candidate, word)))
            .Where(c => c.Distance <= word.Length / 3)
            .OrderBy(c => c.Distance).ThenBy(c => c.candidate.Length).ThenBy(c => c.candidate, StringComparer.Ordinal)
            .Take(count).Select(c => c.candidate)];

    /// <summary>" Did you mean 'a' or 'b'?", or nothing.</summary>
    public static string Question(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { Count: > 0 } nearest ? $" Did you mean {string.Join(" or ", nearest.Select(n => $"'{n}'"))}?" : "";

    private static int DistanceWithin(string text, string word)
    {
        // column[i] is the distance of the first i letters of the word to the best part of the text that ends here; it may begin anywhere.
        var column = Enumerable.Range(0, word.Length + 1).ToArray();
        var best = column[^1];
        foreach (var letter in text)
        {
            var diagonal = column[0];
            for (var i = 1; i <= word.Length; i++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(word[i - 1]) == char.ToLowerInvariant(letter) ? 0 : 1);
                diagonal = column[i];
                column[i] = Math.Min(substituted, 1 + Math.Min(column[i], column[i - 1]));
            }

            best = Math.Min(best, column[^1]);
        }

        return best;
    }
}
