using System.Diagnostics;
using System.Globalization;
using Harness.Reports.Diagnoses;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Progress of counted work on standard error, with the time left: a bar for a person, lines for a log.</summary>
/// <remarks>The time left is that of the multiply-adds left, at the speed of those done.</remarks>
internal static class WorkProgress
{
    /// <summary>Before this share of the work nothing can be said of the rest.</summary>
    private const double Enough = 0.02;

    /// <summary>Share of the work after which a log has another line.</summary>
    private const double Tenth = 0.1;

    /// <summary>Shows how far the work is while it is done.</summary>
    public static T Show<T>(Func<IProgress<WorkDone>, T> work)
    {
        var clock = Stopwatch.StartNew();
        if (!Terminal.Error.Profile.Capabilities.Interactive)
        {
            var (stage, told) = ("", 0.0);
            return work(new Told<WorkDone>(now =>
            {
                if (now.Doing != stage || now.Fraction >= told + Tenth)
                {
                    (stage, told) = (now.Doing, now.Fraction);
                    Console.Error.WriteLine(Line(now, clock.Elapsed));
                }
            }));
        }

        return Terminal.Error.Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn())
            .Start(context =>
            {
                var bar = context.AddTask("", maxValue: 1);
                return work(new Told<WorkDone>(now => (bar.Value, bar.Description) = (now.Fraction, Markup.Escape(Line(now, clock.Elapsed)))));
            });
    }

    private static string Line(WorkDone now, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture, $"{now.Doing}: {100 * now.Fraction:0} % done{(now.Fraction >= Enough ? $", about {Math.Ceiling(elapsed.TotalSeconds * (1 - now.Fraction) / now.Fraction):0} s left" : "")}");
}
