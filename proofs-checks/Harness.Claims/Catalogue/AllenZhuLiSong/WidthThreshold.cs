using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Data;
using Harness.Core.Networks;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The hypothesis of Theorem 1, m ≥ Ω(n²⁴L¹²/δ⁸ · polylog), beside the smallest width at which gradient descent fits all samples: the data of the phase diagram.</summary>
public static class WidthThreshold
{
    private const double Accuracy = 0.01;

    private const int Most = 1500;

    private static readonly Domain Sizes = Domain.Filling(
        cells: (24, 32, 80), trials: (3, 4, 8), n(2, (12, 16, 32)), L(1, (4, 5, 8)), δ(0.7, (0.3, 0.2, 0.05)), d(1));

    /// <summary>The smallest sufficient width against the theorem's.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.sufficient-width")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (width)", "C59")
        .States("the smallest m at which gradient descent fits all samples is at most C · n²⁴ L¹² d/δ⁸")
        .Given(new Generator<Trial>(Sizes, "unit inputs with last coordinate 1/√2; targets ±1 in turn; networks of growing width, A, W ~ N(0, 2/m), B ~ N(0, 1/d)", takesData: false, trial => trial))
        .Observes("smallest m of 1, 2, 3, 4, 6, 8, 12, … with F(T) ≤ 0.01 F(0), T ≤ 1500", SmallestWidth)
        .Against("n²⁴ L¹² d/δ⁸", v => Math.Pow(v.n, 24) * Math.Pow(v.L, 12) * v.d / Math.Pow(v.δ, 8))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the width falls like 1/n²", v => 1 / (v.n * v.n))
        .Exploratory("No machine meets the theorem's width: at n = 10, L = 3, δ = 0.4 it is 8·10³² times a constant. That the measured widths lie below says only that the theory is an upper bound.")
        .Build();

    /// <summary>Widths by factors of about √2, each with weights of its own, until one fits; infinite beyond 4096.</summary>
    private static Measurement SmallestWidth(Trial trial)
    {
        var dimension = trial.n + 4;
        var inputs = new double[trial.n * dimension];
        SyntheticInputs.Separated(trial.Random("inputs"), trial.n, trial.Variables.δ, dimension, inputs);
        double[] targets = [.. Enumerable.Range(0, trial.n * trial.d).Select(k => k / trial.d % 2 == 0 ? 1.0 : -1.0)];
        for (var (m, next) = (1, 2); m <= 4096; (m, next) = (next, m == 1 ? 3 : 2 * m))
        {
            var network = new FullyConnected<double>(dimension, m, trial.L, trial.d);
            network.Initialise(trial.Random("weights").Derive((ulong)m));
            trial.Measure("m", m);
            var instance = new NetworkInstance(trial, inputs, targets, network);
            var losses = Descent.Run(instance, MovementLimit.LearningRate(trial), Most, until: Accuracy * instance.Loss());
            if (losses[^1] <= Accuracy * losses[0])
            {
                return m;
            }
        }

        return double.PositiveInfinity;
    }
}
