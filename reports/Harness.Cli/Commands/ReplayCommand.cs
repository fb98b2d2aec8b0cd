using System.CommandLine;
using Harness.Claims;
using Harness.Cli.Output;
using Harness.Core.Data;
using Harness.Reports.Ledger;
using Harness.Reports.Runs;

namespace Harness.Cli.Commands;

/// <summary><c>harness replay KEY</c>: computes one trial again, bit for bit but for times, and shows what it sees.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "Key of a trial, from a verdict, the report or the ledger." };
        var data = new DataOptions();
        var folder = new Option<string?>("--out") { Description = "Folder of a run: compare with what its ledger has for this trial.", HelpName = "DIR" };
        var own = new ClaimsOption(" KEY can name too");
        var command = new ExemplifiedCommand(
            "replay",
            "Compute one trial again and show what it observes.",
            ("harness replay azls.gradient-lower-bound/standard/claim/cell-3/trial-1/seed-1", "the trial as the run saw it"),
            ("harness replay azls.gradient-lower-bound/gate/claim@mine.csv/cell-0/trial-0/seed-1 --data mine.csv", "a trial on samples of your own"))
        {
            key, folder,
        };
        data.AddTo(command);
        own.AddTo(command);
        command.SetAction(parsed => Replay(Parse(parsed.GetRequiredValue(key)), own.Read(parsed).All, () => data.Read(parsed), parsed.GetValue(folder)));
        return command;
    }

    private static int Replay(ReplayKey key, IReadOnlyList<Claim> known, Func<InputData?> readData, string? folder)
    {
        var item = Find(key, known, key.Data is null ? null : Samples(key, readData()));
        var trial = TrialText.Of(item, Observe(item, key));
        Console.Out.WriteLine(trial);
        if (item.Claim.IsTimed)
        {
            Console.Out.WriteLine("This is a time: it differs from run to run and from machine to machine.");
        }

        if (folder is null)
        {
            return ExitCode.Holds;
        }

        var recorded = LedgerReader.Open(folder).Find(key) ?? throw new UsageException($"The ledger in {folder} has no trial {key}.");
        if (TrialText.Of(item, recorded) == trial)
        {
            Console.Out.WriteLine($"The ledger in {folder} has the same, bit for bit.");
            return ExitCode.Holds;
        }

        Console.Out.WriteLine(item.Claim.IsTimed ? $"The ledger in {folder} has what the run measured:" : $"The ledger in {folder} has something else:");
        Console.Out.WriteLine(TrialText.Of(item, recorded));
        return item.Claim.IsTimed ? ExitCode.Holds : ExitCode.EnvironmentFailed;
    }

    private static ReplayKey Parse(string text)
    {
        try
        {
            return ReplayKey.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static DataSet Samples(ReplayKey key, InputData? data) => data?.Samples is { } samples && samples.Name == key.Data
        ? samples
        : throw new UsageException($"{key} was tried on {key.Data}, and {data?.Samples.Name ?? "no data"} was given. Give the file with --data, and --rows and --label as in the run.");

    private static WorkItem Find(ReplayKey key, IReadOnlyList<Claim> known, DataSet? data)
    {
        var claim = ClaimSelection.Single(known, key.ClaimId);
        if (key.Variant > claim.Mutants.Length || (key.Variant > 0 && claim.Mutants[key.Variant - 1].ReusesObservations))
        {
            throw new UsageException($"{key}: there are no trials of mutant {key.Variant}. {claim.Id} has {claim.Mutants.Length} mutants, and those that differ in the scale only are decided on the claim's own trials.");
        }

        var cells = ClaimPlan.Cells(claim, key.Variant, key.Profile, data);
        return key.Cell < cells.Count
            ? new(claim, key.Variant, cells[key.Cell], key.Trial, data)
            : throw new UsageException($"{key}: {claim.Id} has only the cells 0 to {cells.Count - 1} in the profile {Words.Of(key.Profile)}.");
    }

    private static Observation Observe(WorkItem item, ReplayKey key)
    {
        try
        {
            return item.Observe(key.Seed, key.Profile);
        }
        catch (Exception exception)
        {
            throw new TrialFailedException(key, exception);
        }
    }
}
