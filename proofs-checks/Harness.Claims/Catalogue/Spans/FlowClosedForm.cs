using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>The flow without inner layers, solved: the formula satisfies its differential equation, with every rounding enclosed.</summary>
public static class FlowClosedForm
{
    /// <summary>Error of <see cref="OverparameterisedFlow.ClosedForm"/>, relative: (40 + 4St)u.</summary>
    private static double Relative(double S, double t) => (40 + (4 * Math.Min(S * t, 745))) * 1.11023e-16;

    private static readonly Generator<Trial> Paths = new(
        Domain.Filling(cells: (10, 20, 40), trials: (30, 50, 200), new VariableRange("λ", 1, (1e-9, 1e-9, 1e-12), IsInteger: false), new VariableRange("|z|", 3, 0.02, IsInteger: false), new VariableRange("t", 0.1, 40, IsInteger: false)),
        "one coordinate, z of either sign, a(0) = √λ, β(0) = 0",
        takesData: false,
        trial => trial);

    /// <summary>θ′ = √(λ² + 4θ²)(z − θ), θ(0) = 0.</summary>
    public static Claim Equation { get; } = Claim
        .Named("ll.flow-closed-form")
        .DerivedFrom(Papers.LiLin, "equation 14 (D = 0)", "Over-parameterised flow", "E8")
        .States("θ(t) = (λ/4)(y − 1/y),  y = (y₊ − y₋r)/(1 − r),  r = (1 − y₊)/(1 − y₋) e^{−St}   solves   θ′ = √(λ² + 4θ²)(z − θ), θ(0) = 0")
        .Given(Paths)
        .Observes("θ′ − √(λ² + 4θ²)(z − θ)", trial => Residual(trial, rate: 1, cross: 4))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("half the rate", trial => Residual(trial, rate: 0.5, cross: 4))
        .RefutedWhen("√(λ² + z²) in place of S", trial => Residual(trial, rate: 1, cross: 1))
        .Build();

    /// <summary>|θ| and the learned eigenvalue rise, and θ does not pass z.</summary>
    public static Claim Monotone { get; } = Claim
        .Named("ll.flow-monotone")
        .From(Papers.LiLin, "Proposition 3.4 (proof)", "E9")
        .States("t ↦ a(t)² rises, |θ(t)| rises to |z| and never passes it")
        .Given(Paths)
        .Observes("steps of the path where it does otherwise, beyond rounding", trial => Violations(trial, target: 1))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("|θ| stays below |z|/2", trial => Violations(trial, target: 0.5))
        .Build();

    private static double Target(Trial trial) => trial.Variables["|z|"] * (trial.Random("sign").Integer(0, 2) == 0 ? 1 : -1);

    /// <summary>The formula as it is printed, for |z|, differentiated by r′ = −Sr; the right side at the core's θ, whose error is proved.</summary>
    private static Measurement Residual(Trial trial, double rate, double cross)
    {
        var (target, flow, t) = (Target(trial), new OverparameterisedFlow(trial.Variables["λ"]), trial.Variables["t"] * trial.Random("time").Uniform(0));
        var (λ, z, one) = (Ball.Exactly(trial.Variables["λ"]), Ball.Exactly(Math.Abs(target)), Ball.Exactly(1));
        var S = Ball.Sqrt((Ball.Exactly(cross) * Ball.Square(z)) + Ball.Square(λ));
        var top = ((z + z) + S) / λ;
        var bottom = -(one / top);
        var speed = Ball.Exactly(rate) * S;
        var r = (one - top) / (one - bottom) * Ball.Exp(-(speed * Ball.Exactly(t)));
        var y = (top - (bottom * r)) / (one - r);
        var slopeOfY = -(speed * r) * (top - bottom) / Ball.Square(one - r);
        var slope = λ / Ball.Exactly(4) * (one + (one / Ball.Square(y))) * slopeOfY;

        var computed = Math.Abs(flow.ClosedForm(target, t).Coefficient);
        var θ = new Ball(computed, computed * Relative(S.Upper, t));
        var start = Ball.Exactly(Math.Abs(flow.ClosedForm(target, 0).Coefficient));
        return (slope - (Ball.Sqrt(Ball.Square(λ) + (Ball.Exactly(4) * Ball.Square(θ))) * (z - θ))) + start;
    }

    private static Measurement Violations(Trial trial, double target)
    {
        var (z, flow) = (Target(trial), new OverparameterisedFlow(trial.Variables["λ"]));
        var relative = Relative(Math.Sqrt((4 * z * z) + 1), 4 * trial.Variables["t"]);
        FlowPoint[] path = [.. Enumerable.Range(0, 41).Select(i => flow.ClosedForm(z, i * trial.Variables["t"] / 10))];
        return Ball.Exactly(
            path.Zip(path.Skip(1)).Count(step => step.Second.Eigenvalue < step.First.Eigenvalue * (1 - (2 * relative)) || Math.Abs(step.Second.Coefficient) < Math.Abs(step.First.Coefficient) * (1 - (2 * relative)))
            + path.Count(point => Math.Abs(point.Coefficient) > target * Math.Abs(z) * (1 + relative)));
    }
}
