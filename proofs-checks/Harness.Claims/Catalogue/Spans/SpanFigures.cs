using System.Collections.Immutable;
using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Figures 1 and 2 before training: span profiles without any randomness, integer by integer as the authors' published code gives them.</summary>
public static class SpanFigures
{
    /// <summary>d†(τ) on <see cref="Levels"/>, by 2q.</summary>
    private static readonly Dictionary<int, int[]> Profiles = new()
    {
        [2] = [.. Enumerable.Repeat(15, 12), 14, 14, 13, 12, 11, 9, 8, 7],
        [3] = [.. Enumerable.Repeat(58, 10), 52, 52, 46, 41, 36, 29, 23, 19, 15, 13],
        [4] = [.. Enumerable.Repeat(225, 8), 196, 187, 169, 144, 121, 96, 76, 61, 49, 36, 25, 22],
    };

    /// <summary>d†(10⁻⁴) by 2q.</summary>
    private static readonly Dictionary<int, int> AtNoise = new() { [2] = 15, [3] = 46, [4] = 121, [5] = 253, [6] = 512 };

    /// <summary>τ of Figure 1: 10^{−7 + 5i/19}, i = 0, …, 19.</summary>
    public static ImmutableArray<double> Levels { get; } = [.. Enumerable.Range(0, 20).Select(i => Ball.Pow(Ball.Exactly(10), Ball.Exactly(-7 + (5.0 * i / 19))).Midpoint)];

    /// <summary>The three panels of Figure 1 at t = 0.</summary>
    public static Claim Profile { get; } = Claim
        .Named("esd.figure-1-profile")
        .From(Papers.HuangLiLiLin, "Figure 1 (t = 0)", "E10")
        .States("d†(τ) for q = 1, 1.5, 2 at 20 levels τ from 10⁻⁷ to 10⁻² equals the authors' integers")
        .Given(Signals(4))
        .Observes("sum of |d†(τ) − the authors'|", trial => Difference(trial, (tails, τ) => EffectiveSpan.Enclose(tails, τ)))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the energy left out is at most τ", trial => Difference(trial, Summed))
        .RefutedWhen("ten times the noise", trial => Difference(trial, (tails, τ) => EffectiveSpan.Enclose(tails, 10 * τ)))
        .Build();

    /// <summary>The noise level of the experiment, with Figure 2's signal at q = 2.5.</summary>
    public static Claim Initial { get; } = Claim
        .Named("esd.figure-2-start")
        .From(Papers.HuangLiLiLin, "Figures 1 and 2 (t = 0)", "E10")
        .States("d†(10⁻⁴) = 15, 46, 121, 253, 512 for q = 1, 1.5, 2, 2.5, 3")
        .Given(Signals(6))
        .Observes("|d†(10⁻⁴) − the authors'|", trial => Distance(EffectiveSpan.Enclose(Tails(trial), 1e-4), AtNoise[TwiceQ(trial)]))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the energy left out is at most σ²", trial => Distance(Summed(Tails(trial), 1e-4), AtNoise[TwiceQ(trial)]))
        .Build();

    private static Generator<Trial> Signals(int largest) => new(
        Domain.Lines(largest - 1, new VariableRange("2q", 2, largest, IsInteger: true)), "θ_{⌊j^q⌋} = 5 j^{−1.75}, j ≤ 15, d = 5000, λ_j = 1/j", takesData: false, trial => trial);

    private static int TwiceQ(Trial trial) => (int)trial.Variables["2q"];

    private static double[] Tails(Trial trial)
    {
        var signal = MisalignedSignal.OfFigures(TwiceQ(trial));
        return signal.Tails(signal.Spectrum);
    }

    /// <summary>The enclosure's slack is far above the few ulp of θ and τ.</summary>
    private static Measurement Difference(Trial trial, Func<double[], double, (int Least, int Most)> span)
    {
        var (tails, sum) = (Tails(trial), Ball.Exactly(0));
        for (var i = 0; i < Levels.Length; i++)
        {
            sum += Distance(span(tails, Levels[i]), Profiles[TwiceQ(trial)][i]);
        }

        return sum;
    }

    private static (int Least, int Most) Summed(double[] tails, double variance)
    {
        var span = Math.Max(1, Array.FindIndex(tails, tail => tail <= variance));
        return (span, span);
    }

    private static Ball Distance((int Least, int Most) span, int expected) => span.Least == span.Most
        ? Ball.Exactly(Math.Abs(span.Least - expected))
        : Ball.Between(0, Math.Max(Math.Abs(span.Least - expected), Math.Abs(span.Most - expected)));
}
