using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Where the over-parameterised flow ends with D inner layers: the product of the layers that its invariants allow is z.</summary>
public static class FlowEndpoint
{
    private const double Unit = 1.1102230246251565e-16;

    private static readonly Generator<Trial> Coordinates = new(
        Domain.Filling(
            cells: (12, 20, 40),
            trials: (20, 30, 100),
            new VariableRange("λ", 1, (1e-6, 1e-9, 1e-12), IsInteger: false),
            new VariableRange("|z|", 0.02, 30, IsInteger: false),
            new VariableRange("b₀", 1, 0.1, IsInteger: false),
            new VariableRange("D", 2, (4, 4, 6), IsInteger: true)),
        "one coordinate with D inner factors that start at b₀",
        takesData: false,
        trial => trial);

    /// <summary>One parameter b, D times.</summary>
    public static Claim Tied { get; } = Claim
        .Named("ll.flow-endpoint-tied")
        .DerivedFrom(Papers.LiLin, "equation 14 (limit)", "Over-parameterised flow", "E9")
        .States("a b^D β = z with a² = λ + β², b² = b₀² + Dβ² and β² = z²/λ_∞")
        .Given(Coordinates)
        .Observes("(a b^D β)²/z² − 1", trial => Residual(trial, InnerLayers.Tied, InnerLayers.Tied))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("invariants of D separate layers", trial => Residual(trial, InnerLayers.Tied, InnerLayers.Untied))
        .Build();

    /// <summary>D parameters.</summary>
    public static Claim Untied { get; } = Claim
        .Named("ll.flow-endpoint-untied")
        .DerivedFrom(Papers.LiLin, "equation 14 (D layers, limit)", "Over-parameterised flow", "E9")
        .States("a b₁⋯b_D β = z with a² = λ + β², b_k² = b₀² + β² and β² = z²/λ_∞")
        .Given(Coordinates)
        .Observes("(a b₁⋯b_D β)²/z² − 1", trial => Residual(trial, InnerLayers.Untied, InnerLayers.Untied))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("equal layers collapse to one parameter b^D", trial => Residual(trial, InnerLayers.Untied, InnerLayers.Tied))
        .Build();

    /// <summary>The core's eigenvalue with its proved error, put into the equations layer by layer.</summary>
    private static Measurement Residual(Trial trial, InnerLayers computed, InnerLayers invariants)
    {
        var (depth, λ, b) = ((int)trial.Variables["D"], trial.Variables["λ"], trial.Variables["b₀"]);
        var z = trial.Variables["|z|"] * (0.5 + trial.Random("target").Uniform(0));
        var end = new OverparameterisedFlow(λ, depth, b, computed).Endpoint(z).Eigenvalue;
        var eigenvalue = new Ball(end, end * ((2 * depth) + 2) * (depth + 8) * Unit * 1.01);
        var squared = Ball.Square(Ball.Exactly(z));
        var s = squared / eigenvalue;
        var product = s * (Ball.Exactly(λ) + s);
        for (var k = 0; k < depth; k++)
        {
            product *= Ball.Square(Ball.Exactly(b)) + (Ball.Exactly(invariants == InnerLayers.Tied ? depth : 1) * s);
        }

        return (product / squared) - Ball.Exactly(1);
    }
}
