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
    /// <param name="rowsApart">Smallest distance between two rows taken from real data; what is closer does not satisfy the hypotheses and is passed over.</param>
    /// <returns>Inputs n × 𝔡; targets are the data's, or empty.</returns>
    public static (double[] Inputs, int Dimension, double[] Targets) Draw(Trial trial, double rowsApart = 0)
    {
        var (inputs, dimension, targets) = trial.Data is { } data ? FromRows(trial, data, rowsApart) : Generated(trial);
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

    private static (double[] Inputs, int Dimension, double[] Targets) FromRows(Trial trial, DataSet data, double rowsApart)
    {
        var order = new int[data.Count];
        trial.Random("rows").Permutation(order);
        var rows = new List<int>(trial.n);
        var farthest = (Row: order[^1], Distance: 0.0);
        foreach (var row in order)
        {
            var nearest = Nearest(data, rows, row);
            if (rows.Count < trial.n && nearest > rowsApart)
            {
                rows.Add(row);
            }
            else if (rows.Count == 1 && nearest > farthest.Distance)
            {
                farthest = (row, nearest);
            }
        }

        if (rows.Count == 1 && trial.n > 1)
        {
            rows.Add(farthest.Row); // no pair is as far apart as asked: the farthest one is the closest to the hypotheses
        }

        trial.Measure("n", rows.Count);
        trial.Measure("d", data.OutputDimension);
        return (
            [.. rows.SelectMany(row => data.Input(row).ToArray())],
            data.InputDimension,
            [.. rows.SelectMany(row => data.Target(row).ToArray())]);
    }

    /// <summary>Distance from a row to the nearest of the chosen ones; infinite while none is chosen.</summary>
    private static double Nearest(DataSet data, List<int> chosen, int row)
    {
        var nearest = double.PositiveInfinity;
        foreach (var other in chosen)
        {
            nearest = Math.Min(nearest, Separation.Measure([.. data.Input(row), .. data.Input(other)], data.InputDimension).Distance);
        }

        return nearest;
    }
}
