using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The spectral norm of one random layer: the fact behind every "‖W_l‖₂ = O(1)" in the paper.</summary>
public static class LayerSpectralNorm
{
    private const double Deviations = 1.5;

    // The tail's own width is √(2/m) ≥ 0.05 of the norm; an enclosure twenty times finer leaves few draws in between.
    private const double RelativeGap = 1e-3;

    private static readonly Domain Widths = Domain.Filling(cells: (4, 6, 16), trials: (25, 40, 100), m(32, (64, 160, 768)));

    /// <summary>Davidson and Szarek's tail, decided on certified two-sided enclosures of the norm.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.layer-spectral-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Section 7 (norm of a Gaussian matrix)", "Norm of a Gaussian matrix")
        .BeyondTheList("a fact of random matrices that the paper's proofs cite")
        .States("P(‖W_l‖₂ ≥ 2√2 + t√(2/m)) ≤ e^{−t²/2},   tried at t = 1.5")
        .Given(Layer(variance: 1))
        .Observes("1{‖W_l‖₂ ≥ 2√2 + t√(2/m)}", Exceeds)
        .Against("e^{−t²/2}", _ => Math.Exp(-Deviations * Deviations / 2))
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("the variance is 4/m in place of 2/m", Layer(variance: 2))
        .Build();

    private static Generator<(Trial Trial, Weights<double> Layer)> Layer(double variance) => new(
        Widths,
        FormattableString.Invariant($"W ~ N(0, {2 * variance}/m), m × m"),
        takesData: false,
        trial =>
        {
            var layer = new Weights<double>(trial.m, trial.m);
            layer.FillGaussian(trial.Random("weights"), Math.Sqrt(2 * variance / trial.m));
            return (trial, layer);
        });

    private static Measurement Exceeds((Trial Trial, Weights<double> Layer) instance)
    {
        // An enclosure that straddles the threshold counts as a failure: the claim is an upper bound on failures.
        var (m, layer) = (instance.Trial.m, instance.Layer);
        var norm = SpectralNorm.Enclose(layer, instance.Trial.Random("start"), RelativeGap, new double[SpectralNorm.WorkspaceLength(m, m)]);
        return norm.Upper >= (2 * Math.Sqrt(2)) + (Deviations * Math.Sqrt(2.0 / m)) ? 1 : 0;
    }
}
