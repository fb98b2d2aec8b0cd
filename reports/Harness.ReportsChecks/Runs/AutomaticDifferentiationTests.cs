using System.Diagnostics;
using Harness.Core.Training;
using Harness.Reports.Runs;
using Harness.ReportsChecks.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Runs;

/// <summary>Outputs, loss, gradients and tangent kernel of snapshots against another framework's automatic differentiation: docs/check_snapshot.py.</summary>
[RequiredPackage("python3-torch", "/usr/lib/python3/dist-packages/torch/__init__.py")]
public sealed class AutomaticDifferentiationTests
{
    private static readonly Architecture[] Architectures = [new Architecture.FullyConnected(), new Architecture.Convolutional(SmallSnapshots.Height, SmallSnapshots.Width, 3, 2), new Architecture.Residual(), new Architecture.Residual(0.7)];

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
                    SmallSnapshots.Write<double>(files[^1], new(architecture, Width: 7, Depth: 3, trainsAll, loss, Batch: trainsAll ? 2 : null, Rate: null, Seed: (ulong)files.Count));
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
        SmallSnapshots.Write<float>(file, new(new Architecture.FullyConnected(), Width: 7, Depth: 3, TrainsAllLayers: false, Loss.Squared, Batch: null, Rate: null, Seed: 1));
        Assert.That(Check(file).Code, Is.EqualTo(1));
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
