using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>Progress over a model's modules on standard error: a bar for a person, nothing for a log.</summary>
internal static class ModuleProgress
{
    /// <summary>Does the work for every module in turn.</summary>
    public static void Show(IReadOnlyList<string> modules, Action<string> work)
    {
        if (!Terminal.Error.Profile.Capabilities.Interactive)
        {
            foreach (var module in modules)
            {
                work(module);
            }

            return;
        }

        Terminal.Error.Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var bar = context.AddTask("modules", maxValue: modules.Count);
                foreach (var module in modules)
                {
                    work(module);
                    bar.Increment(1);
                }
            });
    }
}
