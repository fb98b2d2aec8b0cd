using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using MathNet.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Fact 7.2: the law of one random rectified layer, exactly, at every width.</summary>
public static class LayerLaw
{
    /// <summary>Draws that a trial averages over. Squares of nearly normal sums, and the Cramér–von Mises statistic, have skewness below 3; a mean of 64 one below ⅜.</summary>
    private const int Batch = 64;

    private static readonly Domain Sizes = Domain.Filling(cells: (4, 6, 16), trials: (24, 32, 200), m(64, (256, 512, 4096)));

    // Resolutions: half of the smallest of the wrong factors ½ (variance 1/m), 2/5 (no gating) and 4.
    /// <summary>How many neurons are off.</summary>
    public static Claim Zeros { get; } = Claim
        .Named("azls.layer-law-zeros")
        .DerivedFrom(Papers.AllenZhuLiSong, "Fact 7.2 (signs)", "Law of one layer", "C06")
        .States("#{k : v_k = 0} ~ Binomial(m, ½):   E (#{k : v_k = 0} − m/2)² = m/4")
        .Given(OneLayer.On(Sizes))
        .Observes("(#{k : v_k = 0} − m/2)²", layer => Mean(layer, v => Square(v.Count(x => x == 0) - (v.Length / 2.0))))
        .Against("m/4", v => v.m / 4)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("h + q = 0, where every neuron counts as active", OneLayer.On(Sizes, oppose: true))
        .RefutedWhen("m/2, the variance of m signs ±1 without the factor ½", v => v.m / 2)
        .Build();

    /// <summary>How the others are distributed: half-normally, by the Cramér–von Mises distance between their empirical and the exact distribution function.</summary>
    public static Claim NonZeros { get; } = Claim
        .Named("azls.layer-law-sizes")
        .DerivedFrom(Papers.AllenZhuLiSong, "Fact 7.2 (sizes)", "Law of one layer", "C06")
        .States("given that it is not zero, |v_k| has the law of |N(0, 2‖h‖²/m)|, independently:   E N∫(F_N − F)² dF = 1/6 over the N such k")
        .Given(OneLayer.On(Sizes))
        .Observes("N∫(F_N − F)² dF", layer => Mean(layer, CramerVonMises))
        .Against("1/6", _ => 1.0 / 6)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("the variance of W is 1/m in place of 2/m", OneLayer.On(Sizes, variance: 0.5))
        .RefutedWhen("the variance of W is 4/m", OneLayer.On(Sizes, variance: 2))
        .Build();

    /// <summary>Both together: the squared norm is a χ² with a binomial number of degrees of freedom.</summary>
    public static Claim SquaredNorm { get; } = Claim
        .Named("azls.layer-law-squared-norm")
        .DerivedFrom(Papers.AllenZhuLiSong, "Fact 7.2 (norm)", "Law of one layer", "C06")
        .States("m‖v‖²/(2‖h‖²) ~ χ²_w with w ~ Binomial(m, ½):   mean m/2, variance 5m/4")
        .Given(OneLayer.On(Sizes))
        .Observes("(m‖v‖²/2‖h‖² − m/2)²", layer => Mean(layer, v => Square(v.Length * (FixedOrder.SumOfSquares<double>(v) - 1) / 2)))
        .Against("5m/4", v => 5 * v.m / 4)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("χ²_{m/2}, whose variance is m: the number of neurons does not vary", v => v.m)
        .RefutedWhen("the variance of W is 1/m in place of 2/m", OneLayer.On(Sizes, variance: 0.5))
        .Build();

    private static Measurement Mean(OneLayer layer, Func<double[], double> quantity)
    {
        double sum = 0;
        for (var k = 0; k < Batch; k++)
        {
            sum += quantity(layer.Activation(layer.Draw(k)));
        }

        return sum / Batch;
    }

    /// <summary>1/(12N) + Σ_i (F(x_(i)) − (2i − 1)/(2N))² with F(x) = erf(x√m/2).</summary>
    private static double CramerVonMises(double[] v)
    {
        double[] levels = [.. v.Where(x => x != 0).Select(x => SpecialFunctions.Erf(Math.Abs(x) * Math.Sqrt(v.Length) / 2)).Order()];
        var sum = 1 / (12.0 * levels.Length);
        for (var i = 0; i < levels.Length; i++)
        {
            sum += Square(levels[i] - (((2 * i) + 1) / (2.0 * levels.Length)));
        }

        return sum;
    }

    private static double Square(double x) => x * x;
}
