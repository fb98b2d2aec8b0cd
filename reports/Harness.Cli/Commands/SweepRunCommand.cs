using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Cli.Output;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep run</c>: computes what is left of a sweep, and collects it.</summary>
internal static class SweepRunCommand
{
    private enum Engine
    {
        Local,
        Slurm,
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var manifest = SweepOptions.Manifest();
        var engine = Choice.Of("--engine", Engine.Local, "This machine, or a job array of the Slurm cluster that this machine submits to.");
        var workers = Numbers.Count("--workers", "Shards at a time.", Environment.ProcessorCount);
        var command = new ExemplifiedCommand(
            "run",
            "Compute what is left of a sweep, collect its results and write their maps as a page. After Ctrl-C or a crash the same command continues.",
            ("harness sweep run sweep-out/looseness/manifest.jsonl", "on all cores of this machine"),
            ("harness sweep run sweep-out/looseness/manifest.jsonl --engine slurm --workers 64", "as a job array, 64 tasks at a time"))
        {
            manifest, engine, workers,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var sweep = SweepManifest.Open(parsed.GetRequiredValue(manifest), Catalogue.All);
                ISweepEngine chosen = parsed.GetValue(engine) == Engine.Local ? new LocalEngine(parsed.GetValue(workers)) : new SlurmEngine(ThisProgram.Command, parsed.GetValue(workers), SweepOptions.Poll);
                SweepProgressBar.Show(sweep, progress => chosen.Run(sweep, progress, cancellation));
                var code = SweepCollectCommand.Collect(sweep);
                return code == ExitCode.EnvironmentFailed ? code : SweepReportCommand.Report(sweep, figures: null, code);
            },
            CancellationToken.None));
        return command;
    }
}
