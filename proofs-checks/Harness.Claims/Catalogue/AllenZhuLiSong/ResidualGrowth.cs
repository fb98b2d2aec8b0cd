using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendix C: how far residual layers let features grow, and which step τ keeps them bounded.</summary>
public static class ResidualGrowth
{
    // The mean ratio stays about a tenth below its bound at τ = 1/√L and approaches it as τ → 0, where both are 1; 5 % tells (1 + τ²) from (1 + 2τ²) wherever Lτ² ≥ ½.
    private const double Resolution = 0.05;

    private static readonly VariableRange τL = new("τ√L", 1, 0.1, IsInteger: false);

    private static readonly Domain Sizes = Domain.Filling(cells: (6, 10, 24), trials: (16, 20, 60), L(4, (12, 24, 128)), m(64, (96, 160, 1024)), τL, n(1), d(1));

    private static readonly Domain Depths = Domain.Climbing("L", rungs: (6, 6, 7), trials: (6, 8, 20), L(8, (64, 128, 512)), m(96), n(1), d(1));

    /// <summary>The mean growth over the residual layers.</summary>
    public static Claim Mean { get; } = Claim
        .Named("azls.residual-growth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix C (forward norm)", "Convolution and residual layers", "C24")
        .States("E ‖h_{L−1}‖²/‖h₀‖² ≤ (1 + 2τ²)^{L−1}")
        .Given(Architectures.Residual(Sizes, "τ between 0.1/√L and 1/√L", Step).GeneratedOnly())
        .Observes("‖h_{L−1}‖²/‖h₀‖²", instance => SquaredGrowth(instance))
        .Against("(1 + 2τ²)^{L−1}", v => Math.Pow(1 + (2 * v["τ"] * v["τ"]), v.L - 1))
        .DecidedBy(Moment.AtMost(Resolution))
        .RefutedWhen("τ²/2 in place of 2τ²", v => Math.Pow(1 + (v["τ"] * v["τ"] / 2), v.L - 1))
        .RefutedWhen("the step is twice as large as stated", instance => SquaredGrowth(instance, 2 * instance.Trial.Variables["τ"]))
        .Build();

    /// <summary>The largest order of τ at which depth does not matter.</summary>
    public static Claim Depth { get; } = Claim
        .Named("azls.residual-depth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix C (choice of τ)", "Convolution and residual layers", "C24")
        .States("‖h_{L−1}‖/‖h₀‖ = O(1) in L at τ = 1/√L")
        .Given(Architectures.Residual(Depths, "τ = 1/√L", trial => 1 / Math.Sqrt(trial.L)).GeneratedOnly())
        .Observes("‖h_{L−1}‖/‖h₀‖", instance => Math.Sqrt(SquaredGrowth(instance)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(0, within: 0.2, ladder: "L"))
        .RefutedWhen("τ = √(log L/L)", Architectures.Residual(Depths.Reduced(cells: (6, 6, 7), trials: 6), "τ = √(log L/L)", trial => Math.Sqrt(Math.Log(trial.L) / trial.L)))
        .Build();

    private static double Step(Trial trial) => trial.Variables["τ√L"] / Math.Sqrt(trial.L);

    private static double SquaredGrowth(NetworkInstance instance) => Architectures.Mean(instance, drawn =>
    {
        drawn.Network.Forward(drawn.Inputs, drawn.State);
        return FixedOrder.SumOfSquares<double>(drawn.State.Features(drawn.Trial.L - 1)) / FixedOrder.SumOfSquares<double>(drawn.State.Features(0));
    });

    /// <summary>The same network with another step.</summary>
    private static double SquaredGrowth(NetworkInstance instance, double step)
    {
        var network = new Residual<double>(instance.Network.InputDimension, instance.Trial.m, instance.Trial.L, instance.Trial.d, step);
        return SquaredGrowth(new NetworkInstance(instance.Trial, instance.Inputs, instance.Targets, network));
    }
}
