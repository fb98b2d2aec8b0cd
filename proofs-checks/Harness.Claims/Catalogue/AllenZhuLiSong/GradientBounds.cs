using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 3: the gradient is neither too large nor too small; near initialisation there is no critical point but the global minimum.</summary>
public static class GradientBounds
{
    private static readonly Domain Upper = Domain.Filling(
        cells: (32, 40, 96), trials: (6, 6, 10), m(192, (768, 1280, 4096)), n(2, (12, 16, 32)), L(1, (4, 6, 8)), d(1, (4, 6, 8)), ω(0.3, (0.01, 0.003, 0.001)));

    private static readonly Domain Lower = Domain.Filling(
        cells: (40, 40, 96), trials: (4, 6, 10), mδ(Networks.LeastWidthTimesSeparation, (192, 256, 1024)), δ(0.2, (0.06, 0.05, 0.02)), n(2, (8, 12, 32)), L(1, (3, 4, 8)), d(1, (3, 4, 8)), ω(0.01, (0.001, 0.0003, 0.0001)))
        .Computing("m", "mδ", v => Math.Round(v["mδ"] / v.δ))
        .OnData(Domain.Filling(cells: (6, 10, 24), trials: (2, 3, 6), m(256, (512, 1024, 4096)), n(4, (8, 16, 32)), L(1, (3, 4, 8)), ω(0.01, (0.001, 0.0003, 0.0001))));

    /// <summary>The upper bound, on the targets that make the gradient largest.</summary>
    public static Claim FromAbove { get; } = Claim
        .Named("azls.gradient-upper-bound")
        .From(Papers.AllenZhuLiSong, "Theorem 3 (upper bound)", "C28")
        .States("‖∇F(W)‖²_F ≤ C · L n m/d · F(W)   for every ‖W − W⁽⁰⁾‖₂ ≤ ω")
        .Given(Networks.WithAlignedTargets(Networks.InBall(Networks.AtInitialisation(Upper))))
        .Observes("‖∇F‖²_F / F", Steepness)
        .Against("L n m / d", v => v.L * v.n * v.m / v.d)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("m is left out", v => v.L * v.n / v.d)
        .RefutedWhen("L is left out and d squared", v => v.n * v.m / (v.d * v.d))
        .Build();

    /// <summary>The lower bound, on the targets that make the gradient smallest.</summary>
    public static Claim FromBelow { get; } = Claim
        .Named("azls.gradient-lower-bound")
        .From(Papers.AllenZhuLiSong, "Theorem 3 (lower bound)", "C29")
        .States("‖∇F(W)‖²_F ≥ c · δ m/(d n²) · F(W)   for every ‖W − W⁽⁰⁾‖₂ ≤ ω")
        .Given(Networks.WithWorstTargets(Networks.InBall(Networks.AtInitialisation(Lower, Networks.SeparationForWidth))))
        .Observes("‖∇F‖²_F / F", Steepness)
        .Against("δ m / (d n²)", v => v.δ * v.m / (v.d * v.n * v.n))
        .DecidedBy(HiddenConstant.LowerBound)
        .RefutedWhen("δ is left out", v => v.m / (v.d * v.n * v.n))
        .RefutedWhen("m² in place of m", v => v.δ * v.m * v.m / (v.d * v.n * v.n))
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Networks.AtInitialisation(Lower.Reduced(cells: 6, trials: 1))))
        .Build();

    private static Measurement Steepness(NetworkInstance instance, Arithmetic arithmetic)
    {
        var (loss, squaredNorm) = instance.EncloseLossAndGradient(arithmetic);
        return squaredNorm / loss;
    }
}
