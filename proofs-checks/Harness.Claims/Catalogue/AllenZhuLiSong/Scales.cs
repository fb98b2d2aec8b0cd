using Harness.Claims.Decisions;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The two scales that training is run at: the learning rate in units of the limit kernel, and the residual step of appendix C.</summary>
public static class Scales
{
    private static readonly Domain Sizes = Domain.Filling(cells: (12, 16, 40), trials: (1, 2, 4), m(2, 512), L(2, 9), n(1, 9), d(1, 6));

    /// <summary>The rate that is stable whatever the inputs.</summary>
    public static Claim Rate { get; } = Claim
        .Named("azls.stable-rate")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 1 (learning rate)", "Limit kernel", "C44")
        .States("η = d/(n L m) is half the inverse of the trace of K^∞ for one output on unit inputs, hence at most half the inverse of its largest eigenvalue")
        .Given(new Generator<Trial>(Sizes, "unit inputs", takesData: false, trial => trial))
        .Observes("2 η tr K^∞ − 1", trial => Trace(trial, GradientDescent.StableRate(trial.n, trial.m, trial.L, trial.d)))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("η = d/(n m): the depth is left out", trial => Trace(trial, GradientDescent.StableRate(trial.n, trial.m, 1, trial.d)))
        .Build();

    /// <summary>The step that a residual network takes by default.</summary>
    public static Claim Step { get; } = Claim
        .Named("azls.residual-step")
        .From(Papers.AllenZhuLiSong, "Appendix C (choice of τ)", "C57")
        .States("τ = 1/(L log m)")
        .Given(new Generator<Trial>(Sizes, "residual networks, m ≥ 3", takesData: false, trial => trial))
        .Observes("τ L log m − 1", trial => Relative(trial, trial.L))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("τ = 1/log m", trial => Relative(trial, 1))
        .Build();

    private static Measurement Trace(Trial trial, double η)
    {
        const int Dimension = 12;
        var n = trial.n;
        var (inputs, kernel, radii) = (new double[n * Dimension], new double[n * n], new double[n * n]);
        SyntheticInputs.Random(trial.Random("inputs"), n, Dimension, inputs);
        CertifiedLimitKernel.Compute(inputs, n, trial.L, kernel, radii);

        // K^∞ = m/(2d) times the scale-free kernel. η carries two roundings, the inputs' squared norms (𝔡 + 16)u (as SyntheticInputs states of norms), and every diagonal entry is L times such a norm.
        var trace = Enumerable.Range(0, n).Aggregate(Ball.Exactly(0), (sum, i) => sum + new Ball(kernel[i * (n + 1)], radii[i * (n + 1)]));
        var rate = new Ball(η, 2 * Rounding.Unit * η);
        return new((rate * Ball.Exactly(trial.m) / Ball.Exactly(trial.d) * trace) - new Ball(1, (Dimension + 16) * Rounding.Unit)) { Bound = Ball.Exactly(0) };
    }

    private static Measurement Relative(Trial trial, int depth)
    {
        var m = Math.Max(3, trial.m);
        var τ = new Residual<double>(inputDimension: 1, m, trial.L, outputDimension: 1).Step;

        // The logarithm within 2 ulp, a product and a quotient: less than six roundings.
        return new((new Ball(τ, 6 * Rounding.Unit * τ) * Ball.Exactly(depth) * Ball.Log(Ball.Exactly(m))) - Ball.Exactly(1)) { Bound = Ball.Exactly(0) };
    }
}
