using Harness.Core.Data;

namespace Harness.Claims.Instances;

/// <summary>Samples with classes and no network: what statements on classifying all of them quantify over.</summary>
/// <param name="Trial">The trial; n, d and δ are those of the samples.</param>
/// <param name="Inputs">n × 𝔡, as the paper normalises them.</param>
/// <param name="Dimension">𝔡.</param>
/// <param name="Labels">The class of every sample, 0…d − 1.</param>
public sealed record ClassedSamples(Trial Trial, double[] Inputs, int Dimension, int[] Labels)
{
    /// <summary>n, whatever the cell asked for.</summary>
    public int Count => Labels.Length;

    /// <summary>Random directions with classes drawn without regard to them; or rows of real data, all of them where there are no more than the cell's n.</summary>
    /// <param name="domain">Needs n and d.</param>
    public static Generator<ClassedSamples> In(Domain domain) => new(
        domain,
        "unit inputs with last coordinate 1/√2, no two equal with different classes; classes drawn at random, on real data its own",
        takesData: true,
        trial => trial.Data is { } data ? FromRows(trial, data) : Generated(trial))
    {
        NeedsClasses = true,
    };

    /// <summary>The hypothesis dropped: the last sample has the input of the first and another class.</summary>
    public static ClassedSamples Contradict(ClassedSamples samples)
    {
        samples.Inputs.AsSpan(0, samples.Dimension).CopyTo(samples.Inputs.AsSpan((samples.Count - 1) * samples.Dimension));
        samples.Labels[^1] = (samples.Labels[0] + 1) % samples.Trial.d;
        return samples;
    }

    private static ClassedSamples Generated(Trial trial)
    {
        var (inputs, dimension, _) = Instances.Inputs.Draw(trial);
        var labels = new int[trial.n];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = trial.Random("labels").Integer((ulong)i, trial.d);
        }

        return new(trial, inputs, dimension, labels);
    }

    /// <summary>A row whose input an earlier one has with another class contradicts it, and is left out.</summary>
    private static ClassedSamples FromRows(Trial trial, DataSet data)
    {
        var order = new int[data.Count];
        trial.Random("rows").Permutation(order);
        var rows = new List<int>(trial.n);
        foreach (var row in order[..Math.Min(trial.n, order.Length)].Order())
        {
            if (!rows.Exists(other => data.Labels[other] != data.Labels[row] && data.Input(other).SequenceEqual(data.Input(row))))
            {
                rows.Add(row);
            }
        }

        double[] inputs = [.. rows.SelectMany(row => data.Input(row).ToArray())];
        trial.Measure("n", rows.Count);
        trial.Measure("d", data.OutputDimension);
        trial.Measure("δ", Separation.Measure(inputs, data.InputDimension).Distance);
        return new(trial, inputs, data.InputDimension, [.. rows.Select(row => data.Labels[row])]);
    }
}
