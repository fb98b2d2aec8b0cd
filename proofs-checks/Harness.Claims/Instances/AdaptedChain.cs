using Harness.Claims.Exact;

namespace Harness.Claims.Instances;

/// <summary>A linear network of L square layers and a target, in rational numbers, with the singular values of their difference known exactly.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Layers">W_1, …, W_L, D × D, with singular values 3, 4 or 5 each.</param>
/// <param name="Error">E = W̄ − W_L ⋯ W_1.</param>
/// <param name="Right">Right singular vectors of E, in columns.</param>
/// <param name="Rank">R of each adapter.</param>
/// <param name="ErrorRank">rank E; its singular values are rank E, …, 2, 1.</param>
public sealed record AdaptedChain(Trial Trial, RationalMatrix[] Layers, RationalMatrix Error, RationalMatrix Right, int Rank, int ErrorRank)
{
    /// <summary>D.</summary>
    public int Order => Error.Rows;

    /// <summary>L.</summary>
    public int Depth => Layers.Length;

    /// <summary>W̄.</summary>
    public RationalMatrix Target => Product(Layers) + Error;

    /// <summary>
    /// Instances on which the theorem's hypothesis, that the products on the way are not singular, is true by construction: with two layers or more the smallest singular value of ΠW_l is at least 9, and ‖E‖ ≤ rank E ≤ 5; with one layer nothing is inverted but W's empty product.
    /// </summary>
    /// <param name="domain">Needs D, L, R and rank E.</param>
    public static Generator<AdaptedChain> On(Domain domain) => new(
        domain,
        "W_l = QΣQ′ with rational orthogonal Q and singular values 3, 4, 5; E = UΣVᵀ of the given rank with singular values rank E, …, 1",
        takesData: false,
        trial =>
        {
            var (order, depth, rank) = ((int)trial.Variables["D"], (int)trial.Variables["L"], Math.Min((int)trial.Variables["rank E"], (int)trial.Variables["D"]));
            var layers = new RationalMatrix[depth];
            for (var l = 0; l < depth; l++)
            {
                var stream = trial.Random("W").Derive((ulong)l);
                layers[l] = RationalFrames.Orthogonal(stream.Derive("left"), order)
                    * RationalMatrix.Of(order, order, (i, j) => i == j ? 3 + stream.Integer((ulong)i, 3) : 0)
                    * RationalFrames.Orthogonal(stream.Derive("right"), order);
            }

            var right = RationalFrames.Orthogonal(trial.Random("V"), order);
            var error = RationalFrames.Orthogonal(trial.Random("U"), order) * RationalMatrix.Of(order, order, (i, j) => i == j && i < rank ? rank - i : 0) * right.Transpose();
            return new(trial, layers, error, right, (int)trial.Variables["R"], rank);
        });

    /// <summary>W_L ⋯ W_1.</summary>
    public RationalMatrix Product(RationalMatrix[] layers)
    {
        var product = layers[0];
        for (var l = 1; l < layers.Length; l++)
        {
            product = layers[l] * product;
        }

        return product;
    }

    /// <summary>Σ_{i>k} σ_i².</summary>
    public BigRational Tail(int k) => Enumerable.Range(1, Math.Max(0, ErrorRank - k)).Sum(σ => σ * σ);

    /// <summary>E(1 − VVᵀ) with the first k right singular vectors.</summary>
    public RationalMatrix ErrorWithout(int k)
    {
        var v = Right.ColumnsFrom(0, k);
        return Error - (Error * v * v.Transpose());
    }

    /// <summary>
    /// The adapted layers of Zeng and Lee: ΔW_l = (W_L ⋯ W_{l+1})⁻¹ E V_l V_lᵀ P_{l−1}⁻¹ with V_l the l-th block of R right singular vectors and P_l = (W_l + ΔW_l)P_{l−1}.
    /// </summary>
    public RationalMatrix[] Construction()
    {
        var (adapted, below) = (new RationalMatrix[Depth], RationalMatrix.Identity(Order));
        for (var l = 0; l < Depth; l++)
        {
            var above = RationalMatrix.Identity(Order);
            for (var k = l + 1; k < Depth; k++)
            {
                above = Layers[k] * above;
            }

            var block = Right.ColumnsFrom(Math.Min(l * Rank, Order), Math.Min((l + 1) * Rank, Order));
            var up = Inverse(above) * Error * block;
            var update = up * (block.Transpose() * Inverse(below));
            adapted[l] = Layers[l] + update;
            below = adapted[l] * below;
        }

        return adapted;
    }

    /// <summary>The smallest error over the updates of the construction, the same with each scaled by a factor within 2⁻⁶ of one, and over random ones.</summary>
    public BigRational LeastErrorNearby()
    {
        const int Tries = 2;
        var (construction, least) = (Construction(), (Product(RandomUpdates()) - Target).SquaredFrobeniusNorm());
        for (var k = 0; k < Tries; k++)
        {
            // A layer's whole update is rescaled, by 1 in the first round: its rank stays, and the product moves.
            var moved = new RationalMatrix[Depth];
            for (var l = 0; l < Depth; l++)
            {
                var factor = 1 + new BigRational(k * (Trial.Random("moved").Integer((ulong)l, 9) - 4), 256);
                moved[l] = Layers[l] + (factor * (construction[l] - Layers[l]));
            }

            var error = (Product(moved) - Target).SquaredFrobeniusNorm();
            least = error < least ? error : least;
        }

        return least;
    }

    /// <summary>Layers with updates of rank R whose factors are whole numbers from −1 to 1.</summary>
    private RationalMatrix[] RandomUpdates() =>
    [
        .. Layers.Select((w, l) =>
        {
            var stream = Trial.Random("random").Derive((ulong)l);
            var up = RationalMatrix.Of(Order, Rank, (i, j) => stream.Integer((ulong)((2 * ((i * Rank) + j)) + 1), 3) - 1);
            var down = RationalMatrix.Of(Rank, Order, (i, j) => stream.Integer((ulong)(2 * ((i * Order) + j)), 3) - 1);
            return w + (up * down);
        }),
    ];

    private static RationalMatrix Inverse(RationalMatrix matrix) => matrix.Inverse() ?? throw new InvalidOperationException("A product of the layers is singular, which their singular values exclude.");
}
