using System.Globalization;
using Harness.Reports.Sweeps;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Progress of a sweep on standard error: a bar for a person, a line now and then for a log.</summary>
internal static class SweepProgressBar
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Shows how many cells have results, and how many tasks run and wait, while the work is done.</summary>
    public static void Show(SweepManifest manifest, Action<IProgress<SweepProgress>> work)
    {
        var cells = manifest.Header.Cells;
        if (!Terminal.Error.Profile.Capabilities.Interactive)
        {
            var (last, wasRunning) = (0L, false);
            work(new Told(now =>
            {
                if (last == 0 || now.Cells == cells || now.Running > 0 != wasRunning || TimeSpan.FromMilliseconds(Environment.TickCount64 - last) >= BetweenLines)
                {
                    (last, wasRunning) = (Environment.TickCount64, now.Running > 0);
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now.Cells} of {cells} cells; tasks: {now.Running} running, {now.Waiting} waiting"));
                }
            }));
            return;
        }

        Terminal.Error.Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var bar = context.AddTask("cells", maxValue: cells);
                work(new Told(now => (bar.Value, bar.Description) = (now.Cells, string.Create(CultureInfo.InvariantCulture, $"cells ({now.Running} tasks running, {now.Waiting} waiting)"))));
            });
    }

    /// <summary>Told in the place, so that lines stay in order.</summary>
    private sealed class Told(Action<SweepProgress> tell) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => tell(value);
    }
}
