using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>With one source, adaptation is the estimation of a scalar normal mean: the reduction, and the risk of a hard threshold in closed form.</summary>
public static class OneSourceRisk
{
    /// <summary>Blocks of draws that a trial averages over: 4096 losses of skewness below 10, so that their mean has one below ⅙.</summary>
    private const int Blocks = 16;

    private static readonly Domain Pairs = Domain.Filling(
        cells: (8, 16, 40), trials: (16, 24, 100), Ranges("n/n₀", 0.1, 100), Ranges("δ√n₀", 0.1, 10), Ranges("c", 1, 3));

    private static readonly Domain Thresholds = Domain.Filling(cells: (24, 80, 300), trials: 1, Ranges("c", 0.2, 5), Ranges("t", 0.05, 6));

    /// <summary>Risk of the pre-test by simulation against that of the threshold.</summary>
    public static Claim Reduction { get; } = Claim
        .Named("ms.one-source-reduction")
        .DerivedFrom(Papers.ChakrabortyMaity, "One source (reduction to a scalar mean)", "One source", "MS4")
        .States("(n_0 + n_1) E(θ̂ − θ)² = 1 + κ R_η(τ),   κ = n_1/n_0,  τ = δ/√(1/n_0 + 1/n_1)")
        .Given(TransferSimulation.On(Pairs, "one source with bias δ, pre-tested at c"))
        .Observes("(n_0 + n_1) · risk of the pre-test", simulation => Simulated(simulation))
        .Against("1 + κ r_c(τ)", v => 1 + (v["n/n₀"] * Risk(v["c"], τ(v))))
        .DecidedBy(Moment.Equals(resolution: 0.1))
        .RefutedWhen("κ is left out", v => 1 + Risk(v["c"], τ(v)))
        .RefutedWhen("the bias in units of the target's standard deviation alone", v => 1 + (v["n/n₀"] * Risk(v["c"], v["δ√n₀"])))
        .Build();

    /// <summary>The closed form against its integral.</summary>
    public static Claim HardThresholdRisk { get; } = Claim
        .Named("ms.hard-threshold-risk")
        .DerivedFrom(Papers.ChakrabortyMaity, "One source (hard threshold)", "One source", "MS5")
        .States("E(Y 1{|Y| > c} − t)² = Q(c − t) + (c − t)φ(c − t) + Q(c + t) + (c + t)φ(c + t) + t²(Φ(c − t) − Φ(−c − t)),   Y ~ N(t, 1)")
        .Given(new Generator<Trial>(Thresholds, "a threshold and a mean", takesData: false, trial => trial))
        .Observes("closed form − Simpson's rule, enclosed", trial => HardThreshold.Risk(C(trial), T(trial)) - Quadrature(trial))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the farther tail is left out", trial => HardThreshold.Risk(C(trial), T(trial)) - FartherTail(trial) - Quadrature(trial))
        .RefutedWhen("the bias of what is set to zero is left out", trial => HardThreshold.Risk(C(trial), T(trial)) - SetToZero(trial) - Quadrature(trial))
        .Build();

    private static VariableRange Ranges(string symbol, double from, double to) => new(symbol, from, to, IsInteger: false);

    private static double τ(Variables v) => v["δ√n₀"] / Math.Sqrt(1 + (1 / v["n/n₀"]));

    private static double Risk(double c, double t) => HardThreshold.Risk(Ball.Exactly(c), Ball.Exactly(t)).Midpoint;

    private static double Simulated(TransferSimulation simulation)
    {
        var v = simulation.Trial.Variables;
        return (1 + v["n/n₀"]) * simulation.Risk(new PreTest(v["c"]), new(1, 1, v["n/n₀"]), [0, v["δ√n₀"]], "means", Blocks);
    }

    private static Ball C(Trial trial) => Ball.Exactly(trial.Variables["c"]);

    private static Ball T(Trial trial) => Ball.Exactly(trial.Variables["t"]);

    private static Ball FartherTail(Trial trial)
    {
        var above = C(trial) + T(trial);
        return NormalDistribution.UpperTail(above) + (above * NormalDistribution.Density(above));
    }

    private static Ball SetToZero(Trial trial) => Ball.Square(T(trial)) * (NormalDistribution.LowerTail(C(trial) - T(trial)) - NormalDistribution.UpperTail(C(trial) + T(trial)));

    /// <summary>1 + ∫_{−c−t}^{c−t} (t² − z²)φ(z) dz by Simpson's rule.</summary>
    /// <remarks>The fourth derivative of z²φ is (He₆ + He₄)φ and that of φ is He₄φ; |He_k|φ ≤ 1.09 √(k!)/√(2π) (Cramér), so the integrand's is at most 14 + 2.2 t².</remarks>
    private static Ball Quadrature(Trial trial)
    {
        const int Intervals = 4000;
        var (c, t) = (C(trial), T(trial));
        var (h, sum) = (Ball.Exactly(2) * c / Ball.Exactly(Intervals), Ball.Exactly(0));
        for (var j = 0; j <= Intervals; j++)
        {
            var z = (h * Ball.Exactly(j)) - c - t;
            sum += Ball.Exactly(j is 0 or Intervals ? 1 : j % 2 == 1 ? 4 : 2) * (Ball.Square(t) - Ball.Square(z)) * NormalDistribution.Density(z);
        }

        var integral = sum * h / Ball.Exactly(3);
        var truncation = Ball.Exactly(2) * c * Ball.Pow(h, 4) * (Ball.Exactly(14) + (Ball.Exactly(2.2) * Ball.Square(t))) / Ball.Exactly(180);
        return Ball.Exactly(1) + integral + new Ball(0, truncation.Upper);
    }
}
