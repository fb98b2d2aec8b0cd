using System.Globalization;

namespace Harness.Claims.Fuzzing;

/// <summary>The name of a case, from which every number of it follows.</summary>
/// <param name="Target">What is fuzzed.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Index">Which of the target's cases, from zero.</param>
public readonly record struct FuzzKey(string Target, ulong Seed, long Index)
{
    private const string SeedMark = "seed-", CaseMark = "case-";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no key.</exception>
    public static FuzzKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var index = 0L;
        return text.Split('/') is [{ Length: > 0 } target, var seedPart, var casePart]
            && seedPart.StartsWith(SeedMark, StringComparison.Ordinal) && casePart.StartsWith(CaseMark, StringComparison.Ordinal)
            && ulong.TryParse(seedPart.AsSpan(SeedMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            && long.TryParse(casePart.AsSpan(CaseMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index)
            ? new(target, seed, index)
            : throw new FormatException($"'{text}' names no case. A case is TARGET/{SeedMark}N/{CaseMark}N, such as loss/{SeedMark}1/{CaseMark}42.");
    }

    /// <summary>TARGET/seed-N/case-N.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Target}/{SeedMark}{Seed}/{CaseMark}{Index}");
}
