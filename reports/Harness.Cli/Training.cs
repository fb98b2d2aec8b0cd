using System.Globalization;
using System.Numerics;
using Harness.Cli.Output;
using Harness.Core.Networks;
using Harness.Core.Training;
using Harness.Reports.Runs;

namespace Harness.Cli;

/// <summary>What <c>train</c> is asked for.</summary>
/// <param name="Data">The samples.</param>
/// <param name="Settings">How the network is trained.</param>
/// <param name="Steps">T, or the most steps where there is a goal.</param>
/// <param name="Goal">Where to stop earlier.</param>
/// <param name="Snapshot">The file to write.</param>
internal sealed record TrainingRequest(InputData Data, TrainingSettings Settings, int Steps, TrainingGoal Goal, string Snapshot)
{
    /// <summary>Refuses what does not fit together before anything is computed.</summary>
    /// <exception cref="UsageException">It does not; the message says what to do.</exception>
    public void Validate()
    {
        var samples = Data.Samples;
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(Snapshot))))
        {
            throw new UsageException($"--snapshot {Snapshot}: there is no such folder to write it in.");
        }

        if (samples.Classes.Length == 0 && (Settings.Loss == Loss.CrossEntropy || Settings.Loss == Loss.Logistic))
        {
            throw new UsageException($"--loss {Settings.Loss.Name}: the labels of {samples.Name} are numbers, not classes. Take --loss squared, or name a column of classes with --label.");
        }

        if (samples.Classes.Length == 0 && Goal.Accuracy is not null)
        {
            throw new UsageException($"--until-accuracy: the labels of {samples.Name} are numbers, not classes, so nothing is classified. Take --until-loss, or name a column of classes with --label.");
        }

        if (Settings.Batch > samples.Count)
        {
            throw new UsageException($"--batch {Settings.Batch}: there are {samples.Count} samples. Take a smaller batch, or leave the option out for all of them.");
        }
    }
}

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
        request.Validate();
        DataText.Write(Console.Out, request.Data.Request.Summary);
        var run = new TrainingRun<T>(request.Data.Samples, request.Settings);
        Describe(run);
        var (step, isReached) = (0, false);
        for (; step < request.Steps && !isReached; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var isShown = step % Math.Max(1, request.Steps / Lines) == 0;
            var (loss, distance) = isShown ? (run.Evaluate(), run.DistanceFromInitialisation()) : (0, 0);
            RequireFinite(run.Step(), step, run);
            if (isShown)
            {
                Show(run, step, loss, distance);
            }

            isReached = run.HasReached(request.Goal);
        }

        RequireFinite(run.Finish(), step, run);
        Show(run, step, run.Losses[^1], run.DistanceFromInitialisation());
        if (request.Goal.IsGiven)
        {
            Console.Out.WriteLine($"The goal is {(isReached ? "" : "not ")}reached after {step} steps.");
        }

        Snapshot<T>.Write(run, request.Snapshot);
        if (!Snapshot<T>.HasKernel(run))
        {
            Console.Error.WriteLine($"harness: The snapshot has no K: n·d{(run.Settings.Architecture is Architecture.Convolutional ? ", times the positions," : "")} is more than {KernelBound.LargestWhole}. Take fewer samples with --rows to have it.");
        }

        Console.Out.WriteLine(Path.GetFullPath(request.Snapshot));
        return ExitCode.Holds;
    }

    private static void Describe<T>(TrainingRun<T> run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!double.IsFinite(run.LearningRate))
        {
            throw new UsageException("--rate auto: the tangent kernel at initialisation is zero, so no weight has any effect. Take a larger --width, another --seed, or a --rate.");
        }

        var (settings, network) = (run.Settings, run.Network);
        Console.Out.WriteLine((settings.Architecture, network) switch
        {
            (Architecture.Convolutional grid, _) => $"convolutional network, {grid.Height} × {grid.Width} positions, filters {grid.FilterHeight} × {grid.FilterWidth}",
            (_, Residual<T> residual) => string.Create(CultureInfo.InvariantCulture, $"residual network, τ = {residual.Step:G6}"),
            _ => "fully connected network",
        });
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"m = {network.Width}, L = {network.Depth}, {(network.TrainsAllLayers ? "all layers trained" : "A and B frozen")}, {settings.Loss.Name} loss, {(settings.Batch is { } b ? $"b = {b}, " : "")}seed {settings.Seed}"));
        var rate = run.LearningRate * network.Width / network.OutputDimension;
        var origin = run.Kernel switch
        {
            null => "",
            { Blocks: 1 } => ": 1/λ_max of the tangent kernel at initialisation, from above",
            { Blocks: var blocks } => $": 1/Σ λ_max of the tangent kernels of {blocks} blocks of samples at initialisation, from above",
        };
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"η = {run.LearningRate:G6} = {rate:G4} d/m{origin}"));
        Console.Out.WriteLine($"{"step",8}  {"F(W)",14}  {"‖W − W⁽⁰⁾‖_F",14}{(run.Data.Labels.Length > 0 ? $"  {"misclassified",14}" : "")}");
    }

    private static void RequireFinite<T>(double loss, int step, TrainingRun<T> run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!double.IsFinite(loss))
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--rate {run.LearningRate:G6}: the loss is not finite after {step} steps, so the rate is too large. '--rate auto' takes one that is stable at initialisation. Nothing was written."));
        }
    }

    private static void Show<T>(TrainingRun<T> run, int step, double loss, double distance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{step,8}  {loss,14:G8}  {distance,14:G6}{(run.Data.Labels.Length > 0 ? $"  {run.Misclassified(),14}" : "")}"));
}
