using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>How little of a wide network training changes: neurons, signs and kernel, each in proportion to 1/√m.</summary>
public static class WidthScaling
{
    private const string Derivation = "Piecewise affine networks";

    private const int Steps = 20;

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (5, 6, 7), trials: (10, 12, 24), m(512, (8192, 65536, 524288)), n(4), δ(0.8), new VariableRange("|y|", 1, 1, IsInteger: false));

    private static readonly Generator<ShallowInstance> Few = BiasedNetworks.Mirrored(Ladder.Reduced(cells: (5, 6, 7), trials: 6), PiecewiseAffine.Rectifier);

    /// <summary>J12: neurons.</summary>
    public static Claim Movement { get; } = Scaling("jk.movement-rate", "Movement of neurons (rate)", "max_r ‖w_r(T) − w_r(0)‖", "Θ", Exponent.EqualTo(-0.5, within: 0.15, ladder: "m"), run => run.Movement, "distances in units of 1/√m", (change, m) => change * Math.Sqrt(m));

    /// <summary>J12: signs.</summary>
    public static Claim Signs { get; } = Scaling("jk.sign-change-rate", "Sign changes (rate)", "Σ_k Σ_i s_{k,i}/(nm)", "Θ", Exponent.EqualTo(-0.5, within: 0.15, ladder: "m"), run => run.Crossings, "sign changes themselves, not their share", (change, m) => change * m);

    /// <summary>J12: kernel.</summary>
    public static Claim Kernel { get; } = Scaling("jk.kernel-drift-rate", "Change of the Gram matrix (rate)", "‖H(T) − H(0)‖_F", "O", Exponent.AtMost(-0.5, within: 0.15, ladder: "m"), run => run.Drift, "the kernel without its factor 1/m", (change, m) => change * m);

    /// <summary>J13: the width at which training succeeds, beside the one that is proved to suffice.</summary>
    public static Claim Threshold { get; } = Claim
        .Named("jk.width-threshold")
        .DerivedFrom(Papers.JentzenKroeger, "Width (threshold of success)", "Certificate of convergence", "J13")
        .States("the smallest m = 2, 4, 8, … with |r_k| ≤ 10⁻³ |r_0| within 20/(ηλ_{min}(H^∞)) steps is at most M(0.3)")
        .Given(BiasedNetworks.Mirrored(Domain.Filling(cells: (12, 20, 60), trials: (2, 3, 8), n(2, (5, 8, 12)), δ(0.9, 0.5), m(2), new VariableRange("|y|", 0.1, (1, 1, 3), IsInteger: false))))
        .Observes("smallest m", SmallestWidth)
        .AgainstItsOwnBound("M(0.3)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("the width falls like 1/n²", v => 1 / (v.n * v.n))
        .Build();

    private static Claim Scaling(string id, string item, string quantity, string order, Exponent exponent, Func<Changes, double> change, string broken, Func<double, double, double> rescaled) => Claim
        .Named(id)
        .DerivedFrom(Papers.JentzenKroeger, item, Derivation, "J12")
        .States($"{quantity} = {order}(1/√m)   at fixed data and T = 20 steps of 1/λ_{{max}}(H^∞)")
        .Given(BiasedNetworks.Mirrored(Ladder, PiecewiseAffine.Rectifier))
        .Observes($"{quantity}, root mean square over 6 initialisations and targets", instance => RootMeanSquare(instance, change))
        .Against("1", _ => 1)
        .DecidedBy(exponent)
        .RefutedWhen(broken, Few, instance => rescaled(RootMeanSquare(instance, change), instance.Trial.m))
        .Build();

    private sealed record Changes(double Movement, double Crossings, double Drift);

    private static double RootMeanSquare(ShallowInstance instance, Func<Changes, double> change)
    {
        const int Draws = 6;
        var (sum, norm) = (0.0, Math.Sqrt(instance.Targets.Sum(y => y * y)));
        for (var k = 0; k < Draws; k++)
        {
            instance.Network.InitialiseMirrored(instance.Trial.Random("weights").Derive((ulong)k));
            instance.Trial.Random("targets").Derive((ulong)k).FillGaussian<double>(instance.Targets, 1);
            var drawn = Math.Sqrt(instance.Targets.Sum(y => y * y));
            for (var i = 0; i < instance.Targets.Length; i++)
            {
                instance.Targets[i] *= norm / drawn;
            }

            sum += Math.Pow(change(Train(instance)), 2);
        }

        return Math.Sqrt(sum / Draws);
    }

    private static Changes Train(ShallowInstance instance)
    {
        var (n, η) = (instance.Trial.n, 1 / new CertifiedLimit(instance.Network.Activation, instance.Inputs, instance.Trial.n).Largest.Midpoint);
        var (initial, kernel, counts, total) = (instance.Copy(), instance.Kernel(), new int[n], 0L);
        instance.Network.Forward(instance.Inputs, instance.State);
        for (var k = 0; k < Steps; k++)
        {
            ShallowDescent.Step<double>(instance.Network, instance.Targets, η, instance.State, counts);
            total += counts.Sum();
        }

        double[] drift = [.. instance.Kernel().Zip(kernel, (now, then) => now - then)];
        return new(instance.MovementFrom(initial).Largest, (double)total / n / instance.Trial.m, Math.Sqrt(FixedOrder.SumOfSquares<double>(drift)));
    }

    private static Measurement SmallestWidth(ShallowInstance instance)
    {
        var (limit, activation, n) = (new CertifiedLimit(instance.Network.Activation, instance.Inputs, instance.Trial.n), instance.Network.Activation, instance.Trial.n);
        var η = 1 / limit.Largest.Midpoint;
        var bound = new WidthForCertificate(activation, instance.Inputs, n, limit.Smallest.Lower, failing: 0.3).For(Math.Sqrt(instance.Targets.Sum(y => y * y)));
        for (var m = 2; m <= 65_536; m *= 2)
        {
            var network = new ShallowNetwork<double>(instance.Network.InputDimension, m, activation);
            network.InitialiseMirrored(instance.Trial.Random("weights").Derive((ulong)m));
            var residuals = new ShallowInstance(instance.Trial, instance.Inputs, instance.Targets, network).Descend(η, (int)Math.Ceiling(20 / (η * limit.Smallest.Midpoint)));
            if (residuals[^1] <= 1e-3 * residuals[0])
            {
                return new(Ball.Unbounded(m)) { Bound = Ball.Unbounded(bound) };
            }
        }

        return new(Ball.Unbounded(double.PositiveInfinity)) { Bound = Ball.Unbounded(bound) };
    }
}
