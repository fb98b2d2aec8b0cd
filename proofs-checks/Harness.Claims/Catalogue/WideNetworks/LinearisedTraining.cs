using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.WideNetworks;

/// <summary>Lee et al., Theorem 2.1: with a smooth activation a wide network and its linearisation at initialisation stay within O(1/√m) of each other over the whole of training.</summary>
public static class LinearisedTraining
{
    /// <summary>Steps at η = 1/tr K: the deviation is largest before the residual is gone, well within.</summary>
    private const int Steps = 80;

    private const int Initialisations = 4;

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (4, 5, 7), trials: (10, 12, 20), m(32, (256, 1024, 8192)), n(3), δ(0.7));

    /// <summary>The largest deviation against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("lee.linearised-training")
        .DerivedFrom(Papers.LeeEtAl, "Theorem 2.1 (two layers)", "Smooth activation", "C50")
        .States("sup_t ‖f_t − f_t^{lin}‖ = O(1/√m),   f_t^{lin} − y* = (I − ηK₀)ᵗ (f₀ − y*),   φ(z) = z/√(1 + z²)")
        .Given(new Generator<Trial>(Ladder, "separated unit inputs, residual ±1 in turn at first; w_r ~ N(0, I), a_r = ±1, all weights trained", takesData: false, trial => trial))
        .Observes("max over 80 steps of ‖f_t − f_t^{lin}‖/‖f₀ − y*‖, root mean square over 4 initialisations", trial => Deviation(trial, 1 / Math.Sqrt(trial.m)))
        .Against("1/√m", v => 1 / Math.Sqrt(v.m))
        .DecidedBy(Exponent.AtMost(-0.5, within: 0.15, ladder: "m"))
        .RefutedWhen("outputs are scaled by 1/m in place of 1/√m, with η m times as large", trial => Deviation(trial, 1.0 / trial.m))
        .Build();

    private static Measurement Deviation(Trial trial, double scale)
    {
        var (inputs, dimension, _) = Inputs.Draw(trial);
        double squares = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            var worst = Deviation(new SmoothNetwork(inputs, dimension, trial.m, scale, trial.Random("weights").Derive((ulong)k)), trial.n);
            squares += worst * worst;
        }

        return Math.Sqrt(squares / Initialisations);
    }

    private static double Deviation(SmoothNetwork network, int n)
    {
        var (kernel, start) = (network.Kernel(), network.Outputs());
        var linear = Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1.0 : -1.0).ToArray();
        double[] targets = [.. start.Zip(linear, (f, r) => f - r)];
        var (η, worst) = (1 / Enumerable.Range(0, n).Sum(i => kernel[(i * n) + i]), 0.0);
        for (var t = 0; t < Steps; t++)
        {
            double[] residual = [.. network.Outputs().Zip(targets, (f, y) => f - y)];
            worst = Math.Max(worst, Math.Sqrt(residual.Zip(linear, (a, b) => (a - b) * (a - b)).Sum() / n));
            network.Step(η, residual);
            linear = [.. Enumerable.Range(0, n).Select(i => linear[i] - (η * Enumerable.Range(0, n).Sum(j => kernel[(i * n) + j] * linear[j])))];
        }

        return worst;
    }
}
