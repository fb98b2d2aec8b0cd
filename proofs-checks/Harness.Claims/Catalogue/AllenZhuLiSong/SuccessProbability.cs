using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// "With high probability, if m is large enough": whether one initialisation trains as the limit of infinite width does. Its probability over n, L, δ and m is the phase diagram of gradient descent.
/// </summary>
/// <remarks>
/// Success is F(T) ≤ 0.01 F(0) within twice the steps T_∞ that the limit kernel takes from the same residual on the same inputs. A fixed number of steps would not do: more samples, or closer ones, need more of
/// them at every width, and the boundary would show how slow the problem is rather than how wide the network has to be. Here the problem's own time cancels, success tends to certainty as m → ∞, since the tangent
/// kernel then tends to its limit and stays there, and to failure as m → 1, where no neuron tells the closest pair apart.
/// </remarks>
public static class SuccessProbability
{
    private const double Accuracy = 0.01;

    /// <summary>Steps over those of the limit that still are a success: between one, which a kernel a little below its limit misses at any width, and the 4 by which the learning rate is off in a mutant.</summary>
    private const double Allowance = 2;

    private const double Permitted = 0.25;

    /// <summary>Where the limit itself takes more steps, two inputs coincide, up to rounding; in the domain it takes some hundreds.</summary>
    private const int Most = 100_000;

    private static readonly Domain Sizes = InUnits(128, (192, 256, 512), cells: (6, 8, 24), trials: (16, 20, 30), δ(0.9, (0.7, 0.6, 0.2)), n(3, (4, 6, 12)), L(1, (2, 3, 5)));

    private static readonly Domain Few = Sizes.Reduced(cells: 3, trials: 16);

    private static readonly Domain Narrow = InUnits(4, 6, cells: 3, trials: 16, δ(0.9, 0.6), n(3, 6), L(1, 3));

    /// <summary>The rate of failures at widths that suffice.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.success-probability")
        .From(Papers.AllenZhuLiSong, "Theorem 1 (probability)", "C59")
        .States("P(T(ε) > 2 T_∞(ε)) ≤ ¼   for ε = 0.01, η = 2d/(nLm), m ≥ 128/δ²;   T_∞(ε) = the steps of r⁽ᵗ⁺¹⁾ = (I − ηK^∞)r⁽ᵗ⁾")
        .Given(Start(Sizes))
        .Observes("1 if F(T) > 0.01 F(0) at T = 2 T_∞, else 0", instance => Fails(instance, rateFactor: 1))
        .Against("¼", _ => Permitted)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("two inputs coincide", Networks.WithDuplicate(Start(Few)))
        .RefutedWhen("networks as narrow as m = 6/δ²", Start(Narrow))
        .RefutedWhen("the learning rate is four times smaller than the limit's", Start(Few), instance => Fails(instance, rateFactor: 0.25))
        .Exploratory("Theorem 1 says that success is likely from a width on that no machine has. The width 128/δ² and the probability ¼ are measured, not proved; what theory says of them are the exponents of the boundary (harness sweep plan phase-diagram).")
        .Build();

    /// <summary>Widths in units of 1/δ².</summary>
    private static Domain InUnits(double from, ByProfile to, ByProfile cells, ByProfile trials, VariableRange δ, VariableRange n, VariableRange L) =>
        Domain.Filling(cells, trials, new VariableRange("mδ²", from, to, IsInteger: false), δ, n, L, d(1)).Computing("m", "mδ²", v => Math.Round(v["mδ²"] / (v.δ * v.δ)));

    private static Generator<NetworkInstance> Start(Domain domain) => Networks.WithAlternatingTargets(Networks.AtInitialisation(domain)).GeneratedOnly();

    private static Measurement Fails(NetworkInstance instance, double rateFactor)
    {
        var η = MovementLimit.LearningRate(instance.Trial);
        var initial = instance.Loss();
        var limit = StepsOfLimit(instance, η);
        instance.Trial.Measure("T_∞", limit);
        if (limit > Most)
        {
            return 1;
        }

        var losses = Descent.Run(instance, η * rateFactor, (int)Math.Ceiling(Allowance * limit), until: Accuracy * initial);
        instance.Trial.Measure("T", Descent.StepsTo(losses, Accuracy));
        return new(Core.Enclosures.Ball.Exactly(losses[^1] <= Accuracy * initial ? 0 : 1)) { Series = [.. Descent.Plotted(losses)] };
    }

    /// <summary>T_∞, for the residual that the instance's state holds; infinite where a mode of eigenvalue zero is never fitted.</summary>
    private static double StepsOfLimit(NetworkInstance instance, double η)
    {
        var (n, m, d) = (instance.Trial.n, instance.Trial.m, instance.Trial.d);
        var (kernel, values, vectors) = (new double[n * n], new double[n], new double[n * n]);
        LimitKernel.Compute(instance.Inputs, n, instance.Trial.L, kernel);
        SymmetricEigen.Decompose(kernel, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);

        // Targets are the same distance from every output, so that one of the d outputs stands for all.
        var (residual, modes) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            residual[i] = instance.Output(i, 0) - instance.Targets[i * d];
        }

        var dynamics = new KernelDynamics(values, vectors);
        dynamics.Modes(residual, modes);
        var steps = dynamics.StepsToResidual(η * m / (2.0 * d), modes, Accuracy * FixedOrder.SumOfSquares<double>(residual));
        return steps < 0 ? double.PositiveInfinity : steps;
    }
}
