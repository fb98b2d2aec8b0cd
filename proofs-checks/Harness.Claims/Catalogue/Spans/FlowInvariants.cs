using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>What the over-parameterised flow keeps: derivatives of the invariants along the flow of all D + 2 parameters, at whole numbers, where they are exact.</summary>
public static class FlowInvariants
{
    private static readonly Generator<Trial> Points = new(
        Domain.Filling(cells: (4, 6, 8), trials: (30, 50, 200), new VariableRange("D", 1, 4, IsInteger: true)), "parameters and z from −4, …, 4, not zero", takesData: false, trial => trial);

    /// <summary>One parameter b, D times.</summary>
    public static Claim Tied { get; } = Of(InnerLayers.Tied, "tied", "d/dt (a² − β²) = 0 and d/dt (b² − Dβ²) = 0 for θ = a b^D β", c: D => D, broken: "b² − (D + 1)β²", wrong: D => D + 1);

    /// <summary>D parameters.</summary>
    public static Claim Untied { get; } = Of(InnerLayers.Untied, "untied", "d/dt (a² − β²) = 0 and d/dt (b_k² − β²) = 0 for θ = a b₁⋯b_D β", c: _ => 1, broken: "b_k² − (D + 1)β²", wrong: D => D + 1);

    private static Claim Of(InnerLayers layers, string name, string statement, Func<int, int> c, string broken, Func<int, int> wrong) => Claim
        .Named($"ll.flow-invariants-{name}")
        .DerivedFrom(Papers.LiLin, "equation 14 (invariants)", "Over-parameterised flow", "E7")
        .States(statement)
        .Given(Points)
        .Observes("sum of the absolute derivatives", trial => Drift(trial, layers, c))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen(broken, trial => Drift(trial, layers, wrong))
        .RefutedWhen("parameters are updated one after the other, not at once", trial => Drift(trial, layers, c, simultaneous: false))
        .Build();

    /// <summary>Products of at most nine factors below five, and of their sums of squares after a unit step: exact.</summary>
    private static Measurement Drift(Trial trial, InnerLayers layers, Func<int, int> c, bool simultaneous = true)
    {
        var (depth, random) = ((int)trial.Variables["D"], trial.Random("point"));
        var (a, b, β, z) = (Draw(0), Draw(1), Draw(2), Draw(3));

        // With equal inner factors the products of the others are b^{D−1}, and only tied ones add up D of them.
        var product = Power(b, depth);
        var residual = z - (a * product * β);
        var slopeOfA = product * β * residual;
        var slopeOfB = (layers == InnerLayers.Tied ? depth : 1) * a * Power(b, depth - 1) * β * residual;
        var slopeOfβ = (simultaneous ? a : a + 1) * product * residual;
        return Ball.Exactly(Math.Abs((a * slopeOfA) - (β * slopeOfβ)) + Math.Abs((b * slopeOfB) - (c(depth) * β * slopeOfβ)));

        double Draw(ulong index) => (1 + random.Integer(2 * index, 4)) * (random.Integer((2 * index) + 1, 2) == 0 ? 1 : -1);
    }

    private static double Power(double x, int n) => Enumerable.Repeat(x, n).Aggregate(1.0, (power, factor) => power * factor);
}
