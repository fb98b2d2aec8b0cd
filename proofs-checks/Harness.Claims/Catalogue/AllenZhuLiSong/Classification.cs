using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix A, cross-entropy: gradient descent classifies every sample correctly, whatever the labels, after a number of steps in which no accuracy ε occurs.</summary>
public static class Classification
{
    private const int Most = 3000;

    // Below 1/6, the smallest step between exponents in the theory.
    private const double Margin = 0.15;

    private static readonly Domain Sizes = Domain.Filling(
        cells: (32, 40, 80), trials: (12, 12, 12), m(64, (192, 256, 1024)), n(3, (8, 10, 16)), δ(0.7, (0.35, 0.3, 0.1)), L(1, (3, 3, 6)), d(2, (4, 5, 8)));

    private static readonly Domain Widths = Domain.Climbing("m", rungs: (6, 6, 6), trials: (20, 34, 80), m(48, (384, 768, 4096)), n(4), δ(0.7), L(1), d(2));

    /// <summary>T until all samples are right, against the appendix's bound.</summary>
    public static Claim Bound { get; } = Claim
        .Named("azls.classification")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 6 (classification)", "Other losses", "C53")
        .States("all n samples are classified correctly after T ≤ C · n⁵ L² F(W⁽⁰⁾)/δ² steps on the cross-entropy, for any labels and without any ε")
        .Given(WithLabels(Sizes))
        .Observes("steps until every sample is right", instance => StepsToAllRight(instance, LearningRate(instance.Trial)))
        .Against("n⁵ L² F(0)/δ²", v => Math.Pow(v.n, 5) * v.L * v.L * v["F(0)"] / (v.δ * v.δ))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("δ/n in place of n⁵ F(0)/δ²", v => v.L * v.L * v.δ / v.n)
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(WithLabels(Sizes.Reduced(cells: 2, trials: 1))).Changed("and have different labels", Label))
        .Build();

    /// <summary>T until all samples are right, against m.</summary>
    public static Claim Width { get; } = Claim
        .Named("azls.width-free-classification")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 6 (classification)", "Other losses", "C53")
        .States("the steps to 100 % accuracy at η = Θ(d/m) do not grow with m")
        .Given(WithLabels(Widths))
        .Observes("steps until every sample is right", instance => StepsToAllRight(instance, LearningRate(instance.Trial)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(0, within: Margin, ladder: "m"))
        .RefutedWhen("η falls like m⁻²", WithLabels(Widths.Reduced(cells: 6, trials: 8)), instance => StepsToAllRight(instance, LearningRate(instance.Trial) * 48 / instance.Trial.m))
        .Build();

    private static Generator<NetworkInstance> WithLabels(Domain domain) => Networks.AtInitialisation(domain).GeneratedOnly().Changed(
        "classes dealt out in turn, without regard to the inputs, so that the closest pair has two", Label);

    private static NetworkInstance Label(NetworkInstance instance)
    {
        var d = instance.Trial.d;
        for (var k = 0; k < instance.Targets.Length; k++)
        {
            instance.Targets[k] = k / d % d == k % d ? 1 : 0;
        }

        return instance;
    }

    private static double LearningRate(Trial trial) => LinearConvergence.LearningRate(trial) / 4;

    private static Measurement StepsToAllRight(NetworkInstance instance, double η)
    {
        var descent = new LossDescent(instance, Loss.CrossEntropy, _ => η);
        instance.Trial.Measure("F(0)", descent.Next());
        while (!AllRight(instance))
        {
            if (descent.Steps > Most || !double.IsFinite(descent.Next()))
            {
                return double.PositiveInfinity;
            }
        }

        return descent.Steps;
    }

    private static bool AllRight(NetworkInstance instance)
    {
        var d = instance.Trial.d;
        for (var i = 0; i < instance.Trial.n; i++)
        {
            for (var j = 0; j < d; j++)
            {
                if (j != i % d && !(instance.Output(i, j) < instance.Output(i, i % d)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
