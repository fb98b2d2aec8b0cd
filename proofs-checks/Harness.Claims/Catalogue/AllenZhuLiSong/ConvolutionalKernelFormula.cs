using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The convolutional limit kernel by a formula over single positions, filters read from above: without the core's matrices over pairs of positions and its signals from readers.</summary>
public static class ConvolutionalKernelFormula
{
    private static readonly PositionGraph Graph = Instances.Architectures.Ring;

    private static readonly Domain Sizes = Domain.Filling(cells: 4, trials: (2, 3, 8), L(1, 4));

    /// <summary>Between two inputs, at every depth.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.convolutional-limit-kernel-formula")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix B (tangent kernel)", "Convolutional limit kernel", "C56")
        .States("(2d/m) K^∞(x, x′) = κ₀(cos_L) (Σ_j G_{L−1}[j, j] + q Σ_j S_{L−1}[j]),   S_l[j] = κ₀(cos_l[j, j]) (C_l[j, j] + (1/q) Σ_a S_{l−1}[Q_j(a)]),   S₀ = 0")
        .Given(new Generator<Trial>(Sizes, "two inputs on a ring of 8 positions, filters of 3; at each position a constant 1 and a number, in [½, 1] for the one input and in [−1, −½] for the other", takesData: false, trial => trial))
        .Observes("core − formula", trial => Difference(trial, trial.L, Graph.Offsets))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the limit has one layer more", trial => Difference(trial, trial.L + 1, Graph.Offsets))
        .RefutedWhen("filters weigh 1 in place of q", trial => Difference(trial, trial.L, weight: 1))
        .Build();

    private static Measurement Difference(Trial trial, int depth, int weight)
    {
        var (p, q) = (Graph.Positions, Graph.Offsets);
        var inputs = new double[4 * p];
        var numbers = new double[2 * p];
        trial.Random("inputs").FillUniform<double>(numbers);
        for (var j = 0; j < p; j++)
        {
            (inputs[j], inputs[p + j]) = ((1 + numbers[j]) / 2, 1);
            (inputs[(2 * p) + j], inputs[(3 * p) + j]) = (-(1 + numbers[p + j]) / 2, 1);
        }

        var kernel = new double[4];
        ConvolutionalLimitKernel.Compute(Graph, inputs, 2, trial.L, kernel);

        // Cosines at a position lie in [0, 0.6], so by Cauchy and Schwarz those of patches do; four layers of κ₁ leave sin θ > 0.6, where κ₀′ and κ₁′ are at most 1 and no layer enlarges what came in.
        // A layer adds fewer than 64 + 4(p + q) roundings, so every cosine and κ₀ ≤ 1 is off by at most (L + 1)(64 + 4(p + q))u and every covariance ≤ 2 by twice that; a term has at most L + 2 such factors, and all terms together
        // are at most 2p(1 + q(L − 1)).
        var rounding = 2.0 * p * (1 + (q * (trial.L - 1))) * (trial.L + 2) * (trial.L + 1) * (64 + (4 * (p + q))) * Rounding.Unit;
        return new(new Ball(kernel[1], rounding) - Formula(inputs, depth, weight)) { Bound = Ball.Exactly(0) };
    }

    private static Ball Formula(double[] inputs, int depth, int weight)
    {
        var p = Graph.Positions;
        var (products, first, second) = (Products(inputs[..(2 * p)], inputs[(2 * p)..]), Products(inputs[..(2 * p)], inputs[..(2 * p)]), Products(inputs[(2 * p)..], inputs[(2 * p)..]));
        var sums = Enumerable.Repeat(Ball.Exactly(0), p).ToArray();
        for (var l = 0; l < depth; l++)
        {
            var (covariances, below) = (OverPatches(products), OverPatches(sums));
            (first, second) = (OverPatches(first), OverPatches(second));
            for (var j = 0; j < p; j++)
            {
                var scale = Ball.Sqrt(first[j] * second[j]);
                var angle = Ball.Acos(covariances[j] / scale);
                products[j] = ((covariances[j] * (Ball.Pi - angle)) + Ball.Sqrt((first[j] * second[j]) - Ball.Square(covariances[j]))) / Ball.Pi;
                sums[j] = l == 0 ? Ball.Exactly(0) : Kappa0(angle) * (covariances[j] + below[j]);
            }
        }

        var dense = Total(products);
        return Kappa0(Ball.Acos(dense / Ball.Sqrt(Total(first) * Total(second)))) * (dense + (Ball.Exactly(weight) * Total(sums)));
    }

    private static Ball[] Products(double[] x, double[] y) =>
        [.. Enumerable.Range(0, Graph.Positions).Select(j => (Ball.Exactly(x[j]) * Ball.Exactly(y[j])) + Ball.Exactly(x[Graph.Positions + j] * y[Graph.Positions + j]))];

    /// <summary>(1/q) Σ_a v[Q_j(a)] for every j.</summary>
    private static Ball[] OverPatches(Ball[] values) =>
        [.. Enumerable.Range(0, Graph.Positions).Select(j => Total(Enumerable.Range(0, Graph.Offsets).Select(a => values[Graph.Read(j, a)])) / Ball.Exactly(Graph.Offsets))];

    private static Ball Total(IEnumerable<Ball> values) => values.Aggregate(Ball.Exactly(0), (sum, value) => sum + value);

    private static Ball Kappa0(Ball angle) => (Ball.Pi - angle) / Ball.Pi;
}
