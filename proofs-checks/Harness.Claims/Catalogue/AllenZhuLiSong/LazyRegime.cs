using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Catalogue.AllenZhuLiSong.MovementLimit;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// Lemma 8.2 and Theorem 5 at the radius ω = O(1/√m) that training covers by Theorem 1: signs, kernel and outputs hardly leave those of the network linearised at W(0). The exponents are upper bounds.
/// </summary>
public static class LazyRegime
{
    // A third of 1/6, the smallest step between exponents in the theory, so that even the weakest bound, m^{−1/6}, excludes a quantity that does not fall.
    private const double Margin = 0.05;

    /// <summary>The fraction of signs that training changes.</summary>
    public static Claim Signs { get; } = Claim
        .Named("azls.signs-along-training")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 8.2(b) at the radius of Theorem 1", "Training near initialisation", "C48")
        .States("max_{t ≤ T} Σ_l ‖D⁽ᵗ⁾_{i,l} − D⁽⁰⁾_{i,l}‖₀ = O(L m · m^{−1/3})")
        .Given(Start)
        .Observes("fraction of changed signs, max over t", instance => Train(instance).FlippedFraction)
        .Against("m^{−1/3}", v => Math.Pow(v.m, -1.0 / 3))
        .DecidedBy(Exponent.AtMost(-1.0 / 3, within: Margin, ladder: "m"))
        .RefutedWhen("targets grow like m", UnboundedTargets)
        .Build();

    /// <summary>The relative change of the tangent kernel.</summary>
    public static Claim Kernel { get; } = Claim
        .Named("azls.kernel-along-training")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5(c) at the radius of Theorem 1", "Training near initialisation", "C49")
        .States("max_{t ≤ T} ‖K⁽ᵗ⁾ − K⁽⁰⁾‖_F / ‖K⁽⁰⁾‖_F = O(m^{−1/6})")
        .Given(Start)
        .Observes("‖K(t) − K(0)‖_F / ‖K(0)‖_F, max over t", instance => Train(instance).KernelDrift)
        .Against("m^{−1/6}", v => Math.Pow(v.m, -1.0 / 6))
        .DecidedBy(Exponent.AtMost(-1.0 / 6, within: Margin, ladder: "m"))
        .RefutedWhen("targets grow like m", UnboundedTargets)
        .Build();

    /// <summary>The distance between the trained network and the linear one trained beside it.</summary>
    /// <remarks>Lee et al. 2019 prove m^{−1/2} for smooth activations; the paper's rectifier has a kink, and Theorem 5(b) gives m^{−1/6}.</remarks>
    public static Claim Outputs { get; } = Claim
        .Named("azls.linearised-training")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5(b) at the radius of Theorem 1", "Training near initialisation", "C50")
        .States("sup_{t ≤ T} ‖r⁽ᵗ⁾ − (I − ηK⁽⁰⁾)ᵗ r⁽⁰⁾‖ / ‖r⁽⁰⁾‖ = O(m^{−1/6})")
        .Given(FewStarts)
        .Observes("‖r(t) − (I − ηK)ᵗr(0)‖ / ‖r(0)‖, sup over t, root mean square over 4 initialisations", instance => Error(instance, kernelFactor: 1))
        .Against("m^{−1/6}", v => Math.Pow(v.m, -1.0 / 6))
        .DecidedBy(Exponent.AtMost(-1.0 / 6, within: Margin, ladder: "m"))
        .RefutedWhen("the kernel has a quarter of its size", instance => Error(instance, kernelFactor: 0.25))
        .Build();

    private static Measurement Error(NetworkInstance instance, double kernelFactor) => RootMeanSquare(instance, run => run.LinearisationError, kernelFactor);
}
