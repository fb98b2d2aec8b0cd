using System.CommandLine;
using Harness.Claims.Catalogue;
using Harness.Reports.Sweeps;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep emit</c>: prints a script that submits the tasks of a sweep; submits nothing itself.</summary>
internal static class SweepEmitCommand
{
    private enum Scheduler
    {
        Slurm,
        K8s,
        Parallel,
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var scheduler = new Argument<Scheduler>("SCHEDULER") { Description = "slurm: job arrays; k8s: a Kubernetes Indexed Job; parallel: GNU parallel." };
        var manifest = SweepOptions.Manifest();
        var workers = Numbers.Count("--workers", "Tasks at a time.", Environment.ProcessorCount);
        var image = new Option<string>("--image") { Description = "k8s: an image with harness in its path.", HelpName = "IMAGE", DefaultValueFactory = _ => "harness" };
        var volume = new Option<string>("--volume") { Description = "k8s: the persistent volume claim that has the folder of the sweep.", HelpName = "CLAIM", DefaultValueFactory = _ => "sweep" };
        var command = new ExemplifiedCommand(
            "emit",
            "Print a script that submits the tasks of a sweep, for those who submit by hand.",
            ("harness sweep emit slurm manifest.jsonl --workers 200 > submit.sh", "then: bash submit.sh"),
            ("harness sweep emit k8s manifest.jsonl --image registry/harness:1 --volume scratch | kubectl create -f -", "an Indexed Job"),
            ("harness sweep emit parallel manifest.jsonl | bash", "with GNU parallel, here"))
        {
            scheduler, manifest, workers, image, volume,
        };
        command.SetAction(parsed =>
        {
            var sweep = SweepManifest.Open(parsed.GetRequiredValue(manifest), Catalogue.All);
            Console.Out.Write(parsed.GetValue(scheduler) switch
            {
                Scheduler.Slurm => TaskScripts.Slurm(sweep, ThisProgram.Command, parsed.GetValue(workers)),
                Scheduler.K8s => TaskScripts.Kubernetes(sweep, parsed.GetValue(workers), parsed.GetRequiredValue(image), parsed.GetRequiredValue(volume)),
                _ => TaskScripts.Parallel(sweep, ThisProgram.Command, parsed.GetValue(workers)),
            });
            return ExitCode.Holds;
        });
        return command;
    }
}
