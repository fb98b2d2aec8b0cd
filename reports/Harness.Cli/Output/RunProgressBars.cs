using System.Globalization;
using Harness.Claims;
using Harness.Reports.Runs;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Progress for a person: a bar over the trials of the round, with the verdicts scrolling by above it.</summary>
internal sealed class RunProgressBars : IRunProgress
{
    private readonly IAnsiConsole console;
    private readonly ProgressContext context;
    private ProgressTask? bar;

    private RunProgressBars(IAnsiConsole console, ProgressContext context) => (this.console, this.context) = (console, context);

    /// <summary>Shows the bars while something runs, and takes them away afterwards.</summary>
    public static T Show<T>(IAnsiConsole console, Func<IRunProgress, T> run) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .Start(context => run(new RunProgressBars(console, context)));

    /// <inheritdoc/>
    public void RoundBegins(int round, bool isTimed, int claims, int trials)
    {
        bar?.StopTask();
        bar = context.AddTask(Words.Round(round, isTimed), maxValue: Math.Max(trials, 1));
    }

    /// <inheritdoc/>
    public void Observed(WorkItem item)
    {
        bar!.Description = Markup.Escape(item.Claim.Id);
        bar.Increment(1);
    }

    /// <inheritdoc/>
    public void Decided(Outcome outcome, TimeSpan elapsed) => console.Write(new Text(
        string.Create(CultureInfo.InvariantCulture, $"{Words.Of(outcome.Verdict),-9}  {outcome.Claim.Id}  {elapsed.TotalSeconds:0.0} s\n"), VerdictTable.Style(outcome.Verdict)));
}
