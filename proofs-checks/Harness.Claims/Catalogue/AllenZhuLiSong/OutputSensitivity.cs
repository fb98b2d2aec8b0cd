using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Claim 11.2 (output), the other way round: the bound on what a perturbation does to outputs is attained.</summary>
public static class OutputSensitivity
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (40, 40, 60), trials: (5, 5, 10), m(96, (448, 512, 4096)), ω(0.03, (0.003, 0.001, 0.0003)), L(1, (4, 5, 8)), d(1, (4, 6, 8)), n(1));

    /// <summary>The gradient direction moves its output by a constant part of the bound.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.output-perturbation-attained")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 11.2 (output, sharpness)", "Sharpness of the output bound", "C33")
        .States("|y_j − y̆_j| ≥ c · L √(m/d) ω   for the rank-one W′ along ∇y_j(x_i) with ‖W′_l‖₂ = ω")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("|Δy_1|, W′ along ∇y_1", Move)
        .Against("L √(m/d) ω", v => v.L * Math.Sqrt(v.m / v.d) * v.ω)
        .DecidedBy(HiddenConstant.LowerBound)
        .RefutedWhen("L² in place of L", v => v.L * v.L * Math.Sqrt(v.m / v.d) * v.ω)
        .RefutedWhen("m in place of √m", v => v.L * v.m / Math.Sqrt(v.d) * v.ω)
        .RefutedWhen("a Gaussian W′ in place of the gradient direction", (instance, arithmetic) => Move(instance, PerturbationFamily.Gaussian(instance), arithmetic))
        .Build();

    private static Measurement Move(NetworkInstance instance, Arithmetic arithmetic) => Move(instance, PerturbationFamily.AlongGradient(instance), arithmetic);

    private static Measurement Move(NetworkInstance instance, Perturbation direction, Arithmetic arithmetic)
    {
        var move = EnclosedPass.Of(instance, direction, arithmetic).Outputs[0] - EnclosedPass.Of(instance, arithmetic).Outputs[0];
        return Ball.Max(move, -move);
    }
}
