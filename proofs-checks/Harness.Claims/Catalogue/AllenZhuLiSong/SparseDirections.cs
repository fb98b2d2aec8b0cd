using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// Lemma 7.3(b), (c) and (d): on sparse vectors a product of layers has no factor √L. What can be enumerated, all supports of one or two neurons, gates; where only a search is possible, its result is reported.
/// </summary>
public static class SparseDirections
{
    private const string SearchIsNoProof = "A supremum over all sparse vectors is searched for, not computed: that nothing larger was found is evidence, not a certificate.";

    // m ≥ C·L log m by construction, so that L grows along with m.
    private static readonly Domain Sizes = Domain.Filling(cells: (24, 24, 40), trials: (5, 5, 6), new VariableRange("m/L", 64, (192, 256, 512), IsInteger: true), L(1, (2, 3, 6)), n(1), d(1))
        .Computing("m", "m/L", v => v["m/L"] * v.L);

    private static readonly Domain Wide = Domain.Filling(cells: (3, 4, 8), trials: (2, 2, 4), m(512, (640, 1024, 2048)), L(1, 2), n(1), d(1));

    /// <summary>(b) for two neurons: at most twice as long.</summary>
    public static Claim ForwardPairs { get; } = Claim
        .Named("azls.sparse-forward-pairs")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(b), s = 2", "Sparse directions", "C42")
        .States("‖W_b D_{i,b−1} W_{b−1} ⋯ D_{i,a} W_a v‖ ≤ 2‖v‖   for every 2-sparse v;   tried at a = 1, b = L, over all supports")
        .Given(Networks.AtInitialisation(Wide).GeneratedOnly())
        .Observes("max over all 2-sparse v of ‖W_L D ⋯ W_1 v‖/‖v‖", instance => LargestOnPairs(Product(instance), instance.Trial.m, ofRows: false))
        .Against("2", _ => 2)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("3/2 in place of 2", _ => 1.5)
        .RefutedWhen("the variance is 4/m in place of 2/m", Networks.AtInitialisation(Wide).Changed("W multiplied by √2", instance => Scaled(instance, Math.Sqrt(2))))
        .Build();

    /// <summary>(c) for two neurons.</summary>
    public static Claim BackwardPairs { get; } = Claim
        .Named("azls.sparse-backward-pairs")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(c), s = 2", "Sparse directions", "C42")
        .States("‖uᵀ W_b D_{i,b−1} ⋯ D_{i,a} W_a‖ ≤ C‖u‖   for every 2-sparse u;   tried at a = 1, b = L, over all supports")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max over all 2-sparse u of ‖uᵀ W_L D ⋯ W_1‖/‖u‖", instance => LargestOnPairs(Product(instance), instance.Trial.m, ofRows: true))
        .Against("1", _ => 1)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the bound falls like 1/m", v => 1 / v.m)
        .RefutedWhen("the variance is 2 in place of 2/m", Networks.AtInitialisation(Sizes).Changed("W multiplied by √m", instance => Scaled(instance, Math.Sqrt(instance.Trial.m))))
        .Build();

    /// <summary>(d) for one neuron on either side: the largest entry.</summary>
    public static Claim Entries { get; } = Claim
        .Named("azls.sparse-entries")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(d), s = 1", "Sparse directions", "C60")
        .States("|uᵀ W_b D_{i,b−1} ⋯ D_{i,a} W_a v| ≤ C · √(s log m/m) ‖u‖‖v‖   for s-sparse u, v;   tried at s = 1, a = 1, b = L, where the supremum is the largest entry")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("largest entry of W_L D ⋯ W_1", LargestEntry)
        .Against("√(log m/m)", v => Math.Sqrt(Math.Log(v.m) / v.m))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("1/m in place of 1/√m", v => Math.Sqrt(Math.Log(v.m)) / v.m)
        .Build();

    /// <summary>(b) at the full sparsity of the lemma, by a search.</summary>
    public static Claim ForwardSearch { get; } = Claim
        .Named("azls.sparse-forward-search")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(b)", "Sparse directions", "C42")
        .States("‖W_b D_{i,b−1} W_{b−1} ⋯ D_{i,a} W_a v‖ ≤ C‖v‖   for every v with ‖v‖₀ ≤ s = m/(4 L log m);   searched at a = 1, b = L")
        .Exploratory(SearchIsNoProof)
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("largest ‖W_L D ⋯ W_1 v‖/‖v‖ found", instance => Search(instance, sparseImage: false))
        .Against("1", _ => 1)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("the bound falls like 1/m", v => 1 / v.m)
        .Build();

    /// <summary>(d) at the full sparsity of the lemma, by a search.</summary>
    public static Claim BilinearSearch { get; } = Claim
        .Named("azls.sparse-bilinear-search")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(d)", "Sparse directions", "C60")
        .States("|uᵀ W_b D_{i,b−1} ⋯ D_{i,a} W_a v| ≤ C · √(s log m/m) ‖u‖‖v‖   for all s-sparse u, v, s = m/(4 L log m);   searched at a = 1, b = L")
        .Exploratory(SearchIsNoProof)
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("largest |uᵀ W_L D ⋯ W_1 v| found", instance => Search(instance, sparseImage: true))
        .Against("√(s log m/m)", v => Math.Sqrt(Sparsity(v) * Math.Log(v.m) / v.m))
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("1/m in place of 1/√m", v => Math.Sqrt(Sparsity(v) * Math.Log(v.m)) / v.m)
        .Build();

    private static int Sparsity(Variables v) => (int)Math.Max(1, v.m / (4 * v.L * Math.Log(v.m)));

    private static Measurement LargestEntry(NetworkInstance instance, Arithmetic arithmetic)
    {
        instance.EncloseForward(arithmetic);
        var product = EnclosedBatch.UnitVectors(instance.Trial.m).Through(instance.Network.Hidden(1));
        for (var l = 2; l <= instance.Trial.L; l++)
        {
            product = product.GatedBySample(instance, l - 1, sample: 0).Through(instance.Network.Hidden(l));
        }

        return product.LargestEntry();
    }

    /// <summary>W_L D_{L−1} ⋯ D_1 W_1 of the first sample, m × m, row-major.</summary>
    private static double[] Product(NetworkInstance instance)
    {
        instance.Loss();
        var m = instance.Trial.m;
        var identity = new double[m * m];
        for (var k = 0; k < m; k++)
        {
            identity[(k * m) + k] = 1;
        }

        return new GatedLayers(instance.Network, GatedLayers.GatesOf(instance, sample: 0)).Apply(1, instance.Trial.L, identity, m);
    }

    /// <summary>The square root of the largest eigenvalue of a 2 × 2 principal minor of the Gram matrix of columns, or rows.</summary>
    private static double LargestOnPairs(double[] product, int m, bool ofRows)
    {
        var gram = new double[m * m];
        GramMatrix.Compute<double>(ofRows ? Transposed(product, m) : product, m, m, m, gram);
        var largest = 0.0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (p, q, r) = (gram[(i * m) + i], gram[(j * m) + j], gram[(i * m) + j]);
                largest = Math.Max(largest, ((p + q) / 2) + Math.Sqrt(((p - q) * (p - q) / 4) + (r * r)));
            }
        }

        return Math.Sqrt(largest);
    }

    private static double[] Transposed(double[] matrix, int m)
    {
        var transposed = new double[m * m];
        for (var r = 0; r < m; r++)
        {
            for (var c = 0; c < m; c++)
            {
                transposed[(c * m) + r] = matrix[(r * m) + c];
            }
        }

        return transposed;
    }

    /// <summary>The power method with all but the s largest entries cut off in every step, from a few starts.</summary>
    private static double Search(NetworkInstance instance, bool sparseImage)
    {
        const int Starts = 4, Steps = 12;
        instance.Loss();
        var (m, L, s) = (instance.Trial.m, instance.Trial.L, Sparsity(instance.Trial.Variables));
        var layers = new GatedLayers(instance.Network, GatedLayers.GatesOf(instance, sample: 0));
        var largest = 0.0;
        for (var start = 0; start < Starts; start++)
        {
            var v = new double[m];
            instance.Trial.Random("start").Derive((ulong)start).FillGaussian<double>(v, 1);
            for (var step = 0; step < Steps; step++)
            {
                var image = layers.Apply(1, L, UnitSparse(v, s));
                if (sparseImage)
                {
                    image = Sparse(image, s);
                }

                largest = Math.Max(largest, Math.Sqrt(FixedOrder.SumOfSquares<double>(image)));
                v = layers.ApplyTransposed(1, L, image);
            }
        }

        return largest;
    }

    private static double[] Sparse(double[] v, int s)
    {
        var threshold = v.Select(Math.Abs).OrderDescending().ElementAt(s - 1);
        return Array.ConvertAll(v, x => Math.Abs(x) >= threshold ? x : 0);
    }

    private static double[] UnitSparse(double[] v, int s)
    {
        var sparse = Sparse(v, s);
        var norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(sparse));
        return Array.ConvertAll(sparse, x => x / norm);
    }

    private static NetworkInstance Scaled(NetworkInstance instance, double factor)
    {
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            instance.Network.Hidden(l).Scale(factor);
        }

        return instance;
    }
}
