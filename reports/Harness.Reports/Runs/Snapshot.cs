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
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(TrainingRun<T> run, string path)
    {
        var (network, data) = (run.Network, run.Data);
        List<KeyValuePair<string, NpyArray>> arrays = [new("A", Matrix(network.Input))];
        for (var l = 1; l <= network.Depth; l++)
        {
            arrays.Add(new($"W{l}", Matrix(network.Hidden(l))));
            arrays.Add(new($"W{l}_init", Matrix(run.Initial.Hidden(l))));
            arrays.Add(new($"gradW{l}", Matrix(GradientOf(run, l))));
        }

        arrays.Add(new("B", Matrix(network.Output)));
        arrays.Add(new("X", new(run.Inputs.ToArray(), [data.Count, data.InputDimension])));
        arrays.Add(new("Y", new(run.Targets.ToArray(), [data.Count, data.OutputDimension])));
        arrays.Add(new("outputs", new(Outputs(run), [data.Count, data.OutputDimension])));
        arrays.Add(new("loss", new(run.Losses.ToArray(), [run.Losses.Count])));
        arrays.Add(new("rate", new(new[] { run.LearningRate }, [1])));
        if (HasKernel(run))
        {
            var size = data.Count * data.OutputDimension;
            arrays.Add(new("K", new(Kernel(run), [size, size])));
        }

        NpzFile.Write(path, arrays);
    }

    private static NpyArray Matrix(Weights<T> weights)
    {
        var values = new T[weights.Rows * weights.Columns];
        weights.CopyTo(values);
        return new(values, [weights.Rows, weights.Columns]);
    }

    private static Weights<T> GradientOf(TrainingRun<T> run, int layer)
    {
        var gradient = new Weights<T>(run.Network.Width, run.Network.Width);
        Gradient.AddTo(run.State, layer, T.One, gradient);
        return gradient;
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
