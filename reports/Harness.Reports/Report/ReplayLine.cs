using System.Text.RegularExpressions;
using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>The command that repeats one trial, ready to be pasted into a POSIX shell.</summary>
internal static partial class ReplayLine
{
    /// <summary><c>harness replay azls.gradient-lower-bound/standard/claim/cell-3/trial-1/seed-42</c>, with the arguments for the user's claims and for the data where they matter.</summary>
    public static string Of(ReportModel model, ClaimPage page, Sample sample, Observation trial)
    {
        var key = new ReplayKey(page.Claim.Id, model.Run.Profile, 0, sample.IsData ? sample.On : null, trial.Cell, trial.Trial, model.Run.Seed);
        string[] words = ["harness", "replay", key.ToString(), .. model.Assembly?.Arguments ?? [], .. sample.IsData && model.Data is { } data ? data.Arguments : []];
        return string.Join(' ', words.Select(Quoted));
    }

    /// <summary>A word that a shell takes literally: a file may be called <c>a; rm -rf b</c>, and the line is there to be pasted.</summary>
    internal static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9@%+=:,./_\-]+\z")]
    private static partial Regex Plain();
}
