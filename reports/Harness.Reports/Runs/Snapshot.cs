using System.Numerics;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;
using Harness.Reports.Files;

namespace Harness.Reports.Runs;

/// <summary>
/// Everything about a training run that another program needs to build the network again and check every number, as NumPy arrays with the paper's names: A, W1…, B, X, Y, outputs, loss,
/// gradW1…, K, and what tells the networks and losses apart. All are taken at the weights after the last step; W1_init… are the initial ones.
/// </summary>
/// <typeparam name="T">float or double; weights, samples, outputs, gradients and K have this type, everything else is double.</typeparam>
public static class Snapshot<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the snapshot of a run has the tangent kernel: whether n·d, times the positions of a convolution, is at most <see cref="KernelBound.LargestWhole"/>.</summary>
    public static bool HasKernel(TrainingRun<T> run) => KernelBound.IsWhole(run.Network, run.Data.Count);

    /// <summary>Writes the snapshot of a finished run, whole or not at all.</summary>
    /// <exception cref="DataFileException">The file cannot be written.</exception>
    public static void Write(TrainingRun<T> run, string path) => NpzFile.Write(path, archive =>
    {
        var (network, data) = (run.Network, run.Data);
        var (n, d) = (data.Count, data.OutputDimension);
        for (var l = 0; l <= network.Depth + 1; l++)
        {
            var name = l == 0 ? "A" : l <= network.Depth ? $"W{l}" : "B";
            Add(archive, name, network.Layer(l));
            if (l >= network.FirstTrained && l <= network.LastTrained)
            {
                var gradient = new Weights<T>(network.Layer(l).Rows, network.Layer(l).Columns);
                Gradient.AddTo(run.State, l, T.One, gradient);
                Add(archive, $"{name}_init", run.Initial.Layer(l));
                Add(archive, $"grad{name}", gradient);
            }
        }

        archive.Add("X", run.Inputs, n, data.InputDimension);
        archive.Add("Y", run.Targets, n, d);
        archive.Add<T>("outputs", Outputs(run), n, d);
        archive.Add<double>("loss", run.Losses.ToArray(), run.Losses.Count);
        archive.Add<double>("rate", [run.LearningRate], 1);
        archive.Add<double>("batch", [run.Settings.Batch ?? n], 1);
        archive.Add<double>("loss_function", [Loss.All.ToList().IndexOf(run.Settings.Loss)], 1);
        AddArchitecture(archive, run);
        if (HasKernel(run))
        {
            archive.Add<T>("K", Kernel(run), n * d, n * d);
        }
    });

    private static void AddArchitecture(NpzFile.Writer archive, TrainingRun<T> run)
    {
        switch (run.Settings.Architecture)
        {
            case Architecture.Convolutional grid:
                archive.Add<double>("network", [1], 1);
                archive.Add<double>("positions", [grid.Height, grid.Width], 2);
                archive.Add<double>("filter", [grid.FilterHeight, grid.FilterWidth], 2);
                break;
            case Architecture.Residual:
                archive.Add<double>("network", [2], 1);
                archive.Add<double>("tau", [((Residual<T>)run.Network).Step], 1);
                break;
            default:
                archive.Add<double>("network", [0], 1);
                break;
        }
    }

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
        var state = new BatchState<T>(run.Network, n * d);
        TangentKernel.Compute(run.Network, run.Inputs, state, kernel, new T[TangentKernel.WorkspaceLength(state)]);
        return kernel;
    }
}
