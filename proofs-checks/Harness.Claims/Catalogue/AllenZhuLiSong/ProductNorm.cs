using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Lemma 7.3(a) with its constant: what the norm of a product of layers tends to.</summary>
public static class ProductNorm
{
    private static readonly Domain Singles = Widths(L(1));

    private static readonly Domain Triples = Widths(L(3));

    /// <summary>One layer.</summary>
    public static Claim One { get; } = Limit("azls.product-norm-one", Singles);

    /// <summary>Three layers.</summary>
    public static Claim Three { get; } = Limit("azls.product-norm-three", Triples);

    /// <summary>The limit grows like √k, with the constant 2√e.</summary>
    public static Claim Growth { get; } = Claim
        .Named("azls.product-norm-growth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(a) (limit in depth)", "Norm of a product", "C19")
        .States("σ*(k)/√k ≤ 2√e for every k, and 1 − σ*(k)/(2√(ek)) = Θ(1/k)")
        .Given(new Generator<double>(
            Domain.Climbing("k", rungs: (24, 24, 24), trials: 1, new VariableRange("k", 4, (128, 256, 1024), IsInteger: true)), "a number of layers", takesData: false, trial => trial.Variables["k"]))
        .Observes("1 − σ*(k)/(2√(ek))", k => 1 - (Sigma(k) / (2 * Math.Sqrt(Math.E * k))))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-1, within: 0.15, ladder: "k"))
        .RefutedWhen("the constant is 2.2√e", k => 1 - (Sigma(k) / (2.2 * Math.Sqrt(Math.E * k))))
        .RefutedWhen("the constant is 4 in place of 2√e", k => 1 - (Sigma(k) / (4 * Math.Sqrt(k))))
        .Build();

    private static Domain Widths(VariableRange layers) => Domain.Climbing("m", rungs: (6, 6, 6), trials: (8, 8, 16), m(32, (192, 384, 2048)), layers, n(1), d(1));

    private static Claim Limit(string id, Domain domain)
    {
        var few = Networks.AtInitialisation(domain.Reduced(cells: (6, 6, 6), trials: 5));
        return Claim
            .Named(id)
            .DerivedFrom(Papers.AllenZhuLiSong, "Lemma 7.3(a) (limit in width)", "Norm of a product", "C19")
            .States("‖W_k D_{i,k−1} W_{k−1} ⋯ D_{i,1} W_1‖₂ = σ*(k) (1 + O(1/√m)),   σ*(k)² = min_{z>0} 2(1 + z)²(1 + 2z)^{k−1}/z")
            .Given(Networks.AtInitialisation(domain).GeneratedOnly())
            .Observes("|‖W_k D ⋯ W_1‖₂/σ*(k) − 1|, root mean square over 4 initialisations", instance => Error(instance, Sigma))
            .Against("1", _ => 1)
            .DecidedBy(Exponent.AtMost(-0.5, within: 0.15, ladder: "m"))
            .RefutedWhen("the variance of W is 1/m in place of 2/m", few, instance => Error(instance, k => Sigma(k) / Math.Pow(2, k / 2)))
            .RefutedWhen("σ* of three times as many layers", few, instance => Error(instance, k => Sigma(3 * k)))
            .Build();
    }

    private static Measurement Error(NetworkInstance instance, Func<double, double> limit)
    {
        const int Initialisations = 4;
        var workspace = new double[SpectralNorm.WorkspaceLength(instance.Trial.m, instance.Trial.m)];
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            instance.Loss();
            var norm = SpectralNorm.Enclose(Product(instance), instance.Trial.m, instance.Trial.m, instance.Trial.Random("start").Derive((ulong)k), 1e-3, workspace).Midpoint;
            sum += Math.Pow((norm / limit(instance.Trial.L)) - 1, 2);
        }

        return Math.Sqrt(sum / Initialisations);
    }

    /// <summary>W_L D_{L−1} W_{L−1} ⋯ D_1 W_1 of the first sample, row-major. It is formed, because the power method, applied factor by factor, is a per cent short of a norm at the soft edge of a spectrum.</summary>
    private static double[] Product(NetworkInstance instance)
    {
        var m = instance.Trial.m;
        var (product, next) = (new double[m * m], new double[m * m]);
        instance.Network.Hidden(1).CopyTo(product);
        for (var l = 2; l <= instance.Trial.L; l++)
        {
            var g = instance.Column(instance.State.PreActivations(l - 1), 0);
            for (var r = 0; r < m; r++)
            {
                if (!(g[r] >= 0))
                {
                    product.AsSpan(r * m, m).Clear();
                }
            }

            instance.Network.Hidden(l).Multiply(product, next, m, m);
            (product, next) = (next, product);
        }

        return product;
    }

    /// <summary>σ*(k). The minimum is where 2z/(1 + z) + 2(k − 1)z/(1 + 2z) = 1, a sum that increases with z.</summary>
    private static double Sigma(double k)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var z = (low + high) / 2;
            (low, high) = (2 * z / (1 + z)) + (2 * (k - 1) * z / (1 + (2 * z))) < 1 ? (z, high) : (low, z);
        }

        return Math.Sqrt(2 * (1 + low) * (1 + low) * Math.Exp((k - 1) * Math.Log(1 + (2 * low))) / low);
    }
}
