using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>The rate at which a wide network converges in the end is that of its slowest mode; and the largest stable rate is that of its fastest.</summary>
public static class LateRate
{
    private const string Derivation = "Piecewise affine networks";

    /// <summary>At 1/λ_max the fast mode of two is gone after a step or two.</summary>
    private const int Steps = 20;

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (5, 6, 7), trials: (12, 12, 24), m(512, (8192, 65536, 524288)), n(2), δ(0.7), new VariableRange("|y|", 0.1, 0.1, IsInteger: false));

    private static readonly Generator<ShallowInstance> Few = BiasedNetworks.Mirrored(Ladder.Reduced(cells: (5, 6, 7), trials: 4), PiecewiseAffine.Rectifier);

    private static readonly Domain Wide = Domain.Filling(cells: (8, 12, 30), trials: 1, m(10_000, (40_000, 100_000, 1_000_000)), n(2, (5, 6, 8)), δ(0.9, 0.5), new VariableRange("|y|", 0.01, 0.01, IsInteger: false));

    /// <summary>J11: the late rate.</summary>
    public static Claim Limit { get; } = Claim
        .Named("jk.late-rate")
        .DerivedFrom(Papers.JentzenKroeger, "Linear convergence (rate in the end, wide networks)", Derivation, "J11")
        .States("1 − |r_{k+1}|/|r_k| = ηλ_{min}(H^∞)(1 + O(1/√m))   late in training")
        .Given(BiasedNetworks.Mirrored(Ladder, PiecewiseAffine.Rectifier))
        .Observes("relative deviation at k = 20, root mean square over 12 initialisations", instance => Deviation(instance, limit => limit.Smallest.Midpoint))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: 0.15, ladder: "m"))
        .RefutedWhen("λ_max in place of λ_min", Few, instance => Deviation(instance, limit => limit.Largest.Midpoint))
        .RefutedWhen("half of it, as the certificate has", Few, instance => Deviation(instance, limit => limit.Smallest.Midpoint / 2))
        .Build();

    /// <summary>J14: beyond 2/λ_max the fastest mode grows.</summary>
    public static Claim Unstable { get; } = Claim
        .Named("jk.unstable-rate")
        .DerivedFrom(Papers.JentzenKroeger, "Learning rate (necessity of a small one)", Derivation, "J14")
        .States("|r_8| > |r_0|   at η = 2.4/λ_{max}(H_0), targets along the fastest mode, wide networks")
        .Given(BiasedNetworks.Mirrored(Wide))
        .Observes("|r_8|/|r_0|", instance => Growth(instance, factor: 2.4))
        .Against("1", _ => 1)
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("1.6/λ_max", instance => Growth(instance, factor: 1.6))
        .Build();

    private static Measurement Deviation(ShallowInstance instance, Func<CertifiedLimit, double> rate)
    {
        const int Initialisations = 12;
        var limit = new CertifiedLimit(instance.Network.Activation, instance.Inputs, instance.Trial.n);
        var η = 1 / limit.Largest.Midpoint;
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.InitialiseMirrored(instance.Trial.Random("weights").Derive((ulong)k));
            var residuals = instance.Descend(η, Steps);
            sum += Math.Pow(((1 - (residuals[^1] / residuals[^2])) / (η * rate(limit))) - 1, 2);
        }

        return Math.Sqrt(sum / Initialisations);
    }

    private static Measurement Growth(ShallowInstance instance, double factor)
    {
        var (kernel, n) = (instance.Kernel(), instance.Trial.n);
        var (values, vectors) = (new double[n], new double[n * n]);
        SymmetricEigen.Decompose(kernel, n, values, vectors, new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        for (var i = 0; i < n; i++)
        {
            instance.Targets[i] = 0.01 * vectors[((n - 1) * n) + i];
        }

        instance.Network.Forward(instance.Inputs, instance.State);
        var before = LinearStep.Norm(LinearStep.Residuals(instance));
        for (var k = 0; k < 8; k++)
        {
            ShallowDescent.Step<double>(instance.Network, instance.Targets, factor / values[^1], instance.State);
        }

        return LinearStep.Norm(LinearStep.Residuals(instance)) / before;
    }
}
