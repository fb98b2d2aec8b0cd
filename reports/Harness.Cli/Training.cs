using System.Globalization;
using System.Numerics;
using Harness.Cli.Output;
using Harness.Reports.Runs;

namespace Harness.Cli;

/// <summary>What <c>train</c> is asked for.</summary>
/// <param name="Data">The samples.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="Steps">T.</param>
/// <param name="Rate">η, or null for the theorem's.</param>
/// <param name="Seed">Seed of the initial weights.</param>
/// <param name="Snapshot">The file to write.</param>
internal sealed record TrainingRequest(InputData Data, int Width, int Depth, int Steps, double? Rate, ulong Seed, string Snapshot);

/// <summary>Trains a network, shows loss and distance from initialisation as it goes, and writes the snapshot.</summary>
internal static class Training
{
    /// <summary>Lines of the table that is shown in the course of a run.</summary>
    private const int Lines = 20;

    /// <summary>Runs to the end, or until cancelled; a run that is cancelled or diverges writes nothing.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run<T>(TrainingRequest request, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A long run must not end at a folder that was never there.
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(request.Snapshot))))
        {
            throw new UsageException($"--snapshot {request.Snapshot}: there is no such folder to write it in.");
        }

        var run = new TrainingRun<T>(request.Data.Samples, request.Width, request.Depth, request.Rate, request.Seed);
        DataText.Write(Console.Out, request.Data.Request.Summary);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"m = {request.Width}, L = {request.Depth}, η = {run.LearningRate:G6}, seed {request.Seed}"));
        Console.Out.WriteLine($"{"step",8}  {"F(W)",14}  {"‖W − W⁽⁰⁾‖_F",14}");
        for (var step = 0; step < request.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var distance = IsShown(step, request.Steps) ? run.DistanceFromInitialisation() : double.NaN;
            Show(run.Step(), step, distance, request, run.LearningRate);
        }

        Show(run.Finish(), request.Steps, run.DistanceFromInitialisation(), request, run.LearningRate);
        Snapshot<T>.Write(run, request.Snapshot);
        if (!Snapshot<T>.HasKernel(run))
        {
            Console.Error.WriteLine($"harness: The snapshot has no K: n·d is more than {Snapshot<T>.LargestKernel}. Take fewer samples with --rows to have it.");
        }

        Console.Out.WriteLine(Path.GetFullPath(request.Snapshot));
        return ExitCode.Holds;
    }

    private static bool IsShown(int step, int steps) => step % Math.Max(1, steps / Lines) == 0;

    private static void Show(double loss, int step, double distance, TrainingRequest request, double rate)
    {
        if (!double.IsFinite(loss))
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--rate {rate:G6}: the loss is not finite after {step} steps, so the rate is too large. '--rate auto' takes d/(n L m). Nothing was written."));
        }

        if (!double.IsNaN(distance))
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,8}  {loss,14:G8}  {distance,14:G6}"));
        }
    }
}
