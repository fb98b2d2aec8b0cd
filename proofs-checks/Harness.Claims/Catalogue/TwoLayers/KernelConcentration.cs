using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>Lemma 3.1: at initialisation the kernel is close to its limit, with Hoeffding's constants.</summary>
public static class KernelConcentration
{
    private const double Failing = 0.3;

    // As for the deep kernel: below 1/6, which tells −1/2 from its neighbours in the theory.
    private const double Margin = 0.15;

    private static readonly Domain Pairs = Domain.Filling(cells: (6, 8, 16), trials: (10, 16, 60), m(64, (4096, 16384, 131072)), δ(0.9, 0.05), n(2));

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (6, 6, 7), trials: (12, 12, 24), m(64, (2048, 16384, 131072)), n(4), δ(0.7));

    private static readonly Generator<ShallowInstance> Few = ShallowNetworks.AtInitialisation(Ladder.Reduced(cells: (6, 6, 7), trials: 5));

    private static readonly Domain Widths = Domain.Filling(cells: (3, 4, 6), trials: (12, 16, 30), δ(0.9, 0.5), n(2, (3, 4, 6)));

    /// <summary>The tail of one entry, tried where the bound is 0.3.</summary>
    public static Claim EntryTail { get; } = Claim
        .Named("dzps.kernel-entry-tail")
        .DerivedFrom(Papers.DuZhaiPoczosSingh, "Lemma 3.1 (one entry)", "Two-layer network", "C12")
        .States("P(|H_ij(0) − H^∞_ij| ≥ t) ≤ 2 exp(−2mt²/⟨x_i, x_j⟩²),   tried at the t where the right-hand side is 0.3")
        .Given(ShallowNetworks.AtInitialisation(Pairs).GeneratedOnly())
        .Observes("1{|H_12(0) − H^∞_12| ≥ t}", instance => Strays(instance, m => m, ShallowKernel.Limit))
        .Against("0.3", _ => Failing)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("m² in place of m", instance => Strays(instance, m => m * m, ShallowKernel.Limit))
        .RefutedWhen("the limit is ⟨x, x′⟩/4, as if gates were independent", instance => Strays(instance, m => m, cosine => cosine / 4))
        .Build();

    /// <summary>The whole matrix converges like 1/√m.</summary>
    public static Claim Rate { get; } = Claim
        .Named("dzps.kernel-limit")
        .DerivedFrom(Papers.DuZhaiPoczosSingh, "Lemma 3.1 (rate)", "Two-layer network", "C12")
        .States("‖H(0) − H^∞‖_F = Θ(1/√m)")
        .Given(ShallowNetworks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("‖H(0) − H^∞‖_F, root mean square over 12 initialisations", instance => Error(instance, limitFactor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("the limit is twice as large: gates of one sample only", Few, instance => Error(instance, limitFactor: 2))
        .RefutedWhen("the limit is a quarter too large", Few, instance => Error(instance, limitFactor: 1.25))
        .Build();

    /// <summary>An explicit width that suffices for the convergence theorem's hypothesis.</summary>
    public static Claim SufficientWidth { get; } = Claim
        .Named("dzps.kernel-sufficient-width")
        .DerivedFrom(Papers.DuZhaiPoczosSingh, "Lemma 3.1 (width)", "Two-layer network", "C12")
        .States("m ≥ 8 n² log(2n²/p)/λ₀² implies ‖H(0) − H^∞‖₂ ≤ λ₀/4 with probability at least 1 − p; tried at p = 0.3")
        .Given(AtWidth("m = 8 n² log(2n²/p)/λ₀²", (n, λ) => 8 * n * n * Math.Log(2 * n * n / Failing) / (λ * λ)))
        .Observes("1{‖H(0) − H^∞‖₂ > λ₀/4}", TooFar)
        .Against("0.3", _ => Failing)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("λ₀² and n² are left out", AtWidth("m = 8 log(2n²/p)", (n, _) => 8 * Math.Log(2 * n * n / Failing)))
        .Build();

    private static Generator<ShallowInstance> AtWidth(string how, Func<double, double, double> width) => new(
        Widths,
        $"separated unit inputs; {how}; w_r ~ N(0, I)",
        takesData: false,
        trial =>
        {
            var (inputs, dimension, _) = Inputs.Draw(trial);
            var λ = new LimitSpectrum(inputs, trial.n).Values[0];
            trial.Measure("m", Math.Ceiling(width(trial.n, λ)));
            var instance = new ShallowInstance(trial, inputs, new double[trial.n], new(dimension, trial.m));
            instance.Redraw(0);
            return instance;
        });

    private static Measurement Strays(ShallowInstance instance, Func<double, double> width, Func<double, double> limit)
    {
        var cosine = 1 - (instance.Trial.Variables.δ * instance.Trial.Variables.δ / 2);
        var t = cosine * Math.Sqrt(Math.Log(2 / Failing) / (2 * width(instance.Trial.m)));
        return Math.Abs(instance.Kernel()[1] - limit(cosine)) >= t ? 1 : 0;
    }

    private static Measurement Error(ShallowInstance instance, double limitFactor)
    {
        const int Initialisations = 12;
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Redraw(k);
            sum += FixedOrder.SumOfSquares<double>(Deviation(instance, limitFactor));
        }

        return Math.Sqrt(sum / Initialisations);
    }

    private static Measurement TooFar(ShallowInstance instance)
    {
        var (n, λ) = (instance.Trial.n, new LimitSpectrum(instance.Inputs, instance.Trial.n).Values[0]);
        var values = new double[n];
        SymmetricEigen.Values(Deviation(instance, limitFactor: 1), n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        return Math.Max(-values[0], values[^1]) > λ / 4 ? 1 : 0;
    }

    /// <summary>H(0) − H^∞.</summary>
    private static double[] Deviation(ShallowInstance instance, double limitFactor)
    {
        var (kernel, limit) = (instance.Kernel(), new double[instance.Trial.n * instance.Trial.n]);
        ShallowKernel.Limit(instance.Inputs, instance.Trial.n, limit);
        return [.. kernel.Zip(limit, (h, expected) => h - (limitFactor * expected))];
    }
}
