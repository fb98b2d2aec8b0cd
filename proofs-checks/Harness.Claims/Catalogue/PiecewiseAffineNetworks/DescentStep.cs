using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>A step of gradient descent is the linear step of its kernel, exactly, but for the neurons that change piece in it.</summary>
public static class DescentStep
{
    private const string Derivation = "Certificate of convergence";

    private const int Steps = 8;

    private static readonly VariableRange Small = new("|y|", 1e-3, (1e-5, 1e-5, 1e-6), IsInteger: false);

    private static readonly VariableRange Large = new("|y|", 1, (10, 10, 30), IsInteger: false);

    private static readonly Domain Quiet = Domain.Filling(cells: (10, 16, 30), trials: 1, m(500, (4000, 20_000, 200_000)), n(2, (4, 5, 8)), δ(0.9, 0.5), Small);

    private static readonly Domain Busy = Domain.Filling(cells: (10, 16, 30), trials: 1, m(100, (2000, 20_000, 200_000)), n(1, (6, 8, 12)), δ(0.9, 0.4), Large);

    /// <summary>J8: steps without a crossing.</summary>
    public static Claim Exact { get; } = Claim
        .Named("jk.exact-step")
        .DerivedFrom(Papers.JentzenKroeger, "Gradient descent step (no neuron changes sign)", Derivation, "J8")
        .States("r_{k+1} = (I − ηH(W_k)) r_k   in every step in which no neuron changes sign on a sample")
        .Given(BiasedNetworks.Mirrored(Quiet))
        .Observes("max_k |r_{k+1} − (I − ηH_k) r_k| over such steps", instance => Worst(instance, all: false, kernelFactor: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("steps with crossings are let in", BiasedNetworks.Mirrored(Busy.Reduced(cells: 6, trials: 1)), instance => Worst(instance, all: true, kernelFactor: 1))
        .RefutedWhen("2ηH in place of ηH", instance => Worst(instance, all: false, kernelFactor: 2))
        .Build();

    /// <summary>J9: all steps.</summary>
    public static Claim Remainder { get; } = Claim
        .Named("jk.step-remainder")
        .DerivedFrom(Papers.JentzenKroeger, "Gradient descent step (remainder)", Derivation, "J9")
        .States("|r_{k+1} − (I − ηH_k) r_k| ≤ (η c Δ √P/m) (Σ_i ‖x̃_i‖² s_i²)^{1/2} |r_k|,   s_i the neurons that change sign on sample i, P = Σ_i ‖x̃_i‖²")
        .Given(BiasedNetworks.Mirrored(Busy))
        .Observes("the largest |r_{k+1} − (I − ηH_k) r_k| over its bound, of 8 steps", instance => Largest(instance, power: 1))
        .Against("1", _ => 1)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("m² in place of m", instance => Largest(instance, power: 2))
        .RefutedWhen("sign changes are not charged", BiasedNetworks.Mirrored(Busy), instance => Largest(instance, power: 8))
        .Build();

    /// <summary>1/λ_max(H_0), enclosed from above: every step is one of the theorem's.</summary>
    private static double LearningRate(ShallowInstance instance) => BiasedNetworks.Certificate(instance, steps: 0).LearningRate;

    private static Measurement Worst(ShallowInstance instance, bool all, double kernelFactor)
    {
        var (η, worst, quiet) = (LearningRate(instance), Ball.Exactly(0), 0);
        for (var k = 0; k < Steps; k++)
        {
            var step = LinearStep.Take(instance, η, kernelFactor);
            if (all || step.Crossings == 0)
            {
                quiet++;
                worst = step.Remainder.Midpoint - step.Remainder.Radius > worst.Midpoint - worst.Radius || worst.Radius == 0 ? step.Remainder : worst;
            }
        }

        instance.Trial.Measure("steps", quiet);
        return new(worst) { Bound = Ball.Exactly(0) };
    }

    /// <summary>What exceeds rounding, relative to the bound; a step without crossings has the bound zero and is left to the identity.</summary>
    private static Measurement Largest(ShallowInstance instance, int power)
    {
        var (η, worst) = (LearningRate(instance), Ball.Exactly(0));
        for (var k = 0; k < Steps; k++)
        {
            var step = LinearStep.Take(instance, η);
            if (step.Crossings > 0)
            {
                worst = Ball.Max(worst, step.Remainder / (step.Bound * Ball.Pow(Ball.Exactly(instance.Trial.m), 1 - power)));
            }
        }

        return worst;
    }
}
