using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Ridge regression saturates: below a penalty of λ_{i₀} no choice brings its risk under σ²d_Δ/4 (Theorem I.6), however small the effective span is.</summary>
public static class RidgeBound
{
    private static readonly Generator<Trial> Smooth = new(
        Domain.Filling(
            cells: (12, 20, 40),
            trials: (4, 6, 20),
            new VariableRange("d", 60, (300, 300, 2000), IsInteger: true),
            new VariableRange("decay", 0.8, 1.6, IsInteger: false),
            new VariableRange("smoothness", 1.5, 3, IsInteger: false),
            new VariableRange("i₀", 2, 12, IsInteger: true),
            new VariableRange("σ²", 1e-3, 1e-7, IsInteger: false)),
        "λ_j = j^{−decay}, θ = λ^{smoothness} with signs",
        takesData: false,
        trial => trial);

    /// <summary>The smallest risk over penalties up to λ_{i₀}.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.ridge-saturation")
        .From(Papers.HuangLiLiLin, "Theorem I.6", "E17")
        .States("risk of ridge regression ≥ σ² d_Δ/4   for every 0 < ν ≤ λ_{i₀}")
        .Given(Smooth)
        .Observes("smallest risk over 24 penalties", trial => Smallest(trial, constant: 0.25, signal: 1))
        .AgainstItsOwnBound("σ² d_Δ/4")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("5σ² d_Δ in place of σ² d_Δ/4", trial => Smallest(trial, constant: 5, signal: 1))
        .RefutedWhen("the bias constant is 10⁴ times as large", trial => Smallest(trial, constant: 0.25, signal: 1e4))
        .Build();

    private static Measurement Smallest(Trial trial, double constant, double signal)
    {
        var (d, leading, variance) = (trial.d, (int)trial.Variables["i₀"], trial.Variables["σ²"]);
        double[] λ = [.. Enumerable.Range(1, d).Select(j => Math.Pow(j, -trial.Variables["decay"]))];
        double[] θ = [.. λ.Select((x, j) => Math.Pow(x, trial.Variables["smoothness"]) * (trial.Random("signs").Integer((ulong)j, 2) == 0 ? 1 : -1))];
        Ball? smallest = null;
        for (var k = 0; k < 24; k++)
        {
            var risk = Risk(θ, λ, λ[leading - 1] * Math.ScaleB(trial.Random("penalties").Uniform((ulong)k) + 1, -(k / 2) - 1), variance);
            smallest = smallest is { } least ? Ball.Min(least, risk) : risk;
        }

        var span = RidgeSaturation.Dimension(λ, signal * RidgeSaturation.BiasConstant(θ, λ, leading), variance);
        return new(smallest!.Value) { Bound = Ball.Exactly(constant * span) * Ball.Exactly(variance) };
    }

    private static Ball Risk(double[] θ, double[] λ, double penalty, double variance)
    {
        var (kept, lost) = (Ball.Exactly(0), Ball.Exactly(0));
        for (var j = 0; j < θ.Length; j++)
        {
            var sum = Ball.Exactly(λ[j]) + Ball.Exactly(penalty);
            kept += Ball.Square(Ball.Exactly(λ[j]) / sum);
            lost += Ball.Square(Ball.Exactly(penalty) / sum * Ball.Exactly(θ[j]));
        }

        return (kept * Ball.Exactly(variance)) + lost;
    }
}
