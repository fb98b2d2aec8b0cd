using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;
using Harness.Reports.Files;

namespace Harness.Reports.Runs;

/// <summary>
/// Everything about a training run that another program needs to check it, as NumPy arrays with the paper's names: A, W1…, B, X, Y, outputs, loss,
/// gradW1…, K. All are taken at the weights after the last step; W1_init… are the initial ones.
/// </summary>
/// <typeparam name="T">float or double; the arrays have this type, but <c>loss</c> and <c>rate</c> are double.</typeparam>
public static class Snapshot<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Largest n·d for which the tangent kernel is written: it has (n·d)² entries, 128 MiB in double at this size.</summary>
    public const int LargestKernel = 4096;

    /// <summary>Whether the snapshot of a run has the tangent kernel.</summary>
    public static bool HasKernel(TrainingRun<T> run) => run.Data.Count * run.Data.OutputDimension <= LargestKernel;

    /// <summary>Writes the snapshot of a finished run, whole or not at all.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static void Write(TrainingRun<T> run, string path) => NpzFile.Write(path, archive =>
    {
        var (network, data, m) = (run.Network, run.Data, run.Network.Width);
        var (n, d) = (data.Count, data.OutputDimension);
        Add(archive, "A", network.Input);
        for (var l = 1; l <= network.Depth; l++)
        {
            var gradient = new Weights<T>(m, m);
            Gradient.AddTo(run.State, l, T.One, gradient);
            Add(archive, $"W{l}", network.Hidden(l));
            Add(archive, $"W{l}_init", run.Initial.Hidden(l));
            Add(archive, $"gradW{l}", gradient);
        }

        Add(archive, "B", network.Output);
        archive.Add("X", run.Inputs, n, data.InputDimension);
        archive.Add("Y", run.Targets, n, d);
        archive.Add<T>("outputs", Outputs(run), n, d);
        archive.Add<double>("loss", run.Losses.ToArray(), run.Losses.Count);
        archive.Add<double>("rate", [run.LearningRate], 1);
        if (HasKernel(run))
        {
            archive.Add<T>("K", Kernel(run), n * d, n * d);
        }
    });

    private static void Add(NpzFile.Writer archive, string name, Weights<T> weights)
    {
        var values = new T[weights.Rows * weights.Columns];
        weights.CopyTo(values);
        archive.Add<T>(name, values, weights.Rows, weights.Columns);
    }

    /// <summary>The state has outputs in rows, a snapshot has samples in rows.</summary>
    private static T[] Outputs(TrainingRun<T> run)
    {
        var (n, d) = (run.Data.Count, run.Data.OutputDimension);
        var outputs = new T[n * d];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < d; j++)
            {
                outputs[(i * d) + j] = run.State.Output[(j * run.State.Stride) + i];
            }
        }

        return outputs;
    }

    private static T[] Kernel(TrainingRun<T> run)
    {
        var (n, d) = (run.Data.Count, run.Data.OutputDimension);
        var kernel = new T[n * d * n * d];
        TangentKernel.Compute(run.Network, run.Inputs, new BatchState<T>(run.Network, n * d), kernel, new T[TangentKernel.WorkspaceLength(n, d)]);
        return kernel;
    }
}
