using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;

namespace Harness.Claims.Catalogue.Transfer;

/// <summary>What an oracle that knows bounds of the biases can reach by a linear estimator: the closed form, what it lies between, and that more data and less bias help.</summary>
public static class OracleRisk
{
    private static readonly Domain Problems = Domain.Filling(cells: (16, 40, 120), trials: (2, 4, 8), new VariableRange("K", 1, (5, 7, 8), IsInteger: true), new VariableRange("h√n₀", 0.1, (10, 30, 100), IsInteger: false));

    /// <summary>The closed form is the minimum of the quadratic program.</summary>
    public static Claim ClosedForm { get; } = Claim
        .Named("ms.oracle-closed-form")
        .DerivedFrom(Papers.ChakrabortyMaity, "Oracle risk (linear)", "Linear oracle", "MS1")
        .States("min_{w ≥ 0, Σ w = 1} Σ_k w_k²/n_k + (Σ_k w_k h_k)² = 1/Σ_k n_k (1 − s h_k)_+,   s = Σ_k n_k h_k (1 − s h_k)_+")
        .Given(TransferProblem.On(Problems, positiveBiases: false))
        .Observes("closed form − minimum over all supports, in rational arithmetic", problem => Residual(problem, problem.Biases))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the oracle ignores biases", problem => Residual(problem, new double[problem.Biases.Length]))
        .RefutedWhen("the oracle leaves every biased source out", problem => Residual(problem, [.. problem.Biases.Select(h => h == 0 ? 0 : double.PositiveInfinity)]))
        .Build();

    /// <summary>Soft weights gain no more than a factor of four on pooling the sources with the least biases.</summary>
    public static Claim Below { get; } = Claim
        .Named("ms.oracle-below")
        .DerivedFrom(Papers.ChakrabortyMaity, "Oracle risk (rate)", "Linear oracle", "MS2")
        .States("R_L(h) ≥ ¼ min_k (1/(n_0 + … + n_k) + h_k²),   h_1 ≤ … ≤ h_K")
        .Given(TransferProblem.On(Problems, positiveBiases: true))
        .Observes("R_L(h)", problem => new(LinearOracle.Enclose(problem.Model, problem.Biases)) { Bound = Ball.Exactly(0.25) * BestPool(problem, bias: 1) })
        .AgainstItsOwnBound("¼ min_k (V_k + h_k²)")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("the factor ¼ is left out", problem => new(LinearOracle.Enclose(problem.Model, problem.Biases)) { Bound = BestPool(problem, bias: 1) })
        .Build();

    /// <summary>Pooling the sources with the least biases is one of the oracle's choices.</summary>
    public static Claim Above { get; } = Claim
        .Named("ms.oracle-above")
        .DerivedFrom(Papers.ChakrabortyMaity, "Oracle risk (rate)", "Linear oracle", "MS2")
        .States("R_L(h) ≤ min_k (1/(n_0 + … + n_k) + h_k²),   h_1 ≤ … ≤ h_K")
        .Given(TransferProblem.On(Problems, positiveBiases: true))
        .Observes("R_L(h)", problem => new(LinearOracle.Enclose(problem.Model, problem.Biases)) { Bound = BestPool(problem, bias: 1) })
        .AgainstItsOwnBound("min_k (V_k + h_k²)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("biases cost nothing", problem => new(LinearOracle.Enclose(problem.Model, problem.Biases)) { Bound = BestPool(problem, bias: 0) })
        .Build();

    /// <summary>A larger sample never hurts, a larger bias never helps, and no source is worth more than an unbiased one.</summary>
    public static Claim Monotone { get; } = Claim
        .Named("ms.oracle-monotone")
        .DerivedFrom(Papers.ChakrabortyMaity, "Oracle risk (monotonicity)", "Linear oracle", "MS3")
        .States("R_L falls in every n_k and grows in every h_k, and R_L ≥ 1/(n_0 + … + n_K)")
        .Given(TransferProblem.On(Problems, positiveBiases: false))
        .Observes("the least of the three differences, in rational arithmetic", problem => new(LeastGain(problem, direction: 1)) { Bound = Ball.Exactly(0) })
        .AgainstItsOwnBound("0")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("a larger bias helps", problem => new(LeastGain(problem, direction: -1)) { Bound = Ball.Exactly(0) })
        .Build();

    /// <summary>The core's closed form at some biases, with its documented error, against the minimum at the problem's.</summary>
    private static Measurement Residual(TransferProblem problem, double[] biases)
    {
        const double UnitRoundoff = 1.1102230246251565e-16;
        var risk = LinearOracle.Risk(problem.Model, biases, new double[problem.Sizes.Length]);
        var difference = TransferProblem.Enclosed(BigRational.Exactly(risk) - problem.Minimum);
        var (sources, nhh) = (biases.Length, biases.Select((h, k) => double.IsFinite(h) ? problem.Sizes[k + 1] * h * h : 0).Sum());
        var squared = Math.Pow(8 * (sources + 1) * UnitRoundoff, 2) * (problem.Sizes.Sum() / problem.Sizes[0]) * (1 + nhh);
        return new Ball(difference.Midpoint, difference.Radius + (risk * ((8 * (sources + 4) * UnitRoundoff) + squared)));
    }

    /// <summary>min_k (V_k + bias·h_k²).</summary>
    private static Ball BestPool(TransferProblem problem, double bias)
    {
        var size = Ball.Exactly(problem.Sizes[0]);
        var least = Ball.Exactly(1) / size;
        for (var k = 0; k < problem.Biases.Length; k++)
        {
            size += Ball.Exactly(problem.Sizes[k + 1]);
            least = Ball.Min(least, (Ball.Exactly(1) / size) + (Ball.Exactly(bias) * Ball.Square(Ball.Exactly(problem.Biases[k]))));
        }

        return least;
    }

    private static Ball LeastGain(TransferProblem problem, int direction)
    {
        var k = problem.Trial.Random("raised").Integer(0, problem.Biases.Length);
        var (sizes, biases) = ((double[])[.. problem.Sizes], (double[])[.. problem.Biases]);
        sizes[k] *= 2;
        biases[k] = (2 * biases[k]) + 0.125;
        BigRational total = 0;
        foreach (var size in problem.Sizes)
        {
            total += BigRational.Exactly(size);
        }

        var risk = problem.Minimum;
        var bySize = TransferProblem.Enclosed(risk - TransferProgram.Minimum(1, sizes, problem.Biases));
        var byBias = TransferProblem.Enclosed(direction * (TransferProgram.Minimum(1, problem.Sizes, biases) - risk));
        return Ball.Min(Ball.Min(bySize, byBias), TransferProblem.Enclosed(risk - (1 / total)));
    }
}
