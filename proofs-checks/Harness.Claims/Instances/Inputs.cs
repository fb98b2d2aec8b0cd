using Harness.Core.Data;

namespace Harness.Claims.Instances;

/// <summary>
/// Inputs as the paper normalises them: ‖xᵢ‖ = 1 with last coordinate 1/√2 (arXiv:1811.03962, section 2), so that no two are antipodal.
/// </summary>
public static class Inputs
{
    /// <summary>Input dimension of generated instances beyond what n separated points need; it enters no bound.</summary>
    private const int SpareDimensions = 4;

    /// <summary>
    /// n inputs at separation δ where the cell has a δ, n independent random ones otherwise, or n distinct rows of the real data; the measured δ is recorded.
    /// </summary>
    /// <param name="trial">The trial; its n and, if present, δ are read.</param>
    /// <returns>Inputs n × 𝔡; targets are the data's, or empty.</returns>
    public static (double[] Inputs, int Dimension, double[] Targets) Draw(Trial trial)
    {
        var (inputs, dimension, targets) = trial.Data is { } data ? FromRows(trial, data) : Generated(trial);
        if (trial.n > 1)
        {
            trial.Measure("δ", Separation.Measure(inputs, dimension).Distance);
        }

        return (inputs, dimension, targets);
    }

    private static (double[] Inputs, int Dimension, double[] Targets) Generated(Trial trial)
    {
        var stream = trial.Random("inputs");
        var dimension = trial.n + SpareDimensions;
        var inputs = new double[trial.n * dimension];
        if (trial.Variables.TryGet("δ", out var δ))
        {
            SyntheticInputs.Separated(stream, trial.n, δ, dimension, inputs);
        }
        else
        {
            SyntheticInputs.Random(stream, trial.n, dimension, inputs);
        }

        return (inputs, dimension, []);
    }

    private static (double[] Inputs, int Dimension, double[] Targets) FromRows(Trial trial, DataSet data)
    {
        var order = new int[data.Count];
        trial.Random("rows").Permutation(order);
        var samples = Math.Min(trial.n, data.Count);
        var (inputs, targets) = (new double[samples * data.InputDimension], new double[samples * data.OutputDimension]);
        for (var i = 0; i < samples; i++)
        {
            data.Input(order[i]).CopyTo(inputs.AsSpan(i * data.InputDimension));
            data.Target(order[i]).CopyTo(targets.AsSpan(i * data.OutputDimension));
        }

        trial.Measure("n", samples);
        trial.Measure("d", data.OutputDimension);
        return (inputs, data.InputDimension, targets);
    }
}
