using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix A (Theorem 6): what gradient descent does to losses other than the squared one, by what is known of the loss.</summary>
/// <remarks>The paper's polynomial factors could not be confirmed; the statements below are those that follow from Theorem 3 in the sizes that are tried (docs/derivations.md, "Other losses").</remarks>
public static class OtherLosses
{
    private static readonly Domain Dominated = Domain.Filling(
        cells: (32, 40, 80), trials: (4, 4, 8), new("r", 3, (12, 14, 16), IsInteger: false), m(128, (384, 512, 1024)), n(2, (8, 8, 16)), L(1, (3, 3, 6)), d(1), δ(0.7));

    private static readonly Domain Times = Domain.Climbing("t", rungs: (6, 6, 6), trials: (42, 40, 40), new("t", 256, (2048, 4096, 8192), IsInteger: true), m(64), n(2), L(1), d(1), δ(0.95));

    private static readonly Domain Horizons = Domain.Filling(
        cells: (32, 40, 80), trials: (4, 4, 8), new("t", 4, (32, 48, 64), IsInteger: true), m(96, (288, 384, 1024)), n(2, (8, 8, 16)), L(1, (3, 3, 6)), d(1), δ(0.7));

    /// <summary>A gradient-dominant loss falls linearly, from however far.</summary>
    public static Claim GradientDominant { get; } = Claim
        .Named("azls.gradient-dominant-loss")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 6 (gradient-dominant)", "Other losses", "C54")
        .States("‖∇f‖² ≥ σ(f − min f)  ⇒  F(W⁽ᵗ⁺¹⁾) ≤ (1 − c · η σ δ m/(d n²)) F(W⁽ᵗ⁾)   for every t; f not convex")
        .Given(FarFromTargets(Dominated))
        .Observes("min over the steps run of 1 − F(t+1)/F(t)", instance => Contraction(instance, Loss.GradientDominant, rateFactor: 1))
        .Against("η σ δ m / (d n²)", v => v.η * Loss.GradientDominant.GradientDominance!.Value * v.δ * v.m / (v.d * v.n * v.n))
        .DecidedBy(Rate.AtLeast)
        .RefutedWhen("the loss is not gradient-dominant", instance => Contraction(instance, Loss.Bounded, rateFactor: 1))
        .RefutedWhen("the learning rate is 100 times larger", FarFromTargets(Dominated.Reduced(cells: 6, trials: 1)), instance => Contraction(instance, Loss.GradientDominant, rateFactor: 100))
        .Build();

    /// <summary>A convex loss falls at least like 1/t.</summary>
    public static Claim Convex { get; } = Claim
        .Named("azls.convex-loss")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 6 (convex)", "Other losses", "C54")
        .States("F(W⁽ᵗ⁾) − min F = O(1/t) for the logistic loss, which is convex and not gradient-dominant")
        .Given(WithSigns(Times))
        .Observes("F(W(t))", instance => LossAfter(instance, _ => 8 * LinearConvergence.LearningRate(instance.Trial)))
        .Against("1/t", v => 1 / v["t"])
        .DecidedBy(Exponent.AtMost(-1, within: 0.15, ladder: "t"))
        .RefutedWhen("η falls like 1/t", WithSigns(Times.Reduced(cells: 6, trials: 8)), instance => LossAfter(instance, t => 8 * LinearConvergence.LearningRate(instance.Trial) / (t + 1)))
        .Build();

    /// <summary>Of a bounded loss that is not convex, the gradient becomes small at some step.</summary>
    public static Claim Bounded { get; } = Claim
        .Named("azls.bounded-loss")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 6 (not convex, bounded)", "Other losses", "C54")
        .States("min_{s ≤ t} ‖∇F(W⁽ˢ⁾)‖²_F ≤ 2 F(W⁽⁰⁾)/(ηt) for a bounded loss that is not convex: ε^{−2} steps to a gradient of ε")
        .Given(Networks.WithAlignedTargets(Networks.AtInitialisation(Horizons)).GeneratedOnly())
        .Observes("min over s ≤ t of ‖∇F(W(s))‖²_F", SmallestGradient)
        .Against("2 F(0)/(ηt)", v => 2 * v["F(0)"] / (v.η * v["t"]))
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("t² in place of t", v => 2 * v["F(0)"] / (v.η * v["t"] * v["t"]))
        .Build();

    private static Generator<NetworkInstance> FarFromTargets(Domain domain) =>
        Networks.WithAlternatingTargets(Networks.AtInitialisation(domain).GeneratedOnly(), "r", v => v["r"]);

    private static Generator<NetworkInstance> WithSigns(Domain domain) => Networks.AtInitialisation(domain).GeneratedOnly().Changed(
        "targets ±1 in turn",
        instance =>
        {
            for (var k = 0; k < instance.Targets.Length; k++)
            {
                instance.Targets[k] = k / instance.Trial.d % 2 == 0 ? 1 : -1;
            }

            return instance;
        });

    private static Measurement Contraction(NetworkInstance instance, Loss loss, double rateFactor)
    {
        var η = LinearConvergence.LearningRate(instance.Trial) * rateFactor;
        var losses = new LossDescent(instance, loss, _ => η).Run(steps: 8);
        var worst = losses.Zip(losses.Skip(1), (now, next) => 1 - (next / now)).Min();
        return new(Core.Enclosures.Ball.Unbounded(double.IsNaN(worst) ? double.NegativeInfinity : worst)) { Series = [.. losses] };
    }

    private static Measurement LossAfter(NetworkInstance instance, Func<int, double> rate)
    {
        var losses = new LossDescent(instance, Loss.Logistic, rate).Run((int)instance.Trial.Variables["t"] + 1);
        return new(Core.Enclosures.Ball.Unbounded(losses[^1])) { Series = [.. Descent.Plotted(losses)] };
    }

    private static Measurement SmallestGradient(NetworkInstance instance)
    {
        var η = LinearConvergence.LearningRate(instance.Trial);
        var descent = new LossDescent(instance, Loss.Bounded, _ => η);
        instance.Trial.Measure("F(0)", descent.Next());
        var smallest = instance.SquaredGradientNorm();
        while (descent.Steps < instance.Trial.Variables["t"])
        {
            descent.Next();
            smallest = Math.Min(smallest, instance.SquaredGradientNorm());
        }

        return smallest;
    }
}
