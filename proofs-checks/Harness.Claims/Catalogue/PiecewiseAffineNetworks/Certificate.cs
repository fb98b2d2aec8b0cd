using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>The convergence certificate: from the initialisation alone, the rate of gradient descent for all time and how far a neuron can go. Proved before a step is taken, then run.</summary>
public static class Certificate
{
    private const string Derivation = "Certificate of convergence";

    private const int Steps = 150;

    private static readonly VariableRange Norm = new("|y|", 0.04, (0.01, 0.01, 0.1), IsInteger: false);

    private static readonly Domain Sizes = Domain.Filling(cells: (8, 12, 30), trials: (1, 2, 2), m(4000, (20_000, 60_000, 1_000_000)), n(2, (4, 5, 6)), δ(0.9, 0.6), Norm);

    private static readonly Domain Narrow = Domain.Filling(cells: (3, 4, 8), trials: (14, 16, 40), m(65_536, (100_000, 262_144, 1_000_000)), n(2, 3), δ(0.9, 0.7), new VariableRange("|y|", 1, 1, IsInteger: false));

    /// <summary>J10: the rate.</summary>
    public static Claim Rate { get; } = Claim
        .Named("jk.certificate-rate")
        .DerivedFrom(Papers.JentzenKroeger, "Linear convergence (certificate from the initialisation)", Derivation, "J10")
        .States("6cΔ√P·Q ≤ mλ and η(λ + Λ) ≤ 2 imply |r_k| ≤ (1 − ηλ/2)^k |r_0| for all k   (c, Δ slopes, P = Σ‖x̃_i‖², Q² = Σ‖x̃_i‖²|S_i|², S_i the neurons within R‖x̃_i‖ of a breakpoint)")
        .Given(BiasedNetworks.Certified(Sizes, Steps))
        .Observes("max_{k ≥ 1} |r_k| / ((1 − ηλ/2)^k |r_0| + rounding)", instance => WorstRatio(instance, rate: 0.5, rateFactor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("1 − 3ηλ/2 in place of 1 − ηλ/2", instance => WorstRatio(instance, rate: 1.5, rateFactor: 1))
        .RefutedWhen("steps of 2.5/Λ", instance => WorstRatio(instance, rate: 0.5, rateFactor: 2.5))
        .Build();

    /// <summary>J10: the movement.</summary>
    public static Claim Movement { get; } = Claim
        .Named("jk.certificate-movement")
        .DerivedFrom(Papers.JentzenKroeger, "Linear convergence (movement)", Derivation, "J10")
        .States("under the certificate ‖w_r(k) − w_r(0)‖ ≤ R = 2c√P |r_0|/(√m λ) for all r and k")
        .Given(BiasedNetworks.Certified(Sizes, Steps))
        .Observes("max_r ‖w_r(k) − w_r(0)‖", instance => Farthest(instance, power: 0))
        .AgainstItsOwnBound("R and rounding")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("m in place of √m", instance => Farthest(instance, power: 1))
        .RefutedWhen("steps of 2.5/Λ", instance => Farthest(instance, power: 0, rateFactor: 2.5))
        .Build();

    /// <summary>J14: no step increases the loss.</summary>
    public static Claim Monotone { get; } = Claim
        .Named("jk.certificate-contraction")
        .DerivedFrom(Papers.JentzenKroeger, "Linear convergence (every step)", Derivation, "J14")
        .States("under the certificate |r_{k+1}| ≤ (1 − ηλ/2) |r_k| in every step")
        .Given(BiasedNetworks.Certified(Sizes, Steps))
        .Observes("max_k |r_{k+1}| − (1 − ηλ/2)|r_k|", instance => WorstGrowth(instance, rateFactor: 1))
        .AgainstItsOwnBound("rounding")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("steps of 2.5/Λ", instance => WorstGrowth(instance, rateFactor: 2.5))
        .Build();

    /// <summary>The certificate is there, with the stated probability, at an explicit width.</summary>
    public static Claim SufficientWidth { get; } = Claim
        .Named("jk.sufficient-width")
        .DerivedFrom(Papers.JentzenKroeger, "Linear convergence with high probability (explicit width)", Derivation, "J10")
        .States("the certificate is active with probability at least 1 − p at every width from M(p) = O(P³ c⁴Δ² |y|²/λ_{min}(H^∞)⁴ + …) on; tried at the largest |y| with M(0.3) ≤ m")
        .Given(BiasedNetworks.Mirrored(Narrow))
        .Observes("1{certificate is not active}", instance => Fails(instance, factor: 1))
        .Against("0.3", _ => 0.3)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("residuals 1000 times as large", instance => Fails(instance, factor: 1000))
        .Build();

    private static Measurement WorstRatio(ShallowInstance instance, double rate, double rateFactor)
    {
        var certificate = BiasedNetworks.Certificate(instance, Steps);
        var (worst, half) = (Ball.Exactly(0), Ball.Exactly(certificate.LearningRate) * Ball.Exactly(certificate.SmallestEigenvalue));
        instance.Trial.Measure("η", rateFactor * certificate.LearningRate);
        instance.Trial.Measure("λ", certificate.SmallestEigenvalue);
        instance.Trial.Measure("T", Steps);
        instance.Trial.Measure("rounding", (certificate.Slack + certificate.OutputError) / certificate.InitialResidual);
        var q = Ball.Exactly(1) - (Ball.Exactly(rate) * half);
        var series = new List<double>();
        Run(instance, rateFactor * certificate.LearningRate, (k, norm) =>
        {
            var bound = (Ball.Pow(q, k) * Ball.Exactly(certificate.InitialResidual)) + Ball.Exactly(certificate.Slack) + Ball.Exactly(certificate.OutputError);
            worst = k == 0 ? worst : double.IsFinite(norm.Midpoint) ? Ball.Max(worst, norm / bound) : Ball.Unbounded(double.PositiveInfinity);
            series.Add(norm.Midpoint);
        });
        return new(worst) { Series = [.. Descent.Plotted([.. series])] };
    }

    private static Measurement Farthest(ShallowInstance instance, int power, double rateFactor = 1)
    {
        var (certificate, initial) = (BiasedNetworks.Certificate(instance, Steps), instance.Copy());
        Run(instance, rateFactor * certificate.LearningRate, (_, _) => { });

        // Every difference, square and sum of 𝔡 + 1 of them is rounded once, and so is the root.
        var moved = instance.MovementFrom(initial).Largest;
        var movement = new Ball(moved, RoundedUp.Multiply(2 * Rounding.Gamma(instance.Network.InputDimension + 4), moved));
        return new(movement) { Bound = Ball.Exactly(certificate.MovementBound) / Ball.Sqrt(Ball.Pow(Ball.Exactly(instance.Trial.m), power)) };
    }

    private static Measurement WorstGrowth(ShallowInstance instance, double rateFactor)
    {
        var certificate = BiasedNetworks.Certificate(instance, Steps);
        var ηλ = Ball.Exactly(certificate.LearningRate) * Ball.Exactly(certificate.SmallestEigenvalue);
        var (q, last, worst) = (Ball.Exactly(1) - (ηλ / Ball.Exactly(2)), Ball.Exactly(0), Ball.Exactly(double.MinValue));
        Run(instance, rateFactor * certificate.LearningRate, (k, norm) =>
        {
            worst = k == 0 ? worst : Ball.Max(worst, norm - (q * last));
            last = norm;
        });
        return new(worst) { Bound = (Ball.Exactly(certificate.Slack) * ηλ / Ball.Exactly(2)) + (Ball.Exactly(2) * Ball.Exactly(certificate.OutputError)) };
    }

    private static Measurement Fails(ShallowInstance instance, double factor)
    {
        var limit = new CertifiedLimit(instance.Network.Activation, instance.Inputs, instance.Trial.n);
        var width = new WidthForCertificate(instance.Network.Activation, instance.Inputs, instance.Trial.n, limit.Smallest.Lower, failing: 0.3);
        var norm = factor * width.LargestTarget(instance.Trial.m);
        var old = Math.Sqrt(instance.Targets.Sum(y => y * y));
        for (var i = 0; i < instance.Targets.Length; i++)
        {
            instance.Targets[i] *= norm / old;
        }

        instance.Trial.Measure("|y|", norm);
        return BiasedNetworks.Certificate(instance, steps: 0).IsActive ? 0 : 1;
    }

    /// <summary>Runs the steps and shows the norm of the computed residual before each and after the last; stops where it is no number any more.</summary>
    private static void Run(ShallowInstance instance, double η, Action<int, Ball> show)
    {
        instance.Network.Forward(instance.Inputs, instance.State);
        for (var k = 0; k <= Steps; k++)
        {
            var norm = LinearStep.Norm(LinearStep.Residuals(instance));
            show(k, norm);
            if (!double.IsFinite(norm.Midpoint) || k == Steps)
            {
                return;
            }

            ShallowDescent.Step<double>(instance.Network, instance.Targets, η, instance.State);
        }
    }
}
