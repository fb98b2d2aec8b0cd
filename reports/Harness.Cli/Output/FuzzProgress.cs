using System.Globalization;
using Harness.Claims.Fuzzing;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Progress of a fuzz run on standard error: a bar with the rate for a person, a line now and then for a log.</summary>
internal static class FuzzProgress
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(200), LineInterval = TimeSpan.FromSeconds(30);

    /// <summary>Shows how far the run is while the work is done.</summary>
    public static void Show(FuzzRun run, Action work)
    {
        if (Terminal.Error.Profile.Capabilities.Interactive)
        {
            Terminal.Error.Progress().AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    var bar = context.AddTask("fuzz", maxValue: run.Cases);
                    Watch(run, work, BarInterval, text => (bar.Value, bar.Description) = (run.Done, text));
                });
        }
        else
        {
            Watch(run, work, LineInterval, Console.Error.WriteLine);
        }
    }

    private static void Watch(FuzzRun run, Action work, TimeSpan interval, Action<string> tell)
    {
        var begun = DateTime.UtcNow;
        using var timer = new Timer(
            _ => tell(string.Create(CultureInfo.InvariantCulture, $"{run.Done} of {run.Cases} cases, {run.Done / (DateTime.UtcNow - begun).TotalSeconds:0} a second")), null, interval, interval);
        work();
    }
}
