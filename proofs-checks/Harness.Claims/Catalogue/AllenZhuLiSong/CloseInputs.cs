using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Two inputs at distance δ: the power δ¹ of Theorem 3's lower bound is sharp, and its constant grows like L².</summary>
public static class CloseInputs
{
    private const double Margin = 0.15;

    private static readonly Domain Separations = Domain.Climbing("δ", rungs: (12, 16, 20), trials: 1, δ(0.03, (0.001, 0.0003, 0.0001)), n(2), L(1));

    private static readonly Domain Deeper = Domain.Climbing("δ", rungs: (12, 16, 20), trials: 1, δ(0.01, (0.0003, 0.0001, 0.00003)), n(2), L(6));

    private static readonly Domain Widths = Domain.Climbing("m", rungs: (6, 6, 6), trials: (16, 14, 20), m(32, (256, 768, 8192)), L(1), n(2), d(1), δ(0.7));

    private static readonly Generator<NetworkInstance> Few = Networks.AtInitialisation(Widths.Reduced(cells: (6, 6, 6), trials: 5));

    /// <summary>The limit kernel at one trained layer.</summary>
    public static Claim OneLayer { get; } = Limit("azls.close-inputs", Separations);

    /// <summary>The limit kernel at six trained layers, where the constant is 21 times as large.</summary>
    public static Claim SixLayers { get; } = Limit("azls.close-inputs-deep", Deeper);

    /// <summary>A finite network comes close to its limit's smallest eigenvalue.</summary>
    public static Claim FiniteWidth { get; } = Claim
        .Named("azls.close-inputs-width")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (sharpness, finite width)", "Two close inputs", "C20")
        .States("λ_{min}(K)/λ_{min}(K^∞) = 1 + Θ(1/√m)   for two inputs at distance δ")
        .Given(Networks.AtInitialisation(Widths).GeneratedOnly())
        .Observes("|λ_{min}(K)/λ_{min}(K^∞) − 1|, root mean square over 16 initialisations", instance => EigenvalueError(instance, layers: 0, factor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("the limit has one layer more", Few, instance => EigenvalueError(instance, layers: 1, factor: 1))
        .RefutedWhen("the kernel lacks its factor ½", Few, instance => EigenvalueError(instance, layers: 0, factor: 2))
        .Build();

    private static Claim Limit(string id, Domain domain) => Claim
        .Named(id)
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (sharpness of δ)", "Two close inputs", "C20")
        .States("(2d/m) λ_{min}(K^∞) = δ L(L + 1)/(2π) · (1 + Θ(δ))   for two inputs at distance δ → 0")
        .Given(PointClouds.Pairs(domain))
        .Observes("|(2d/m) λ_{min}(K^∞) · 2π/(δ L(L + 1)) − 1|", pair => LimitError(pair, L => L * (L + 1)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(1, within: Margin, ladder: "δ"))
        .RefutedWhen("L² in place of L(L + 1)", pair => LimitError(pair, L => L * L))
        .RefutedWhen("π in place of 2π", pair => LimitError(pair, L => 2 * L * (L + 1)))
        .Build();

    private static Measurement LimitError(PointCloud pair, Func<double, double> constant)
    {
        var (L, δ) = (pair.Trial.Variables.L, pair.Trial.Variables.δ);
        return Math.Abs((Smallest(δ, (int)L) * 2 * Math.PI / (δ * constant(L))) - 1);
    }

    private static Measurement EigenvalueError(NetworkInstance instance, int layers, double factor)
    {
        const int Initialisations = 16;
        var limit = factor * Smallest(instance.Trial.Variables.δ, instance.Trial.L + layers);
        var (state, kernel, workspace) = (new BatchState<double>(instance.Network, 2), new double[4], new double[TangentKernel.WorkspaceLength(2, 1)]);
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            TangentKernel.Compute<double>(instance.Network, instance.Inputs, state, kernel, workspace);
            var (middle, half) = ((kernel[0] + kernel[3]) / 2, (kernel[0] - kernel[3]) / 2);
            var smallest = (middle - Math.Sqrt((half * half) + (kernel[1] * kernel[1]))) * 2 / instance.Trial.m;
            sum += Math.Pow((smallest / limit) - 1, 2);
        }

        return Math.Sqrt(sum / Initialisations);
    }

    /// <summary>L − (2d/m)K^∞(x, x′), the smaller eigenvalue at two unit inputs.</summary>
    private static double Smallest(double δ, int depth) => CertifiedLimitKernel.Deficit(CertifiedCosine.OfVersine(Ball.Exactly(δ * δ / 2)), depth).Midpoint;
}
