using System.Globalization;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Progress of turns on standard error: a bar for a person, a line a turn for a log.</summary>
internal static class TurnProgress
{
    /// <summary>Shows how many turns are done while the work is.</summary>
    public static async Task<T> ShowAsync<T>(int turns, Func<IProgress<int>, Task<T>> work)
    {
        if (!Terminal.Error.Profile.Capabilities.Interactive)
        {
            return await work(new Told<int>(done => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} of {turns} turns"))));
        }

        return await Terminal.Error.Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("turns", maxValue: turns);
                return await work(new Told<int>(done => bar.Value = done));
            });
    }
}
