using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Figures 1 and 2 in training: the spectrum that gradient flow learns orders coordinates better, the more so with inner layers.</summary>
/// <remarks>
/// The paper's figures come from gradient descent with steps of 0.01; here the flow itself is taken at t = steps · 0.01, in closed form without inner layers and by <see cref="OverparameterisedFlow.Integrate"/> with them.
/// Draws of the noise differ from the authors', which their generator fixed.
/// </remarks>
public static class FlowSpan
{
    private const double Variance = 1 / MisalignedSignal.Samples;

    /// <summary>Figure 2 ends after 10⁶ steps.</summary>
    private const double LastTime = 1e4;

    // An error of 10⁻⁴ in an eigenvalue reorders neighbours at most.
    private const double Tolerance = 1e-4;

    private static readonly Generator<Trial> Misaligned = new(
        Domain.Climbing("2q", rungs: 3, trials: (64, 64, 200), new VariableRange("2q", 2, 6, IsInteger: true)), "the signal of Figure 1 with q = 1, 1.5, 3 under a fresh draw of the noise, D = 0", takesData: false, trial => trial);

    private static readonly Generator<Trial> Depths = new(
        Domain.Climbing("D + 1", rungs: 3, trials: (48, 60, 200), new VariableRange("D + 1", 1, 4, IsInteger: true)).Computing("D", v => v["D + 1"] - 1),
        "the signal of Figure 2, q = 2.5, under a fresh draw of the noise; D = 0, 1, 3 tied inner layers from b₀ = n^{−1/(2(D+2))}",
        takesData: false,
        trial => trial);

    private static readonly Generator<Trial> Deeper = new(
        Domain.Climbing("D", rungs: 2, trials: (16, 20, 100), new VariableRange("D", 1, 3, IsInteger: true)), "the same, at D = 1 against 0 and D = 3 against 1 on the same noise", takesData: false, trial => trial);

    /// <summary>Figure 1 at its last time.</summary>
    public static Claim Lowered { get; } = Claim
        .Named("esd.figure-1-flow")
        .From(Papers.HuangLiLiLin, "Theorem 5.2 and Figure 1", "E11")
        .States("E d†(t)/d†(0) ≤ 1 at t = 80, D = 0")
        .Given(Misaligned)
        .Observes("d†(80)/d†(0)", trial => Ratio(trial, MisalignedSignal.OfFigures((int)trial.Variables["2q"]), hasSignal: true))
        .Against("1", _ => 1)
        .DecidedBy(Moment.AtMost(resolution: 0.05))
        .RefutedWhen("the flow sees the noise alone", trial => Ratio(trial, MisalignedSignal.OfFigures((int)trial.Variables["2q"]), hasSignal: false))
        .Build();

    /// <summary>Figure 2: order of its plateaus.</summary>
    public static Claim DepthHelps { get; } = Claim
        .Named("esd.figure-2-depth")
        .From(Papers.HuangLiLiLin, "Figure 2 (order of the plateaus)", "E12")
        .States("d† at t = 10⁴ falls in D: E d†(D = 1)/d†(D = 0) ≤ 1, E d†(D = 3)/d†(D = 1) ≤ 1")
        .Given(Deeper)
        .Observes("ratio to the shallower flow on the same noise", trial => Learned(trial, (int)trial.Variables["D"]) / Learned(trial, Shallower(trial)))
        .Against("1", _ => 1)
        .DecidedBy(Moment.AtMost(resolution: 0.05))
        .RefutedWhen("the shallower flow over the deeper one", trial => Learned(trial, Shallower(trial)) / Learned(trial, (int)trial.Variables["D"]))
        .Build();

    /// <summary>Figure 2: heights of its plateaus, of which the authors' mean over 20 draws has a standard error of 2 to 3 %.</summary>
    public static Claim Plateau { get; } = Claim
        .Named("esd.figure-2-plateau")
        .From(Papers.HuangLiLiLin, "Figure 2", "E12")
        .States("E d† at t = 10⁴ = 32.15, 17.55, 15.95 for D = 0, 1, 3, within 20 %")
        .Given(Depths)
        .Observes("d†(10⁻⁴) of the learned spectrum", trial => Learned(trial, (int)trial.Variables["D"]))
        .Against("the authors' mean", v => v["D"] switch { 0 => 32.15, 1 => 17.55, _ => 15.95 })
        .DecidedBy(Moment.Equals(resolution: 0.2))
        .RefutedWhen("one plateau for every depth", v => 32.15 + (0 * v["D"]))
        .Build();

    private static int Shallower(Trial trial) => trial.Variables["D"] == 1 ? 0 : 1;

    private static Measurement Ratio(Trial trial, MisalignedSignal signal, bool hasSignal)
    {
        var z = (hasSignal ? signal : signal with { Coefficients = new double[signal.Coefficients.Length] }).Observed(trial, MisalignedSignal.Samples);
        double[] spectrum = [.. z.Select((target, j) => new OverparameterisedFlow(signal.Spectrum[j]).ClosedForm(target, 80).Eigenvalue)];
        var (before, after) = (EffectiveSpan.Dimension(signal.Tails(signal.Spectrum), Variance), EffectiveSpan.Dimension(signal.Tails(spectrum), Variance));
        trial.Measure("d†(0)", before);
        return after / (double)before;
    }

    private static double Learned(Trial trial, int depth)
    {
        var signal = MisalignedSignal.OfFigures(twiceQ: 5);
        var z = signal.Observed(trial, MisalignedSignal.Samples);
        var initial = Ball.Pow(Ball.Exactly(MisalignedSignal.Samples), Ball.Exactly(-1 / (2.0 * (depth + 2)))).Midpoint;
        var (spectrum, smallest) = (new double[z.Length], double.PositiveInfinity);
        for (var j = 0; j < z.Length; j++)
        {
            if (signal.Coefficients[j] != 0)
            {
                spectrum[j] = Eigenvalue(j);
                smallest = Math.Min(smallest, spectrum[j]);
            }
        }

        // Eigenvalues rise: one that ends below those of all signals changes no energy, wherever it is on its way.
        for (var j = 0; j < z.Length; j++)
        {
            if (signal.Coefficients[j] == 0)
            {
                var end = Flow(j).Endpoint(z[j]).Eigenvalue;
                spectrum[j] = end < smallest ? end : Eigenvalue(j);
            }
        }

        return EffectiveSpan.Dimension(signal.Tails(spectrum), Variance);

        OverparameterisedFlow Flow(int j) => new(signal.Spectrum[j], depth, initial);

        double Eigenvalue(int j)
        {
            if (depth == 0)
            {
                return Flow(j).ClosedForm(z[j], LastTime).Eigenvalue;
            }

            var point = new FlowPoint[1];
            Flow(j).Integrate(z[j], [LastTime], point, Tolerance);
            return point[0].Eigenvalue;
        }
    }
}
