using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>The limit of the kernel in closed form, and how fast the kernel of m neurons comes to it.</summary>
public static class GramLimit
{
    private const string Derivation = "Piecewise affine networks";

    private const double Failing = 0.3;

    private static readonly PiecewiseAffine Leaky = PiecewiseAffine.WithSlopes(0.1, 1);

    private static readonly VariableRange Norm = new("|y|", 1, 1, IsInteger: false);

    private static readonly Domain Pairs = Domain.Filling(cells: (6, 8, 16), trials: (40, 40, 100), m(2048, (8192, 16384, 262144)), δ(0.9, 0.3), n(2), Norm);

    private static readonly Domain Clouds = Domain.Filling(cells: (40, 80, 200), trials: (2, 3, 8), n(2, (8, 12, 40)), δ(0.9, (0.1, 0.03, 0.001)));

    private static readonly Domain Sets = Domain.Filling(cells: (6, 8, 16), trials: (10, 16, 60), m(64, (4096, 16384, 262144)), n(2, (5, 8, 12)), δ(0.9, 0.4), Norm);

    private static readonly Domain Ladder = Domain.Climbing("m", rungs: (5, 6, 7), trials: (12, 12, 24), m(256, (4096, 65536, 524288)), n(4), δ(0.7), Norm);

    private static readonly Generator<ShallowInstance> Few = BiasedNetworks.Mirrored(Ladder.Reduced(cells: (5, 6, 7), trials: 4), Leaky);

    /// <summary>J1: the closed form is the mean.</summary>
    public static Claim Expectation { get; } = Claim
        .Named("jk.gram-limit")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at infinite width", Derivation, "J1")
        .States("E H_ij(0) = ((α² + β²)(π − θ)/2π + αβ θ/π) ⟨x̃_i, x̃_j⟩,   θ the angle between x̃_i and x̃_j")
        .Given(BiasedNetworks.Mirrored(Pairs))
        .Observes("H_12(0)", instance => Entry(instance, (α, β, t) => (((α * α) + (β * β)) * (1 - t) / 2) + (α * β * t)))
        .AgainstItsOwnBound("closed form")
        .DecidedBy(Moment.Equals(resolution: 0.05))
        .RefutedWhen("αβ θ/π is left out", instance => Entry(instance, (α, β, t) => ((α * α) + (β * β)) * (1 - (2 * t)) / 2))
        .RefutedWhen("the slopes of the two inputs are independent", instance => Entry(instance, (α, β, _) => (α + β) * (α + β) / 4))
        .Build();

    /// <summary>J2: an affine part and the arcsine of the cosines.</summary>
    public static Claim Decomposition { get; } = Claim
        .Named("jk.gram-decomposition")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at infinite width (decomposition)", Derivation, "J2")
        .States("H^∞_ij = (((α + β)/2)² + ((β − α)/2)² (2/π) arcsin cos θ_ij) ⟨x̃_i, x̃_j⟩")
        .Given(BiasedNetworks.Clouds(Clouds))
        .Observes("the largest difference of an entry", cloud => Difference(cloud, divisor: 4))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the arcsine has the weight (β − α)²", cloud => Difference(cloud, divisor: 1))
        .Build();

    /// <summary>J6: Hoeffding's inequality for the whole matrix, with m/2 independent neurons.</summary>
    public static Claim Concentration { get; } = Claim
        .Named("jk.gram-concentration")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at initialisation (probability)", Derivation, "J6")
        .States("P(‖H(0) − H^∞‖_F > (Σ_ij Δ_ij² log(2n²/p)/m)^½) ≤ p   for mirrored pairs, Δ_ij = |⟨x̃_i, x̃_j⟩| (max σ′σ′ − min σ′σ′); tried at p = 0.3")
        .Given(BiasedNetworks.Mirrored(Sets))
        .Observes("1{‖H(0) − H^∞‖_F > …}", instance => Strays(instance, m => m, limitFactor: 1))
        .Against("0.3", _ => Failing)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("m² in place of m", instance => Strays(instance, m => m * m, limitFactor: 1))
        .RefutedWhen("the limit is half as large again", instance => Strays(instance, m => m * 10, limitFactor: 1.5))
        .Build();

    /// <summary>J7: the rate.</summary>
    public static Claim Rate { get; } = Claim
        .Named("jk.gram-rate")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at initialisation (rate)", Derivation, "J7")
        .States("‖H(0) − H^∞‖_F = Θ(1/√m)")
        .Given(BiasedNetworks.Mirrored(Ladder, Leaky))
        .Observes("‖H(0) − H^∞‖_F, root mean square over 12 initialisations", instance => Error(instance, limitFactor: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: 0.15, ladder: "m"))
        .RefutedWhen("the limit is twice as large", Few, instance => Error(instance, limitFactor: 2))
        .Build();

    private static Measurement Entry(ShallowInstance instance, Func<double, double, double, double> form)
    {
        var D = instance.Network.InputDimension;
        var x = instance.Inputs.AsSpan(0, D);
        var y = instance.Inputs.AsSpan(D, D);
        var (α, β) = (instance.Network.Activation.Slopes[0], instance.Network.Activation.Slopes[1]);
        var product = FixedOrder.Dot<double>(x, y);
        return new(Ball.Unbounded(instance.Kernel()[1])) { Bound = Ball.Unbounded(form(α, β, CertifiedCosine.Between(x, y).Angle().Midpoint / Math.PI) * product) };
    }

    private static Measurement Difference(BiasedCloud cloud, int divisor)
    {
        var (limit, n) = (new CertifiedLimit(cloud.Activation, cloud.Inputs, cloud.Trial.n), cloud.Trial.n);
        var (α, β) = (Ball.Exactly(cloud.Activation.Slopes[0]), Ball.Exactly(cloud.Activation.Slopes[1]));
        var worst = Ball.Exactly(0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var cosine = CertifiedCosine.Between(Row(i), Row(j));
                var arcsine = (Ball.Pi / Ball.Exactly(2)) - cosine.Angle();
                var form = (Ball.Square(α + β) / Ball.Exactly(4)) + (Ball.Square(β - α) / Ball.Exactly(divisor) * Ball.Exactly(2) * arcsine / Ball.Pi);
                var difference = new Ball(limit.Kernel[(i * n) + j], limit.Radii[(i * n) + j]) - (form * Product(i, j));
                worst = Math.Abs(difference.Midpoint) - difference.Radius > Math.Abs(worst.Midpoint) - worst.Radius ? difference : worst;
            }
        }

        return new(worst) { Bound = Ball.Exactly(0) };

        ReadOnlySpan<double> Row(int i) => cloud.Inputs.AsSpan(i * cloud.Dimension, cloud.Dimension);

        Ball Product(int i, int j)
        {
            var sum = Ball.Exactly(0);
            for (var k = 0; k < cloud.Dimension; k++)
            {
                sum += Ball.Exactly(Row(i)[k]) * Ball.Exactly(Row(j)[k]);
            }

            return sum;
        }
    }

    private static Measurement Strays(ShallowInstance instance, Func<double, double> width, double limitFactor)
    {
        var (n, D, slopes) = (instance.Trial.n, instance.Network.InputDimension, instance.Network.Activation.Slopes.ToArray());
        double[] products = [.. from a in slopes from b in slopes select a * b];
        double sum = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                sum += Math.Pow(FixedOrder.Dot<double>(instance.Inputs.AsSpan(i * D, D), instance.Inputs.AsSpan(j * D, D)) * (products.Max() - products.Min()), 2);
            }
        }

        var t = Math.Sqrt(sum * Math.Log(2 * n * n / Failing) / width(instance.Trial.m));
        return Math.Sqrt(FixedOrder.SumOfSquares<double>(Deviation(instance, limitFactor))) > t ? 1 : 0;
    }

    private static Measurement Error(ShallowInstance instance, double limitFactor)
    {
        const int Initialisations = 12;
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.InitialiseMirrored(instance.Trial.Random("weights").Derive((ulong)k));
            sum += FixedOrder.SumOfSquares<double>(Deviation(instance, limitFactor));
        }

        return Math.Sqrt(sum / Initialisations);
    }

    /// <summary>H(0) − H^∞.</summary>
    private static double[] Deviation(ShallowInstance instance, double limitFactor)
    {
        var limit = new CertifiedLimit(instance.Network.Activation, instance.Inputs, instance.Trial.n).Kernel;
        return [.. instance.Kernel().Zip(limit, (h, expected) => h - (limitFactor * expected))];
    }
}
