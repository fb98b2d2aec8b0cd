using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>Biased sources that are well separated from the target: above a gap of twice the threshold screening has the oracle's risk up to a vanishing factor, and inside the gap it is far off.</summary>
public static class ScreeningCost
{
    private static readonly VariableRange Sizes = new("n/n₀", 10, (100, 1000, 1000), IsInteger: false);

    private static readonly Domain Blocs = Domain.Filling(
        cells: (8, 20, 60), trials: 1, Sizes, new("K unbiased", 1, (4, 6, 10), IsInteger: true), new("K biased", 1, (4, 6, 10), IsInteger: true), new("gap", 2.2, 5, IsInteger: false));

    /// <summary>One source without bias: what false alarms cost, exactly.</summary>
    public static Claim FalseAlarms { get; } = Claim
        .Named("ms.screening-false-alarms")
        .DerivedFrom(Papers.ChakrabortyMaity, "Separated sources (one source)", "Screening", "MS15")
        .States("(n_0 + n_1) · risk = 1 + κ r_c(0) ≤ 1 + (c + 1/c)/(√(2π) L²)   at δ = 0,   c² = 2L + 4 log L,  L = log(2(1 + κ))")
        .Given(new Generator<Trial>(Domain.Climbing("n₁/n₀", rungs: (9, 17, 40), trials: 1, new VariableRange("n₁/n₀", 1, 1e8, IsInteger: false)), "one source without bias", takesData: false, trial => trial))
        .Observes("1 + κ r_c(0)", trial => Excess(trial, logarithms: 4))
        .AgainstItsOwnBound("1 + (c + 1/c)/(√(2π) L²)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("c² = 2L, which bounds the chance of an error but not its cost", trial => Excess(trial, logarithms: 0))
        .Build();

    /// <summary>Above the gap.</summary>
    public static Claim AboveTheGap { get; } = Claim
        .Named("ms.screening-above-gap")
        .DerivedFrom(Papers.ChakrabortyMaity, "Separated sources (oracle attained)", "Screening", "MS15")
        .States("(n_0 + N_S) · risk ≤ 1 + (1 + N_S/n_0) p (4(1 + log(1/p)) + 2c²(1 + n_0/n)),   p = 2KQ(c), biased sources off by at least 2c√(1/n_0 + 1/n), S those without bias")
        .Given(Sources(Blocs))
        .Observes("risk/oracle risk of screening", trial => Ratio(trial, v => v["gap"]))
        .AgainstItsOwnBound("1 + (1 + N_S/n_0) p (4(1 + log(1/p)) + 2c²(1 + n_0/n))")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("biased sources are off by one threshold only", trial => Ratio(trial, _ => 1))
        .Build();

    /// <summary>Inside it.</summary>
    public static Claim InsideTheGap { get; } = Claim
        .Named("ms.screening-inside-gap")
        .DerivedFrom(Papers.ChakrabortyMaity, "Separated sources (gap)", "Screening", "MS15")
        .States("(n_0 + N_S) · risk ≥ 10   for n ≥ 10 n_0 and a source that is off by c√(1/n_0 + 1/n)")
        .Given(Sources(Blocs))
        .Observes("risk/oracle risk of screening", trial => Ratio(trial, _ => 1) with { Bound = Ball.Exactly(10) })
        .AgainstItsOwnBound("10")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("biased sources are off by more than twice the threshold", trial => Ratio(trial, v => v["gap"]) with { Bound = Ball.Exactly(10) })
        .Build();

    /// <summary>At every gap: the way from one side to the other.</summary>
    public static Claim EveryGap { get; } = Claim
        .Named("ms.screening-every-gap")
        .DerivedFrom(Papers.ChakrabortyMaity, "Separated sources (any gap)", "Screening", "MS15")
        .States("(n_0 + N_S) · risk ≤ (1 + N_S/n_0)(2 + 2c²(1 + n_0/n))   whatever the biases")
        .Given(Sources(Domain.Climbing(
            "gap", rungs: (24, 40, 80), trials: 1, new("gap", 0.05, 5, IsInteger: false), Sizes with { To = 10 }, new("K unbiased", 5, 5, IsInteger: true), new("K biased", 5, 5, IsInteger: true))))
        .Observes("risk/oracle risk of screening", trial => WorstCase(trial, c => 2 + (2 * c * c * 1.1)))
        .AgainstItsOwnBound("(1 + N_S/n_0)(2 + 2c²(1 + n_0/n))")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("no logarithm is paid: 1 + N_S/n_0", trial => WorstCase(trial, _ => 1))
        .Build();

    private static Generator<Trial> Sources(Domain domain) => new(domain, "sources of one size, some without bias and the others off by one amount", takesData: false, trial => trial);

    private static Measurement Excess(Trial trial, double logarithms)
    {
        var κ = Ball.Exactly(trial.Variables["n₁/n₀"]);
        var one = Ball.Exactly(1);
        var l = Ball.Log(Ball.Exactly(2) * (one + κ));
        var c = Ball.Sqrt((Ball.Exactly(2) * l) + (Ball.Exactly(logarithms) * Ball.Log(l)));
        return new(one + (κ * HardThreshold.Risk(c, Ball.Exactly(0)))) { Bound = one + ((c + (one / c)) / (Ball.Sqrt(Ball.Exactly(2) * Ball.Pi) * Ball.Square(l))) };
    }

    /// <summary>Against 1 + N_S/n_0 times a function of the threshold, at n = 10 n_0.</summary>
    private static Measurement WorstCase(Trial trial, Func<double, double> ofThreshold)
    {
        var v = trial.Variables;
        var c = Screening.Threshold(new(1, [1, .. Enumerable.Repeat(v["n/n₀"], (int)(v["K unbiased"] + v["K biased"]))]));
        return Ratio(trial, _ => v["gap"]) with { Bound = Ball.Unbounded((1 + (v["K unbiased"] * v["n/n₀"])) * ofThreshold(c)) };
    }

    /// <summary>The exact ratio by quadrature with biases of <paramref name="gap"/> thresholds, against the bound.</summary>
    private static Measurement Ratio(Trial trial, Func<Variables, double> gap)
    {
        var v = trial.Variables;
        var (n, unbiased, biased) = (v["n/n₀"], (int)v["K unbiased"], (int)v["K biased"]);
        var sources = unbiased + biased;
        var c = Screening.Threshold(new(1, [1, .. Enumerable.Repeat(n, sources)]));
        var p = 2 * sources * NormalDistribution.UpperTail(Ball.Exactly(c)).Midpoint;
        var bias = gap(v) * c * Math.Sqrt(1 + (1 / n));
        var oracle = 1 + (unbiased * n);
        return new(Ball.Unbounded(oracle * ScreeningRisk.At(n, unbiased, biased, bias, c)))
        {
            Bound = Ball.Unbounded(1 + (oracle * p * ((4 * (1 - Math.Log(p))) + (2 * c * c * (1 + (1 / n)))))),
        };
    }
}
