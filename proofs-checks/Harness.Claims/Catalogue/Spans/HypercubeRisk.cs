using Harness.Claims.Decisions;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>The prior behind the lower bound of Theorem 3.3: signs ±σ on K coordinates, whose Bayes risk bounds every estimator's worst risk from below.</summary>
public static class HypercubeRisk
{
    private static readonly Generator<Trial> One = new(
        Domain.Filling(cells: 1, trials: 1, new VariableRange("signal/noise", 1, 1, IsInteger: false)), "a coordinate ±σ with fair signs under noise N(0, σ²), σ = 1", takesData: false, trial => trial);

    /// <summary>Risk of the Bayes estimator σ tanh(z/σ), a coordinate: 1 − E tanh(1 + Z).</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.hypercube-risk")
        .DerivedFrom(Papers.HuangLiLiLin, "Theorem 3.3 (lower bound)", "Effective span dimension", "E5")
        .States("Bayes risk over {−σ, σ}^K = 0.4496 Kσ²   (to four digits)")
        .Given(One)
        .Observes("|Bayes risk − 0.4496|", _ => Deviation(signal: 1, digits: 0.4496))
        .AgainstItsOwnBound("half of the last digit")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("the best linear estimator's ½", _ => Deviation(signal: 1, digits: 0.5))
        .RefutedWhen("signs ±2σ", _ => Deviation(signal: 2, digits: 0.4496))
        .Build();

    private static Measurement Deviation(double signal, double digits)
    {
        var difference = BayesRisk(signal) - Ball.Exactly(digits);
        return new(difference.Midpoint < 0 ? -difference : difference) { Bound = Ball.Exactly(5e-5) };
    }

    /// <summary>s²(1 − E tanh(s² + sZ)) by the trapezoidal rule with h = 1/8 on |x| ≤ 12: the derivation bounds what it leaves out by 10⁻⁹ for s ≤ 2.</summary>
    private static Ball BayesRisk(double s)
    {
        const double Step = 0.125;
        var sum = new Ball(0, 1e-9);
        for (var i = -96; i <= 96; i++)
        {
            var x = i * Step;
            sum += Tanh(Ball.Exactly((s * s) + (s * x))) * Ball.Exp(Ball.Exactly(-x * x / 2));
        }

        return Ball.Exactly(s * s) * (Ball.Exactly(1) - (Ball.Exactly(Step) * sum / Ball.Sqrt(Ball.Exactly(2) * Ball.Pi)));
    }

    private static Ball Tanh(Ball x) => Ball.Exactly(1) - (Ball.Exactly(2) / (Ball.Exp(x + x) + Ball.Exactly(1)));
}
