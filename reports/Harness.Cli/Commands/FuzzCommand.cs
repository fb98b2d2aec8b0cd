using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Harness.Claims.Fuzzing;
using Harness.Cli.Output;

namespace Harness.Cli.Commands;

/// <summary><c>harness fuzz</c>: tries everything certified on hard numbers against exact arithmetic, and reduces what is false to a case that a person can look at.</summary>
internal static class FuzzCommand
{
    /// <summary>Failures that are reduced and printed; a broken bound fails in thousands of cases.</summary>
    private const int Printed = 3;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var cases = Numbers.Count("--cases", "How many cases, over all targets.", 100_000);
        var seed = Numbers.Seed();
        var target = new Option<string?>("--target") { Description = $"Only this target: {string.Join(", ", FuzzTargets.Create().Select(t => t.Name))}.", HelpName = "NAME" };
        Candidates.Replace(target.CompletionSources, FuzzTargets.Create().Select(t => t.Name));
        var threads = Numbers.OptionalCount("--threads", "Cases at a time. The cases are the same with any number. Default: as many as there are processors.", "N");
        var replay = new Option<string?>("--replay") { Description = "A case that failed: try it again, reduce it and show it.", HelpName = "CASE" };
        var command = new ExemplifiedCommand(
            "fuzz",
            "Hold certified products, passes, losses, gradients, kernels and eigenvalues of hard numbers against exact arithmetic: nothing false may be certified.",
            ("harness fuzz", "what every build runs"),
            ("harness fuzz --cases 10000000 --seed 2", "ten million, of other numbers"),
            ("harness fuzz --target extreme-eigenvalues --cases 1000000", "one target"),
            ("harness fuzz --replay loss/seed-1/case-42", "one case again, reduced to what matters"))
        {
            cases, seed, target, threads, replay,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => parsed.GetValue(replay) is { } key
                ? Replay(key)
                : Run(parsed.GetValue(target), parsed.GetValue(seed), parsed.GetValue(cases), parsed.GetValue(threads) ?? Environment.ProcessorCount, cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Run(string? target, ulong seed, int cases, int threads, CancellationToken cancellation)
    {
        var (run, clock) = (new FuzzRun(() => target is null ? FuzzTargets.Create() : [Find(target)], seed, cases), Stopwatch.StartNew());
        FuzzProgress.Show(run, () => run.Run(threads, cancellation));
        foreach (var count in run.Counts)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count.Target,-20} {count.Cases,10} cases {count.Statements,12} statements"));
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{run.Done} cases in {clock.Elapsed.TotalSeconds:0} s, {run.Done / clock.Elapsed.TotalSeconds:0} a second: {run.Failures.Count} with a false certificate."));
        foreach (var failure in run.Failures.Take(Printed))
        {
            IsFalse(failure.Key);
        }

        return run.Failures.Count > 0 ? ExitCode.Violated : cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Holds;
    }

    private static int Replay(string text)
    {
        try
        {
            return IsFalse(FuzzKey.Parse(text)) ? ExitCode.Violated : ExitCode.Holds;
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    /// <summary>Prints what a case shows: whole if nothing about it is false, otherwise reduced.</summary>
    /// <returns>Whether something false was certified.</returns>
    private static bool IsFalse(FuzzKey key)
    {
        var target = Find(key.Target);
        var whole = target.Draw(key.Seed, key.Index);
        if (target.Refute(whole) is null)
        {
            Console.Out.WriteLine($"{key}: nothing false is certified.");
            Console.Out.WriteLine($"  {whole}");
            return false;
        }

        var least = Shrinking.Minimise(whole, smaller => target.Refute(smaller) is not null);
        Console.Out.WriteLine($"{ShellLine.Of("harness", "fuzz", "--replay", key.ToString())}");
        Console.Out.WriteLine($"  {target.Refute(least)}");
        Console.Out.WriteLine($"  reduced: {least}");
        return true;
    }

    private static FuzzTarget Find(string name)
    {
        var targets = FuzzTargets.Create();
        return targets.FirstOrDefault(t => t.Name == name)
            ?? throw new UsageException($"There is no target '{name}'.{NearestMatches.Question(name, targets.Select(t => t.Name))} The targets are {string.Join(", ", targets.Select(t => t.Name))}.");
    }
}
