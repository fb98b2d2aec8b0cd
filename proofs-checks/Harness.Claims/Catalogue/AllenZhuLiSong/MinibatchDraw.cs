using Harness.Claims.Decisions;
using Harness.Core.Networks;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Algorithm 2's batches: a subset of size b, each equally likely. Without that no factor makes a step unbiased.</summary>
public static class MinibatchDraw
{
    /// <summary>Batches that one statistic counts, and statistics that a trial averages over: χ² of f ≥ 2 degrees of freedom has skewness √(8/f) ≤ 2, the mean of 32 one of 0.36.</summary>
    private const int Draws = 60, Statistics = 32;

    private static readonly Domain Sizes = Domain.Filling(cells: (6, 8, 16), trials: (16, 20, 60), n(3, 6), new VariableRange("b", 1, 2, IsInteger: true));

    /// <summary>Pearson's statistic over all subsets.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.minibatch-uniform")
        .DerivedFrom(Papers.AllenZhuLiSong, "Algorithm 2 (choice of S_t)", "Minibatch gradient", "C40")
        .States("S_t is uniform among the subsets of size b of [n], afresh at every step:   E χ² = (n over b) − 1 for Pearson's χ² of the counts of all subsets")
        .Given(new Generator<Trial>(Sizes, "batches drawn from one stream a step", takesData: false, trial => trial))
        .Observes("χ²", trial => PearsonStatistic(trial, batch => batch))
        .AgainstItsOwnBound("(n over b) − 1")
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("every third batch holds the first samples", trial => PearsonStatistic(trial, (batch, t) => t % 3 == 0 ? (1 << int.PopCount(batch)) - 1 : batch))
        .RefutedWhen("samples are taken in turn", trial => PearsonStatistic(trial, (batch, t) => Rotated((1 << int.PopCount(batch)) - 1, t, trial.n)))
        .Build();

    private static Measurement PearsonStatistic(Trial trial, Func<int, int> change) => PearsonStatistic(trial, (batch, _) => change(batch));

    private static Measurement PearsonStatistic(Trial trial, Func<int, int, int> change)
    {
        var (n, b) = (trial.n, (int)trial.Variables["b"]);
        int[] subsets = [.. Enumerable.Range(0, 1 << n).Where(subset => int.PopCount(subset) == b)];
        var batch = new MiniBatch<double>(new FullyConnected<double>(1, 1, 1, 1), n, b);
        var (samples, expected, counts, sum) = (new double[n], (double)Draws / subsets.Length, new int[1 << n], 0.0);
        for (var k = 0; k < Statistics; k++)
        {
            Array.Clear(counts);
            for (var t = 0; t < Draws; t++)
            {
                batch.Draw(trial.Random("batch").Derive((ulong)((k * Draws) + t)), samples, samples);
                var chosen = 0;
                foreach (var i in batch.Chosen)
                {
                    chosen |= 1 << i;
                }

                counts[change(chosen, t)]++;
            }

            sum += subsets.Sum(subset => (counts[subset] - expected) * (counts[subset] - expected) / expected);
        }

        return new(Core.Enclosures.Ball.Unbounded(sum / Statistics)) { Bound = Core.Enclosures.Ball.Exactly(subsets.Length - 1) };
    }

    /// <summary>The samples of a batch moved on by t places, around.</summary>
    private static int Rotated(int batch, int t, int n) => Enumerable.Range(0, n).Where(i => (batch >> i & 1) == 1).Aggregate(0, (moved, i) => moved | 1 << ((i + t) % n));
}
