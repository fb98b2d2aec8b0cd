using Harness.Claims.Decisions;
using Harness.Core.Networks;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>How far the first step of training moves an output, in the rank: the scale α/√r alone makes it neither vanish nor grow.</summary>
public static class RankStabilisation
{
    /// <summary>Adapters that a trial averages over: a mean of 64 χ² variables of two degrees of freedom has a logarithm within 1/128 of the mean's, and a skewness of a quarter.</summary>
    private const int Draws = 64;

    private const int Inputs = 16;

    private static readonly Domain Ranks = Domain.Climbing("r", rungs: (6, 9, 9), trials: (16, 16, 40), new VariableRange("r", 2, (64, 256, 512), IsInteger: true));

    private static readonly Generator<Trial> Instances = new(Ranks, "B = 0, A Gaussian with variance 1/k, x of norm √k with k = 16, one step of gradient descent at a given ∂F/∂h", takesData: false, trial => trial);

    // Resolution: a draw is χ² of r ≥ 2 degrees of freedom, of relative variance 2/r ≤ 1, so a trial's standard deviation is at most 1/8. Over 16 trials the interval at 1 − 10⁻³ has a half-width of 4.1/8/√16 = 0.13, and the mean may lie
    // as far off again: below 0.3. The mutants are off by more: α√r is √r/2 times α² = 4, at least double from r = 16 on, and α²/r is a factor r.
    /// <summary>The mean, exactly.</summary>
    public static Claim Mean { get; } = Claim
        .Named("kal.first-step")
        .DerivedFrom(Papers.Kalajdzievski, "Theorem 3.2 (first step)", "Scale and rank", "L16")
        .States("E Δh = −η s² r σ²‖x‖² ∂F/∂h   after one step from B = 0, A_ij ~ N(0, σ²);   with s = α/√r it does not depend on r")
        .Given(Instances)
        .Observes("−Δh/(η ∂F/∂h), mean of 64", trial => FirstStep(trial, AdapterScale.ByRootOfRank))
        .Against("α²", _ => Alpha * Alpha)
        .DecidedBy(Moment.Equals(resolution: 0.3))
        .RefutedWhen("s enters once: α√r", v => Alpha * Math.Sqrt(v["r"]))
        .RefutedWhen("s = α/r", v => Alpha * Alpha / v["r"])
        .Build();

    /// <summary>α/√r.</summary>
    public static Claim RootOfRank { get; } = Slope("stable-scale", "s = α/√r:   Δh = Θ(1) in r", AdapterScale.ByRootOfRank, exponent: 0, "s = α/r", AdapterScale.ByRank);

    /// <summary>α/r, the scale of the first paper.</summary>
    public static Claim InverseRank { get; } = Slope("inverse-rank-scale", "s = α/r:   Δh = Θ(1/r): larger ranks learn nothing more", AdapterScale.ByRank, exponent: -1, "s = α/√r", AdapterScale.ByRootOfRank);

    /// <summary>No scale.</summary>
    public static Claim Constant { get; } = Slope("constant-scale", "s = α:   Δh = Θ(r)", (α, _) => α, exponent: 1, "s = α/√r", AdapterScale.ByRootOfRank);

    private const double Alpha = 2;

    private static Claim Slope(string id, string statement, Func<double, int, double> scale, double exponent, string broken, Func<double, int, double> other) => Claim
        .Named($"kal.{id}")
        .DerivedFrom(Papers.Kalajdzievski, "Theorem 3.2 (rank stabilisation)", "Scale and rank", "L16")
        .States(statement)
        .Given(Instances)
        .Observes("|Δh|/(η|∂F/∂h|), mean of 64", trial => FirstStep(trial, scale))
        .Against(exponent == 0 ? "1" : exponent > 0 ? "r" : "1/r", v => Math.Pow(v["r"], exponent))
        .DecidedBy(Exponent.EqualTo(exponent, within: 0.1, "r"))
        .RefutedWhen(broken, trial => FirstStep(trial, other))
        .Build();

    private static Measurement FirstStep(Trial trial, Func<double, int, double> scale)
    {
        const double Rate = 0.25;
        var (rank, sum) = ((int)trial.Variables["r"], 0.0);
        var adapter = new LowRankAdapter<double>(rows: 1, Inputs, rank, scale(Alpha, rank));
        var (x, signal, output, workspace) = (new double[Inputs], new double[] { 1 }, new double[1], new double[adapter.WorkspaceLength(1)]);
        Array.Fill(x, 1);
        for (var draw = 0; draw < Draws; draw++)
        {
            adapter.InitialiseGaussian(trial.Random("A").Derive((ulong)draw), 1 / Math.Sqrt(Inputs));
            adapter.AddGradients(signal, x, 1, 1, -Rate, -Rate, adapter.Down, adapter.Up, workspace);
            output[0] = 0;
            adapter.AddProduct(x, output, 1, 1, workspace);
            sum -= output[0] / Rate;
        }

        return sum / Draws;
    }
}
