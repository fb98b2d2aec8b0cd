using System.Collections.Immutable;
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
        Domain.Climbing("2q", rungs: 4, trials: (64, 64, 200), new VariableRange("2q", 2, 6, IsInteger: true)), "the signal of Figure 1 with q = 1, 1.5, 2, 3 under a fresh draw of the noise, D = 0", takesData: false, trial => trial);

    private static readonly Generator<Trial> Depths = new(
        Domain.Climbing("D + 1", rungs: 3, trials: (36, 36, 200), new VariableRange("D + 1", 1, 4, IsInteger: true)).Computing("D", "D + 1", v => v["D + 1"] - 1),
        "the signal of Figure 2, q = 2.5, under a fresh draw of the noise; D = 0, 1, 3 tied inner layers from b₀ = n^{−1/(2(D+2))}",
        takesData: false,
        trial => trial);

    private static readonly Generator<Trial> Deeper = new(
        Domain.Climbing("D", rungs: 2, trials: (16, 20, 100), new VariableRange("D", 1, 3, IsInteger: true)), "the same, at D = 1 against 0 and D = 3 against 1 on the same noise", takesData: false, trial => trial);

    /// <summary>Times of Figure 1, at which some trials of <see cref="Lowered"/> are followed.</summary>
    public static ImmutableArray<double> Times { get; } = [0, 20, 40, 60, 80];

    /// <summary>Times at which some trials of <see cref="Plateau"/> are followed.</summary>
    public static ImmutableArray<double> PathTimes { get; } = [0, 10, 20, 40, 80, 150, 300, 600, 1200, LastTime];

    /// <summary>Figure 1 at its last time.</summary>
    public static Claim Lowered { get; } = Claim
        .Named("esd.figure-1-flow")
        .From(Papers.HuangLiLiLin, "Theorem 5.2 and Figure 1", "E11")
        .States("E d†(t)/d†(0) ≤ 1 at t = 80, D = 0")
        .Given(Misaligned)
        .Observes("d†(80)/d†(0)", trial => Ratio(trial, hasSignal: true))
        .Against("1", _ => 1)
        .DecidedBy(Moment.AtMost(resolution: 0.05))
        .RefutedWhen("the flow sees the noise alone", trial => Ratio(trial, hasSignal: false))
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

    /// <summary>Figure 2: heights of its plateaus, from above. The authors' mean over 20 draws has a standard error of 2 to 2.6 %; the bounds are four of them away.</summary>
    public static Claim Plateau { get; } = Claim
        .Named("esd.figure-2-plateau")
        .From(Papers.HuangLiLiLin, "Figure 2 (plateaus, from above)", "E12")
        .States("E d† at t = 10⁴ ≤ 1.1 · (32.15, 17.55, 15.95) for D = 0, 1, 3")
        .Given(Depths)
        .Observes("d†(10⁻⁴) of the learned spectrum", LearnedWithPath)
        .Against("1.1 times the authors' mean", v => 1.1 * AuthorsPlateau((int)v["D"]))
        .DecidedBy(Moment.AtMost(resolution: 0.1))
        .RefutedWhen("the plateau of D = 3 for every depth", _ => 1.1 * AuthorsPlateau(3))
        .Build();

    /// <summary>The same from below.</summary>
    public static Claim PlateauFromBelow { get; } = Claim
        .Named("esd.figure-2-plateau-from-below")
        .From(Papers.HuangLiLiLin, "Figure 2 (plateaus, from below)", "E12")
        .States("E d† at t = 10⁴ ≥ 0.9 · (32.15, 17.55, 15.95) for D = 0, 1, 3")
        .Given(Depths)
        .Observes("d†(10⁻⁴) of the learned spectrum", trial => Learned(trial, (int)trial.Variables["D"]))
        .Against("0.9 times the authors' mean", v => 0.9 * AuthorsPlateau((int)v["D"]))
        .DecidedBy(Moment.AtLeast(resolution: 0.1))
        .RefutedWhen("the plateau of D = 0 for every depth", _ => 0.9 * AuthorsPlateau(0))
        .Build();

    /// <summary>The authors' mean of d† at the end of Figure 2.</summary>
    /// <param name="depth">D: 0, 1 or 3.</param>
    public static double AuthorsPlateau(int depth) => depth switch { 0 => 32.15, 1 => 17.55, _ => 15.95 };

    private static int Shallower(Trial trial) => trial.Variables["D"] == 1 ? 0 : 1;

    /// <summary>For the figure one trial in four is followed over time.</summary>
    private static bool IsFollowed(Trial trial) => trial.Random("followed").Integer(0, 4) == 0;

    /// <summary>Where it is followed, the series has d† at the noise level and then on the levels of Figure 1, time by time.</summary>
    private static Measurement Ratio(Trial trial, bool hasSignal)
    {
        var signal = MisalignedSignal.OfFigures((int)trial.Variables["2q"]);
        var z = (hasSignal ? signal : signal with { Coefficients = new double[signal.Coefficients.Length] }).Observed(trial, MisalignedSignal.Samples);
        var isFollowed = hasSignal && IsFollowed(trial);
        double[][] tails = [signal.Tails(signal.Spectrum), .. signal.Learned(z, 0, Times.AsSpan()[(isFollowed ? 1 : Times.Length - 1)..], Tolerance).Select(spectrum => signal.Tails(spectrum))];
        var (before, after) = (EffectiveSpan.Dimension(tails[0], Variance), EffectiveSpan.Dimension(tails[^1], Variance));
        trial.Measure("d†(0)", before);
        return new(Ball.Unbounded(after / (double)before))
        {
            Series = isFollowed ? [.. tails.SelectMany(t => SpanFigures.Levels.Prepend(Variance).Select(τ => (double)EffectiveSpan.Dimension(t, τ)))] : [],
        };
    }

    private static double Learned(Trial trial, int depth) => EffectiveSpan.Dimension(Tails(trial, depth, [LastTime])[0], Variance);

    /// <summary>Where it is followed, the series has d† at every time, and then the risk of that many components.</summary>
    private static Measurement LearnedWithPath(Trial trial)
    {
        var depth = (int)trial.Variables["D"];
        if (!IsFollowed(trial))
        {
            return Learned(trial, depth);
        }

        var signal = MisalignedSignal.OfFigures(twiceQ: 5);
        double[][] tails = [signal.Tails(signal.Spectrum), .. Tails(trial, depth, PathTimes.AsSpan()[1..])];
        int[] spans = [.. tails.Select(t => EffectiveSpan.Dimension(t, Variance))];
        return new(Ball.Unbounded(spans[^1])) { Series = [.. spans, .. spans.Zip(tails, (k, t) => SpectralRisk.PrincipalComponents(t, Variance, k))] };
    }

    private static double[][] Tails(Trial trial, int depth, ReadOnlySpan<double> times)
    {
        var signal = MisalignedSignal.OfFigures(twiceQ: 5);
        return signal.Learned(signal.Observed(trial, MisalignedSignal.Samples), depth, times, Tolerance).Select(spectrum => signal.Tails(spectrum)).ToArray();
    }
}
