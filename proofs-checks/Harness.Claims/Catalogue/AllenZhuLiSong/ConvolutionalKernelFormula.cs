using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The convolutional limit kernel by its sum over paths, signals that come back from readers, over covariances and the angles of plain arccosines: without the core's recursion upwards, its correlations and its series.</summary>
public static class ConvolutionalKernelFormula
{
    private static readonly PositionGraph Graph = Instances.Architectures.Ring;

    private static readonly Domain Sizes = Domain.Filling(cells: 4, trials: (2, 3, 8), L(1, 4));

    /// <summary>Between two inputs, at every depth.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.convolutional-limit-kernel-formula")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix B (tangent kernel)", "Convolutional limit kernel", "C56")
        .States("(2d/m) K^∞(x, x′) = C_L κ₀(cos_L) + q Σ_{l=1}^{L−1} Σ_j C_l[j] P_l[j],   P_{L−1}[j] = κ₀(cos_L) κ₀(cos_{L−1}[j]),   P_{l−1}[i] = κ₀(cos_{l−1}[i]) (1/q) Σ_{j, a: Q_j(a) = i} P_l[j]")
        .Given(new Generator<Trial>(Sizes, "two inputs on a ring of 8 positions, filters of 3; at each position a constant 1 and a number, in [½, 1] for the one input and in [−1, −½] for the other", takesData: false, trial => trial))
        .Observes("core − formula", trial => Difference(trial, trial.L, Graph.Offsets))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the limit has one layer more", trial => Difference(trial, trial.L + 1, Graph.Offsets))
        .RefutedWhen("filters weigh 1 in place of q", trial => Difference(trial, trial.L, weight: 1))
        .Build();

    private static Measurement Difference(Trial trial, int depth, int weight)
    {
        var p = Graph.Positions;
        var inputs = new double[4 * p];
        var numbers = new double[2 * p];
        trial.Random("inputs").FillUniform<double>(numbers);
        for (var j = 0; j < p; j++)
        {
            (inputs[j], inputs[p + j]) = ((1 + numbers[j]) / 2, 1);
            (inputs[(2 * p) + j], inputs[(3 * p) + j]) = (-(1 + numbers[p + j]) / 2, 1);
        }

        var kernel = InfiniteWidthKernel.FrozenEnds(Graph, trial.L, LimitingKernel.Tangent);
        var (value, radius) = (new double[1], new double[1]);
        kernel.Enclose(inputs.AsSpan(0, 2 * p), 1, inputs.AsSpan(2 * p), 1, new(value, radius), new Ball[kernel.EnclosureLength(1, 1, 2 * p)]);
        return new(new Ball(value[0], radius[0]) - Formula(inputs, depth, weight)) { Bound = Ball.Exactly(0) };
    }

    private static Ball Formula(double[] inputs, int depth, int weight)
    {
        var p = Graph.Positions;
        var (products, first, second) = (Products(inputs[..(2 * p)], inputs[(2 * p)..]), Products(inputs[..(2 * p)], inputs[..(2 * p)]), Products(inputs[(2 * p)..], inputs[(2 * p)..]));
        var (covariances, angles) = (new Ball[depth][], new Ball[depth][]);
        for (var l = 0; l < depth; l++)
        {
            (covariances[l], angles[l]) = (OverPatches(products), new Ball[p]);
            (first, second) = (OverPatches(first), OverPatches(second));
            for (var j = 0; j < p; j++)
            {
                var (c, scale) = (covariances[l][j], first[j] * second[j]);
                angles[l][j] = Ball.Acos(c / Ball.Sqrt(scale));
                products[j] = ((c * (Ball.Pi - angles[l][j])) + Ball.Sqrt(scale - Ball.Square(c))) / Ball.Pi;
            }
        }

        var dense = Total(products);
        var gate = Kappa0(Ball.Acos(dense / Ball.Sqrt(Total(first) * Total(second))));
        var (sum, signals) = (dense * gate, Enumerable.Repeat(gate, p).ToArray());
        for (var l = depth - 1; l >= 1; l--)
        {
            Ball[] passed = [.. signals.Zip(angles[l], (signal, angle) => signal * Kappa0(angle))];
            sum += Ball.Exactly(weight) * Total(passed.Zip(covariances[l], (signal, c) => signal * c));
            signals = FromReaders(passed);
        }

        return sum;
    }

    private static Ball[] Products(double[] x, double[] y) =>
        [.. Enumerable.Range(0, Graph.Positions).Select(j => (Ball.Exactly(x[j]) * Ball.Exactly(y[j])) + Ball.Exactly(x[Graph.Positions + j] * y[Graph.Positions + j]))];

    /// <summary>(1/q) Σ_a v[Q_j(a)] for every j.</summary>
    private static Ball[] OverPatches(Ball[] values) =>
        [.. Enumerable.Range(0, Graph.Positions).Select(j => Total(Enumerable.Range(0, Graph.Offsets).Select(a => values[Graph.Read(j, a)])) / Ball.Exactly(Graph.Offsets))];

    /// <summary>(1/q) Σ v[j] over the readers j of i, for every i.</summary>
    private static Ball[] FromReaders(Ball[] values)
    {
        var received = Enumerable.Repeat(Ball.Exactly(0), Graph.Positions).ToArray();
        for (var at = 0; at < Graph.Positions * Graph.Offsets; at++)
        {
            var (j, a) = (at % Graph.Positions, at / Graph.Positions);
            received[Graph.Read(j, a)] += values[j] / Ball.Exactly(Graph.Offsets);
        }

        return received;
    }

    private static Ball Total(IEnumerable<Ball> values) => values.Aggregate(Ball.Exactly(0), (sum, value) => sum + value);

    private static Ball Kappa0(Ball angle) => (Ball.Pi - angle) / Ball.Pi;
}
