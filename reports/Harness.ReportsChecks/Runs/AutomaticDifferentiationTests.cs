using System.Diagnostics;
using Harness.Core.Data;
using Harness.Core.Numerics;
using Harness.Core.Training;
using Harness.Reports.Runs;
using Harness.ReportsChecks.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Runs;

/// <summary>Outputs, loss, gradients and tangent kernel of snapshots against another framework's automatic differentiation: docs/check_snapshot.py.</summary>
[RequiredPackage("python3-torch", "/usr/lib/python3/dist-packages/torch/__init__.py")]
public sealed class AutomaticDifferentiationTests
{
    private const int Samples = 5, Height = 3, Width = 4, Features = Height * Width, Classes = 3;

    private static readonly Architecture[] Architectures = [new Architecture.FullyConnected(), new Architecture.Convolutional(Height, Width, 3, 2), new Architecture.Residual(), new Architecture.Residual(0.7)];

    [Test]
    public void Snapshot_OfEveryArchitectureAndLoss_IsWhatPyTorchComputes()
    {
        using var folder = new TemporaryFolder();
        List<string> files = [];
        foreach (var architecture in Architectures)
        {
            foreach (var loss in Loss.All)
            {
                foreach (var trainsAll in new[] { false, true })
                {
                    files.Add(folder[$"{files.Count}.npz"]);
                    Write<double>(files[^1], new(architecture, Width: 7, Depth: 3, trainsAll, loss, Batch: trainsAll ? 2 : null, Rate: null, Seed: (ulong)files.Count));
                }
            }
        }

        var (code, output) = Check([.. files]);
        Assert.That(code, Is.Zero, output);
        Assert.That(output.Split('\n').Count(line => line.EndsWith(" ok", StringComparison.Ordinal)), Is.EqualTo(files.Count * (3 + 3) + (files.Count / 2 * 2)), "outputs, loss, K and W1…W3 of each, A and B of half of them");
    }

    /// <summary>The check can fail: what single precision leaves is far above the tolerance for double.</summary>
    [Test]
    public void Snapshot_InSinglePrecision_IsRefusedAtTheToleranceOfDouble()
    {
        using var folder = new TemporaryFolder();
        var file = folder["single.npz"];
        Write<float>(file, new(new Architecture.FullyConnected(), Width: 7, Depth: 3, TrainsAllLayers: false, Loss.Squared, Batch: null, Rate: null, Seed: 1));
        Assert.That(Check(file).Code, Is.EqualTo(1));
    }

    private static void Write<T>(string file, TrainingSettings settings)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var raw = new double[Samples * Features];
        RandomStream.FromSeed(settings.Seed).FillGaussian<double>(raw, 1);
        int[] labels = [0, 1, 2, 1, 0];
        var targets = new double[Samples * Classes];
        for (var i = 0; i < Samples; i++)
        {
            targets[(i * Classes) + labels[i]] = 1;
        }

        var run = new TrainingRun<T>(UnitNormalisation.Apply(new DataSet("points", raw, Features, targets, Classes, labels, ["a", "b", "c"])), settings);
        for (var step = 0; step < 4; step++)
        {
            run.Step();
        }

        run.Finish();
        Snapshot<T>.Write(run, file);
    }

    private static (int Code, string Output) Check(params string[] files)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Scripts", "check_snapshot.py"), .. files]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }
}
