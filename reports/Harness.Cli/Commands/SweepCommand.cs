using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary><c>harness sweep</c>: claims over grids of their variables, on this machine or on a cluster.</summary>
internal static class SweepCommand
{
    /// <summary>The command with its parts.</summary>
    public static Command Create() => new("sweep", "Map claims over grids of their variables, on this machine or as a Slurm job array; stopped sweeps are continued, and nothing counts twice.")
    {
        SweepPlanCommand.Create(), SweepRunCommand.Create(), SweepTaskCommand.Create(), SweepCollectCommand.Create(), SweepReportCommand.Create(), SweepEmitCommand.Create(), SweepReplayCommand.Create(),
    };
}
