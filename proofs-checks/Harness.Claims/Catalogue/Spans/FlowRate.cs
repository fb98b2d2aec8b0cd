using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>What a learned spectrum buys: the error of over-parameterised flow falls as n^{−p/(p+1)}, as if coordinates were in the best order, that of plain gradient flow as n^{−p/(p+q)} only.</summary>
public static class FlowRate
{
    // p = 1, q = 2: the rates are ½, up to a logarithm, and ⅓. Half of what tells them apart.
    private const double Margin = 1.0 / 12;

    private const string Signal = "θ_{j²} = 1/j, λ_j = j^{−3/2}, d = 4·10⁴, noise of variance 1/n";

    private static readonly Domain Ladder = Domain.Climbing("n", rungs: (5, 6, 7), trials: (6, 12, 24), new VariableRange("n", 1000, (16000, 32000, 128000), IsInteger: true));

    private static readonly Generator<Trial> Learned = new(Ladder, Signal, takesData: false, trial => trial);

    private static readonly Generator<Trial> LearnedByFew = new(Ladder.Reduced(cells: (5, 6, 7), trials: 3), Signal, takesData: false, trial => trial);

    private static readonly Generator<Trial> Fixed = new(
        Domain.Climbing("n", rungs: (17, 21, 25), trials: 1, new VariableRange("n", 1000, (32000, 128000, 1e6), IsInteger: true)), Signal, takesData: false, trial => trial);

    private static readonly MisalignedSignal Spread = MisalignedSignal.Of(40_000, terms: 200, twiceQ: 4, p: 1, γ: 1.5, scale: 1);

    private static readonly Lazy<(double Bias, double Variance)[]> OfSpread = new(() => OverTime(Spread)), OfAligned = new(() => OverTime(MisalignedSignal.Of(40_000, terms: 40_000, twiceQ: 2, p: 1, γ: 1.5, scale: 1)));

    /// <summary>Over-parameterised flow, D = 0, at the best time.</summary>
    public static Claim OverParameterised { get; } = Claim
        .Named("ll.flow-rate")
        .DerivedFrom(Papers.LiLin, "Corollary 3.3 (D = 0)", "Over-parameterised flow", "E13")
        .States("min_t ‖θ̂_t − θ‖² ~ n^{−p/(p+1)}, up to log n, at p = 1, q = 2, γ = 3/2, D = 0")
        .Given(Learned)
        .Observes("smallest error along the flow", trial => AtBestTime(trial).Error)
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, Margin, "n"))
        .RefutedWhen("gradient flow with the spectrum as it is", Fixed, trial => SmallestRisk(trial, OfSpread.Value))
        .Build();

    /// <summary>The best time itself.</summary>
    public static Claim StoppingTime { get; } = Claim
        .Named("ll.flow-stopping-time")
        .DerivedFrom(Papers.LiLin, "Theorem 3.1 (D = 0)", "Over-parameterised flow", "E14")
        .States("the best time is ~ √n, up to log n, at p = 1, q = 2, γ = 3/2, D = 0")
        .Given(Learned)
        .Observes("time of the smallest error", trial => AtBestTime(trial).Time)
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0.5, within: 0.2, ladder: "n"))
        .RefutedWhen("n^{2/3} times as long", LearnedByFew, trial => AtBestTime(trial).Time * Math.Pow(trial.n, 2.0 / 3))
        .Build();

    /// <summary>Plain gradient flow at the best time: its exact risk.</summary>
    public static Claim Plain { get; } = Claim
        .Named("ll.gradient-flow-rate")
        .DerivedFrom(Papers.LiLin, "Section 2.3 (gradient flow)", "Over-parameterised flow", "E13")
        .States("min_t E ‖θ̂_t − θ‖² ~ n^{−p/(p+q)}   for θ̂_t = (1 − e^{−λt}) z at p = 1, q = 2, γ = 3/2")
        .Given(Fixed)
        .Observes("smallest risk over t", trial => SmallestRisk(trial, OfSpread.Value))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-1.0 / 3, Margin, "n"))
        .RefutedWhen("coordinates in the best order", trial => SmallestRisk(trial, OfAligned.Value))
        .Build();

    private static (double Time, double Error) AtBestTime(Trial trial)
    {
        var z = Spread.Observed(trial, trial.n);
        var best = (Time: double.NaN, Error: double.PositiveInfinity);
        foreach (var factor in (ReadOnlySpan<double>)[0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32])
        {
            // Theory has the best time at √n up to constants and logarithms.
            var (t, error) = (Math.Sqrt(trial.n) * factor, 0.0);
            for (var j = 0; j < z.Length; j++)
            {
                var difference = new OverparameterisedFlow(Spread.Spectrum[j]).ClosedForm(z[j], t).Coefficient - Spread.Coefficients[j];
                error += difference * difference;
            }

            best = error < best.Error ? (t, error) : best;
        }

        return best;
    }

    private static Measurement SmallestRisk(Trial trial, (double Bias, double Variance)[] parts) => parts.Min(part => part.Bias + (part.Variance / trial.n));

    /// <summary>Squared bias, and variance in units of the noise, at times 1, 1.4, 2, …, 2²⁰: the same for every n.</summary>
    private static (double Bias, double Variance)[] OverTime(MisalignedSignal signal)
    {
        double[] squares = [.. signal.Coefficients.Select(θ => θ * θ)];
        return [.. Enumerable.Range(0, 41).Select(k => Math.ScaleB(k % 2 == 0 ? 1 : 1.4, k / 2)).Select(t => SpectralRisk.Of(new GradientFlowFilter(t), signal.Spectrum, squares, noise: 1))];
    }
}
