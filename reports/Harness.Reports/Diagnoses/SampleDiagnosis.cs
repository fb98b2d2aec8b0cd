using System.Globalization;
using Harness.Core.Data;
using Harness.Reports.Files;

namespace Harness.Reports.Diagnoses;

/// <summary>What the samples themselves decide: separation, repeated inputs, conflicts, and the accuracy and loss that these leave possible.</summary>
internal sealed class SampleDiagnosis
{
    /// <summary>Closest pairs that are shown.</summary>
    private const int Pairs = 5;

    /// <summary>Pairs among which the closest with different labels is looked for.</summary>
    private const int Sight = 1024;

    private readonly SampledRows rows;
    private readonly DataSet samples;

    /// <summary>Rows of every different input, in the order of their first occurrence.</summary>
    private readonly List<List<int>> groups;

    /// <summary>Normalises the samples and finds the inputs that are repeated.</summary>
    public SampleDiagnosis(SampledRows rows)
    {
        this.rows = rows;
        samples = UnitNormalisation.Apply(rows.Data);
        groups = [.. Enumerable.Range(0, samples.Count).GroupBy(i => i, new SameInput(samples)).Select(group => group.ToList())];
        Different = Of([.. groups.Select(group => group[0])]);
    }

    /// <summary>The first sample of every different input, normalised.</summary>
    public DataSet Different { get; }

    /// <summary>Multiply-adds of the distances of all pairs.</summary>
    public double Work => 1.5 * Different.Count * Different.Count * Different.InputDimension;

    /// <summary>The samples with these indices.</summary>
    public DataSet Of(int[] chosen) => Of(samples, chosen);

    /// <summary>Some of the different samples, drawn at random, in their order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="draw">A permutation of all of them.</param>
    public DataSet Drawn(int count, ReadOnlySpan<int> draw) => Of(Different, [.. draw[..count].ToArray().Order()]);

    /// <summary>Measures.</summary>
    public DataDiagnosis Measure()
    {
        var closest = new InputPair[Sight];
        Separation.PairsCloserThan(double.PositiveInfinity, Different.Inputs, Different.InputDimension, closest);
        var conflicts = groups.Where(group => group.Any(i => !SameTarget(i, group[0]))).ToArray();
        var (longest, share) = LongestColumn();
        return new(
            rows.Data.Name,
            rows.Total,
            samples.Count,
            rows.Data.InputDimension,
            [.. samples.Classes],
            Different.Count > 1 ? closest[0].Distance : null,
            [.. Shown([.. closest.Where(pair => pair.First >= 0).Select(Described)])],
            samples.Count - groups.Count,
            [.. conflicts.Take(DataDiagnosis.MostConflicts).Select(group => new ConflictingInput([.. group.Select(i => rows.Lines[i])], [.. group.Select(Label)]))],
            conflicts.Length,
            samples.Classes.Length > 0 ? groups.Sum(group => group.CountBy(i => samples.Labels[i]).Max(count => count.Value)) / (double)samples.Count : null,
            conflicts.Sum(LeastLoss),
            [.. Enumerable.Range(0, rows.Data.InputDimension).Where(IsConstant).Select(k => rows.Columns[k])],
            longest,
            share);
    }

    private static DataSet Of(DataSet all, int[] chosen) => new(
        all.Name,
        [.. chosen.SelectMany(i => all.Input(i).ToArray())],
        all.InputDimension,
        [.. chosen.SelectMany(i => all.Target(i).ToArray())],
        all.OutputDimension,
        all.Labels.Length > 0 ? [.. chosen.Select(i => all.Labels[i])] : null,
        all.Classes);

    /// <summary>The closest, and of the others the closest that training has to tell apart.</summary>
    private static IEnumerable<ClosePair> Shown(ClosePair[] closest) =>
        closest[..Math.Min(Pairs, closest.Length)].Any(pair => !pair.HasSameLabel) ? closest.Take(Pairs) : closest.Take(Pairs).Concat(closest.Where(pair => !pair.HasSameLabel).Take(1));

    private ClosePair Described(InputPair pair)
    {
        var (i, j) = (groups[pair.First][0], groups[pair.Second][0]);
        return new(rows.Lines[i], rows.Lines[j], pair.Distance, SameTarget(i, j));
    }

    private bool SameTarget(int i, int j) => samples.Target(i).SequenceEqual(samples.Target(j));

    /// <summary>The class, or the number as a fraction of the largest, which is what the network is trained on.</summary>
    private string Label(int i) => samples.Classes.Length > 0 ? samples.Classes[samples.Labels[i]] : samples.Target(i)[0].ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>½ Σ ‖y − ȳ‖²: the best that one output for all of them can do.</summary>
    private double LeastLoss(List<int> group)
    {
        var loss = 0.0;
        for (var j = 0; j < samples.OutputDimension; j++)
        {
            var mean = group.Average(i => samples.Target(i)[j]);
            loss += group.Sum(i => (samples.Target(i)[j] - mean) * (samples.Target(i)[j] - mean)) / 2;
        }

        return loss;
    }

    private bool IsConstant(int column)
    {
        var value = rows.Data.Input(0)[column];
        return Enumerable.Range(1, rows.Data.Count - 1).All(i => rows.Data.Input(i)[column] == value);
    }

    private (string? Name, double Share) LongestColumn()
    {
        // Normalised coordinates are the raw ones at one scale, and their squares cannot overflow.
        var squares = Enumerable.Range(0, rows.Data.InputDimension).Select(k => Enumerable.Range(0, samples.Count).Sum(i => samples.Input(i)[k] * samples.Input(i)[k])).ToArray();
        var (sum, largest) = (squares.Sum(), squares.Max());
        return sum > 0 ? (rows.Columns[Array.IndexOf(squares, largest)], largest / sum) : (null, 0);
    }

    /// <summary>Equal to the bit, where the network cannot tell them apart.</summary>
    private sealed class SameInput(DataSet samples) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => samples.Input(x).SequenceEqual(samples.Input(y));

        public int GetHashCode(int row)
        {
            var hash = default(HashCode);
            foreach (var coordinate in samples.Input(row))
            {
                hash.Add(coordinate);
            }

            return hash.ToHashCode();
        }
    }
}
