using System.Globalization;
using Harness.Cli.Output;
using Harness.Reports.Ledger;

namespace Harness.Cli;

/// <summary>Where runs are kept: one folder a run, never written over.</summary>
internal static class RunFolder
{
    /// <summary>Where runs go that were not sent elsewhere, in the current folder.</summary>
    public const string Home = "harness-out";

    /// <summary>The file of measured benchmarks in it.</summary>
    public const string PerformanceLedger = "performance.jsonl";

    /// <summary>The folder of a new run.</summary>
    /// <param name="chosen">What the user asked for, or null.</param>
    /// <param name="request">What the run is asked for; part of it is in the name.</param>
    /// <exception cref="UsageException">The chosen folder has a run already.</exception>
    public static string New(string? chosen, RunRequest request)
    {
        if (chosen is not null)
        {
            return !RunRequest.IsIn(chosen) && !File.Exists(LedgerFolder.Observations(chosen)) ? chosen
                : throw new UsageException($"{chosen} has a run already. Add --resume to continue it, or choose another folder with --out.");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Words.Of(request.Profile)}-seed-{request.Seed}");
        var folder = Path.Combine(Home, name);
        for (var k = 2; Directory.Exists(folder); k++)
        {
            folder = Path.Combine(Home, string.Create(CultureInfo.InvariantCulture, $"{name}-{k}"));
        }

        return folder;
    }

    /// <summary>The folder of a run that was begun.</summary>
    /// <param name="chosen">What the user asked for, or null for the latest run.</param>
    /// <exception cref="UsageException">There is no such run.</exception>
    public static string Begun(string? chosen)
    {
        if (chosen is not null)
        {
            return RunRequest.IsIn(chosen) ? chosen : throw new UsageException($"{chosen} has no run to continue: there is no {RunRequest.FileName} in it.");
        }

        // Names begin with the time, so the last name is the latest run.
        var latest = Directory.Exists(Home) ? Directory.GetDirectories(Home).Where(RunRequest.IsIn).Max(StringComparer.Ordinal) : null;
        return latest ?? throw new UsageException($"There is no run in {Home} to continue. Name its folder with --out.");
    }
}
