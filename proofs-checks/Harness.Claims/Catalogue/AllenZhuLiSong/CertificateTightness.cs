using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>How tight the certificates of this project are at the paper's initialisation, at stated sizes: an infinite radius would be sound and useless.</summary>
/// <remarks>Plain double precision, without retry. Derivation of the ceilings: docs/derivations.md, "Tightness of enclosures".</remarks>
public static class CertificateTightness
{
    private const string OfTheHarness = "a statement on this project's certificates, which the paper does not know";

    /// <summary>What a radius grows by in a layer of m neurons, half of them open: √(m/π) = 0.564 √m.</summary>
    private static readonly double Growth = 1 / Math.Sqrt(Math.PI);

    private static readonly Domain Sizes = Domain.Climbing("m", rungs: 4, trials: (1, 1, 4), m(256, 2048), n(64), L(3), d(1));

    /// <summary>F.</summary>
    public static Claim Loss { get; } = Claim
        .Named("azls.certified-loss-radius")
        .DerivedFrom(Papers.AllenZhuLiSong, "Section 2 (certified loss)", "Tightness of enclosures")
        .BeyondTheList(OfTheHarness)
        .States("r(F)/F ≤ 8 γ_m (m/π)^{(L+1)/2}   for the certified radius r(F) in double precision")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("r(F)/F", instance => Relative(instance.EncloseLoss(Arithmetic.Double)))
        .Against("8 γ_m (m/π)^{(L+1)/2}", v => 8 * Compounded(v, layers: v.L + 1))
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("radii don't compound from layer to layer", v => 8 * Compounded(v, layers: 0))
        .Build();

    /// <summary>‖∇F‖².</summary>
    public static Claim Gradient { get; } = Claim
        .Named("azls.certified-gradient-radius")
        .DerivedFrom(Papers.AllenZhuLiSong, "Fact 2.6 (certified gradient)", "Tightness of enclosures")
        .BeyondTheList(OfTheHarness)
        .States("r(‖∇F‖²)/‖∇F‖² ≤ 4 n γ_m (m/π)^L   for the certified radius in double precision")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("r(‖∇F‖²)/‖∇F‖²", instance => Relative(instance.EncloseLossAndGradient(Arithmetic.Double).SquaredGradientNorm))
        .Against("4 n γ_m (m/π)^L", v => 4 * v.n * Compounded(v, layers: 2 * v.L))
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("radii compound upwards only", v => 4 * v.n * Compounded(v, layers: v.L - 1))
        .Build();

    /// <summary>λ_min(K).</summary>
    public static Claim Eigenvalue { get; } = Claim
        .Named("azls.certified-eigenvalue-gap")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5 (certified eigenvalue)", "Tightness of enclosures")
        .BeyondTheList(OfTheHarness)
        .States("(λ − λ₋)/λ ≤ 10⁻⁷ + 16 n γ_m (m/π)^{L/2}   for the certified lower bound λ₋ of λ_{min}(K) and its computed value λ")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("(λ − λ₋)/λ", EigenvalueGap)
        .Against("10⁻⁷ + 16 n γ_m (m/π)^{L/2}", v => AimedAt + (16 * v.n * Compounded(v, layers: v.L)))
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("the computed eigenvalue itself is certified", _ => 0)
        .Build();

    private const double AimedAt = 1e-7;

    private static double Compounded(Variables v, double layers) => Rounding.Gamma((long)v.m) * Math.Pow(Growth * Math.Sqrt(v.m), layers);

    private static Measurement Relative(Ball ball) => Ball.Exactly(ball.Radius) / Ball.Exactly(ball.Midpoint);

    private static Measurement EigenvalueGap(NetworkInstance instance)
    {
        var (network, n) = (instance.Network, instance.Trial.n * instance.Trial.d);
        var (kernel, radii, state) = (new double[n * n], new double[n * n], new BatchState<double>(network, n));
        CertifiedTangentKernel.Compute<double>(network, instance.Inputs, state, new BatchRadii<double>(network, state), kernel, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var values = new double[n];
        SymmetricEigen.Values((double[])kernel.Clone(), n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        var bound = EigenvalueBounds.Smallest(kernel, radii, n, values[0], AimedAt, new double[EigenvalueBounds.WorkspaceLength(n)]);
        return (Ball.Exactly(values[0]) - Ball.Exactly(bound)) / Ball.Exactly(values[0]);
    }
}
