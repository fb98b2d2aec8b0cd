using System.Numerics;
using Harness.Core.Data;
using Harness.Core.Numerics;
using Harness.Reports.Runs;

namespace Harness.ReportsChecks.Runs;

/// <summary>Snapshots of short runs on a few random samples, small enough for other programs to compute everything again.</summary>
internal static class SmallSnapshots
{
    /// <summary>The grid that the features fill.</summary>
    public const int Height = 3, Width = 4;

    private const int Samples = 5, Features = Height * Width, Classes = 3;

    /// <summary>Trains for four steps and writes the snapshot.</summary>
    public static void Write<T>(string file, TrainingSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
}
