using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 1: each further digit of accuracy costs the same number of steps, at every width.</summary>
public static class AccuracyAndWidth
{
    private const double HighAccuracy = 1e-4;

    private const int Most = 20_000;

    // Below 1/6, the smallest step between exponents in the theory.
    private const double Margin = 0.15;

    private static readonly Domain Widths = Domain.Climbing("m", rungs: (6, 6, 6), trials: (27, 25, 60), m(192, (768, 1536, 8192)), n(2), L(1), d(1), δ(0.95));

    // 10^{−k}: the exponent is taken in k, because T is a function of log(1/ε).
    private static readonly Domain Digits = Domain.Climbing("log 1/ε", rungs: (6, 6, 6), trials: (42, 53, 80), new("log 1/ε", 3, (12, 14, 16), IsInteger: true), m(128), n(2), L(1), d(1), δ(0.95));

    /// <summary>T(10⁻⁴) against m.</summary>
    public static Claim Width { get; } = Claim
        .Named("azls.width-free-steps-to-high-accuracy")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C44")
        .States("T(10⁻⁴) at η = Θ(d/m) is independent of m")
        .Given(StepsToAccuracy.Near(Widths))
        .Observes("steps to F = 10⁻⁴ F(0)", instance => Steps(instance, MovementLimit.LearningRate(instance.Trial)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "m"))
        .RefutedWhen("η falls like m⁻²", StepsToAccuracy.Near(Widths.Reduced(cells: 6, trials: 6)), instance =>
            Steps(instance, MovementLimit.LearningRate(instance.Trial) * 192.0 / instance.Trial.m))
        .Build();

    /// <summary>T(ε/10) − T(ε) against the digits reached.</summary>
    public static Claim Accuracy { get; } = Claim
        .Named("azls.steps-per-digit")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (number of steps)", "C45")
        .States("T(ε) = poly(n, L)/δ² · Θ(log(1/ε)): T(ε/10) − T(ε) does not depend on ε")
        .Given(Networks.WithAlternatingTargets(Networks.AtInitialisation(Digits)).GeneratedOnly())
        .Observes("steps from F = ε F(0) to F = ε F(0)/10", instance => StepsOfLastDigit(instance, fallsLikeRoot: false))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "log 1/ε"))
        .RefutedWhen("η falls like 1/√t", Networks.WithAlternatingTargets(Networks.AtInitialisation(Digits.Reduced(cells: 6, trials: 16))).GeneratedOnly(), instance => StepsOfLastDigit(instance, fallsLikeRoot: true))
        .Build();

    private static Measurement Steps(NetworkInstance instance, double η)
    {
        var losses = Descent.Run(instance, η, Most, until: HighAccuracy * instance.Loss());
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, HighAccuracy))) { Series = [.. Descent.Plotted(losses)] };
    }

    private static Measurement StepsOfLastDigit(NetworkInstance instance, bool fallsLikeRoot)
    {
        var (ε, η) = (Math.Pow(10, -instance.Trial.Variables["log 1/ε"]), MovementLimit.LearningRate(instance.Trial));
        var losses = new LossDescent(instance, Loss.Squared, t => fallsLikeRoot ? η / Math.Sqrt(t + 1) : η).Run(Most, until: ε * instance.Loss());
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, ε) - Descent.StepsTo(losses, 10 * ε))) { Series = [.. Descent.Plotted(losses)] };
    }
}
