using System.Globalization;
using Harness.Claims;

namespace Harness.Cli.Output;

/// <summary>The words that output has for the values of the claim model: the same in tables, in JSON and on the command line.</summary>
internal static class Words
{
    /// <summary>"holds", "violated", "undecided".</summary>
    public static string Of(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    /// <summary>"gating", "exploratory", "refused".</summary>
    public static string Of(ClaimStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>"gate", "standard", "thorough".</summary>
    public static string Of(Profile profile) => profile.ToString().ToLowerInvariant();

    /// <summary>How far a wording can be trusted, as a reader of the paper would say it.</summary>
    public static string Of(Provenance provenance) => provenance switch
    {
        Provenance.Stated => "stated in the paper",
        Provenance.Derived => "derived from the paper",
        _ => "neither confirmed nor derived",
    };

    /// <summary>"45 s", "12.5 min", "3.2 h", "11 d".</summary>
    public static string Of(TimeSpan time)
    {
        var (value, unit) = time.TotalSeconds < 100 ? (time.TotalSeconds, "s") : time.TotalMinutes < 100 ? (time.TotalMinutes, "min") : time.TotalHours < 72 ? (time.TotalHours, "h") : (time.TotalDays, "d");
        return string.Create(CultureInfo.InvariantCulture, $"{value:G3} {unit}");
    }

    /// <summary>"round 1", or "timed round 1" where trials run one at a time.</summary>
    /// <param name="round">0 for the first.</param>
    /// <param name="isTimed">Whether times are observed.</param>
    public static string Round(int round, bool isTimed) => string.Create(CultureInfo.InvariantCulture, $"{(isTimed ? "timed " : "")}round {round + 1}");
}
