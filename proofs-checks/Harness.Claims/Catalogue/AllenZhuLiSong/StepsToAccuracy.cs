using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1: at η = c·d/m the number of steps does not depend on the width.</summary>
public static class StepsToAccuracy
{
    private const double Accuracy = 0.1;

    // Below 1/6, which tells the exponent from its nearest neighbours in the theory (−1/3 beside −1/2; the kernel's proven drift m^{−1/6} beside 0).
    private const double Margin = 0.15;

    private static readonly Domain Ladder = Domain.Climbing(
        "m", rungs: (6, 6, 6), trials: (24, 20, 60), m(128, (768, 2048, 8192)), n(2), L(2), d(1), δ(0.95));

    /// <summary>Targets so near the initial outputs that training stays where the network is linear: with a residual of one, networks this narrow move far enough to change T, and more so the narrower.</summary>
    internal static Generator<NetworkInstance> Near(Domain domain) => Networks.WithAlternatingTargets(Networks.AtInitialisation(domain), "0.1", _ => 0.1).GeneratedOnly();

    /// <summary>T(ε) against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.width-free-steps")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C44")
        .States("T(ε) = Θ(n⁶L²/δ² · log(1/ε)) at η = Θ(dδ/(n⁴L²m)): independent of m")
        .Given(Near(Ladder))
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, LinearConvergence.LearningRate(instance.Trial)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "m"))
        .RefutedWhen("η does not fall with m", Near(Ladder.Reduced(cells: (6, 6, 6), trials: 6)), instance => Steps(instance, LinearConvergence.LearningRate(instance.Trial) * instance.Trial.m / 2048.0))
        .Build();

    private static Measurement Steps(NetworkInstance instance, double η)
    {
        const int Most = 2000;
        var losses = Descent.Run(instance, η, Most, until: Accuracy * instance.Loss());
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, Accuracy))) { Series = [.. Descent.Plotted(losses)] };
    }
}
