using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>When the limit kernel is positive definite, and by how much: activations that are not affine, inputs that are distinct. No network is drawn here.</summary>
public static class SmallestEigenvalue
{
    private const string Derivation = "Piecewise affine networks";

    private static readonly Domain Sets = Domain.Filling(cells: (60, 120, 300), trials: (3, 3, 8), n(2, (8, 10, 24)), δ(0.9, (0.3, 0.1, 0.01)));

    private static readonly Generator<BiasedCloud> Clouds = BiasedNetworks.Clouds(Sets).Changed("each input times 10^s, s uniform in [−1, 1]", Scaled);

    private static readonly Generator<BiasedCloud> Attained = BiasedNetworks.Clouds(Domain.Filling(cells: (20, 40, 100), trials: 1, n(1, 2), δ(0.9, (0.01, 0.001, 0.0001))))
        .Changed("|z| as activation, inputs of equal norm", cloud => Balanced(cloud));

    private static readonly Domain Slopes = Domain.Climbing("β − α", rungs: (5, 6, 8), trials: (4, 4, 8), new("β − α", 0.5, (0.01, 0.001, 0.0001), IsInteger: false), n(8), δ(0.5));

    private static readonly Domain Distances = Domain.Climbing("distance", rungs: (5, 6, 8), trials: (4, 4, 8), new("distance", 0.05, (0.001, 0.0001, 0.00001), IsInteger: false), n(4), δ(0.7));

    private static readonly Generator<BiasedCloud> Directions = new(
        Domain.Filling(cells: (20, 40, 100), trials: 2, n(1, (4, 6, 10))),
        "normal vectors, as many as dimensions less two, without biases; slopes uniform in [−2, 2]",
        takesData: false,
        trial =>
        {
            var (dimension, slopes) = (trial.n + 2, trial.Random("slopes"));
            var inputs = new double[trial.n * dimension];
            trial.Random("inputs").FillGaussian<double>(inputs, 1);
            return new(trial, inputs, dimension, PiecewiseAffine.WithSlopes((4 * slopes.Uniform(0)) - 2, (4 * slopes.Uniform(1)) - 2));
        });

    private static readonly Domain Multiples = Domain.Filling(cells: (20, 40, 100), trials: 2, n(2), δ(0.9, 0.3), new("factor", 1.1, (4, 8, 100), IsInteger: false));

    /// <summary>J3: an explicit bound.</summary>
    public static Claim Bound { get; } = Claim
        .Named("jk.eigenvalue-lower-bound")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at infinite width (explicit lower bound)", Derivation, "J3")
        .States("λ_{min}(H^∞) ≥ ((β − α)²/2π) min_i ‖x̃_i‖² Σ_k c_k max(0, 1 − (n − 1) ρ^{2k+2}),   c_k = C(2k, k)/(4^k (2k + 1)), ρ = max_{i≠j} |cos θ_ij|")
        .Given(Clouds)
        .Observes("λ_{min}(H^∞)", cloud => Compare(cloud, factor: 1, inputs: cloud.Trial.n))
        .AgainstItsOwnBound("explicit bound")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("(β − α)² in place of (β − α)²/4", cloud => Compare(cloud, factor: 4, inputs: cloud.Trial.n))
        .RefutedWhen("the n − 1 other inputs are forgotten", cloud => Compare(cloud, factor: 1, inputs: 1))
        .Build();

    /// <summary>J3: where the bound is an equality.</summary>
    public static Claim BoundAttained { get; } = Claim
        .Named("jk.eigenvalue-lower-bound-attained")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at infinite width (the lower bound is attained)", Derivation, "J3")
        .States("one input, or two of equal norm with α = −β: λ_{min}(H^∞) is the explicit bound")
        .Given(Attained)
        .Observes("λ_{min}(H^∞) less the bound", cloud => Gap(cloud))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the second input is longer", BiasedNetworks.Clouds(Domain.Filling(cells: 6, trials: 1, n(2), δ(0.9, 0.3))).Changed("|z|; the second input twice as long", cloud => Balanced(cloud, second: 2)))
        .Build();

    /// <summary>J4: an affine activation has a kernel of the inputs' rank, 𝔡 + 1.</summary>
    public static Claim Affine { get; } = Claim
        .Named("jk.affine-rank")
        .DerivedFrom(Papers.JentzenKroeger, "Necessity of an activation that is not affine", Derivation, "J4")
        .States("α = β: λ_{min}(H^∞) = 0 as soon as n > 𝔡 + 1;   tried at 𝔡 = 2")
        .Given(Planar(Domain.Filling(cells: (20, 40, 100), trials: 2, n(4, (8, 12, 40)), δ(0.9)), 1))
        .Observes("λ_{min}(H^∞)", cloud => new(new CertifiedLimit(cloud.Activation, cloud.Inputs, cloud.Trial.n).Smallest) { Bound = Ball.Exactly(0) })
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("slopes 0.5 and 1", Planar(Domain.Filling(cells: 6, trials: 1, n(4, 5), δ(0.9)), 0.5))
        .Build();

    /// <summary>J4: how the smallest eigenvalue goes away as the activation becomes affine.</summary>
    public static Claim NearlyAffine { get; } = Claim
        .Named("jk.eigenvalue-near-affine")
        .DerivedFrom(Papers.JentzenKroeger, "Necessity of an activation that is not affine (rate)", Derivation, "J4")
        .States("λ_{min}(H^∞) = Θ((β − α)²)   as α → β at fixed inputs, n > 𝔡 + 1")
        .Given(Planar(Slopes, double.NaN))
        .Observes("λ_{min}(H^∞) over what it is at slopes 0 and 1", cloud => Midpoint(cloud) / Midpoint(cloud with { Activation = PiecewiseAffine.Rectifier }))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(2, within: 0.15, ladder: "β − α"))
        .RefutedWhen("n = 2, no more than 𝔡 + 1", Planar(Domain.Climbing("β − α", rungs: 5, trials: 4, new("β − α", 0.5, 0.01, IsInteger: false), n(2), δ(0.5)), double.NaN))
        .Build();

    /// <summary>J4: how it goes away as two inputs merge.</summary>
    public static Claim NearlyCoinciding { get; } = Claim
        .Named("jk.eigenvalue-near-duplicates")
        .DerivedFrom(Papers.JentzenKroeger, "Necessity of distinct inputs (rate)", Derivation, "J4")
        .States("λ_{min}(H^∞) = Θ(‖x_1 − x_2‖)   as the two merge along a line")
        .Given(BiasedNetworks.Clouds(Distances))
        .Observes("λ_{min}(H^∞) over what it is at distance 0.1", cloud => Merging(cloud, power: 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(1, within: 0.15, ladder: "distance"))
        .RefutedWhen("the second input at the square of the distance", cloud => Merging(cloud, power: 2))
        .Build();

    /// <summary>J5: a bias tells multiples apart.</summary>
    public static Claim Multiple { get; } = Claim
        .Named("jk.bias-separates-multiples")
        .DerivedFrom(Papers.JentzenKroeger, "Distinct instead of linearly independent inputs", Derivation, "J5")
        .States("λ_{min}(H^∞) ≥ the explicit bound > 0   for inputs (x, 1) and (tx, 1), t ≠ 1")
        .Given(BiasedNetworks.Clouds(Multiples).Changed("the second input a multiple of the first", cloud => Multiply(cloud, bias: 1)))
        .Observes("λ_{min}(H^∞)", cloud => Compare(cloud, factor: 1, inputs: 2))
        .AgainstItsOwnBound("explicit bound")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("without a bias", cloud => Compare(cloud, factor: 1, inputs: 2, bias: false))
        .Build();

    /// <summary>Without a bias: what anti-parallel inputs need of slopes and directions.</summary>
    public static Claim Opposite { get; } = Claim
        .Named("jk.opposite-inputs")
        .DerivedFrom(Papers.JentzenKroeger, "Anti-parallel inputs without biases", Derivation)
        .BeyondTheList("inputs x and −x, of which the list has only x and 2x: singular where α + β = 0 or the directions are dependent, definite otherwise")
        .States("inputs ±x_1, …, ±x_k, X with rows x_i, S_ij = (2/π) arcsin cos θ_ij: λ_{min}(H^∞) = 2 min(((α + β)/2)² λ_{min}(XXᵀ), ((β − α)/2)² λ_{min}(XXᵀ ∘ S))")
        .Given(Directions)
        .Observes("λ_{min}(H^∞) less the other side", cloud => OppositeGap(cloud, factor: -1, odd: true))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("±x_i are parallel, x_i and 2x_i", cloud => OppositeGap(cloud, factor: 2, odd: true))
        .RefutedWhen("−2x_i in place of −x_i", cloud => OppositeGap(cloud, factor: -2, odd: true))
        .RefutedWhen("anti-parallel inputs are harmless: the second term alone", cloud => OppositeGap(cloud, factor: -1, odd: false))
        .Build();

    private static Measurement OppositeGap(BiasedCloud cloud, double factor, bool odd)
    {
        var (α, β) = (Ball.Exactly(cloud.Activation.Slopes[0]), Ball.Exactly(cloud.Activation.Slopes[1]));
        var n = cloud.Trial.n;
        double[] both = [.. cloud.Inputs, .. cloud.Inputs.Select(x => factor * x)];

        // Slopes 1 and 1 leave XXᵀ, slopes −1 and 1 the other part.
        var even = Ball.Square(β - α) * new CertifiedLimit(PiecewiseAffine.AbsoluteValue, cloud.Inputs, n).Smallest;
        var smaller = odd ? Ball.Min(Ball.Square(α + β) * new CertifiedLimit(PiecewiseAffine.WithSlopes(1, 1), cloud.Inputs, n).Smallest, even) : even;
        return new(new CertifiedLimit(cloud.Activation, both, 2 * n).Smallest - (smaller * Ball.Exactly(0.5))) { Bound = Ball.Exactly(0) };
    }

    private static Measurement Compare(BiasedCloud cloud, int factor, int inputs, bool bias = true)
    {
        var bound = LimitEigenvalueBound.Evaluate(cloud.Activation, cloud.Inputs, cloud.Trial.n);
        if (inputs != cloud.Trial.n)
        {
            // What the bound would be for orthogonal inputs.
            var least = Enumerable.Range(0, cloud.Trial.n).Min(i => LimitEigenvalueBound.Evaluate(cloud.Activation, cloud.Inputs.AsSpan(i * cloud.Dimension, cloud.Dimension), 1).Midpoint);
            bound = Ball.Exactly(least);
        }

        if (!bias)
        {
            Multiply(cloud, bias: 0);
        }

        return new(new CertifiedLimit(cloud.Activation, cloud.Inputs, cloud.Trial.n).Smallest) { Bound = bound * Ball.Exactly(factor) };
    }

    private static Measurement Gap(BiasedCloud cloud) =>
        new(new CertifiedLimit(cloud.Activation, cloud.Inputs, cloud.Trial.n).Smallest - LimitEigenvalueBound.Evaluate(cloud.Activation, cloud.Inputs, cloud.Trial.n)) { Bound = Ball.Exactly(0) };

    private static double Midpoint(BiasedCloud cloud) => new CertifiedLimit(cloud.Activation, cloud.Inputs, cloud.Trial.n).Smallest.Midpoint;

    private static Measurement Merging(BiasedCloud cloud, int power)
    {
        var λ = Midpoint(Merge(cloud, Math.Pow(cloud.Trial.Variables["distance"], power)));
        return λ / Midpoint(Merge(cloud, 0.1));
    }

    private static BiasedCloud Scaled(BiasedCloud cloud)
    {
        var stream = cloud.Trial.Random("scale");
        for (var i = 0; i < cloud.Trial.n; i++)
        {
            var factor = Math.Pow(10, (2 * stream.Uniform((ulong)i)) - 1);
            for (var k = 0; k < cloud.Dimension; k++)
            {
                cloud.Inputs[(i * cloud.Dimension) + k] *= factor;
            }
        }

        return cloud;
    }

    /// <summary>|z|, and the second input the first one with its coordinates in reverse: of the same norm to the bit, up to the order of a sum that is enclosed.</summary>
    private static BiasedCloud Balanced(BiasedCloud cloud, double second = 1)
    {
        for (var k = 0; k < cloud.Dimension && cloud.Trial.n == 2; k++)
        {
            cloud.Inputs[cloud.Dimension + k] = second * cloud.Inputs[cloud.Dimension - 1 - k];
        }

        return cloud with { Activation = PiecewiseAffine.AbsoluteValue };
    }

    /// <summary>Moves the second input along its line to the first, to the given distance.</summary>
    private static BiasedCloud Merge(BiasedCloud cloud, double distance)
    {
        var x = cloud.Inputs.AsSpan(0, cloud.Dimension);
        var y = cloud.Inputs.AsSpan(cloud.Dimension, cloud.Dimension);
        double squared = 0;
        for (var k = 0; k < x.Length; k++)
        {
            squared += (y[k] - x[k]) * (y[k] - x[k]);
        }

        var factor = distance / Math.Sqrt(squared);
        for (var k = 0; k < x.Length; k++)
        {
            y[k] = x[k] + (factor * (y[k] - x[k]));
        }

        return cloud;
    }

    private static BiasedCloud Multiply(BiasedCloud cloud, double bias)
    {
        for (var k = 0; k + 1 < cloud.Dimension; k++)
        {
            cloud.Inputs[cloud.Dimension + k] = cloud.Trial.Variables["factor"] * cloud.Inputs[k];
        }

        (cloud.Inputs[cloud.Dimension - 1], cloud.Inputs[(2 * cloud.Dimension) - 1]) = (bias, bias);
        return cloud;
    }

    /// <summary>n points of the plane with a bias, and slopes α, 1 with 1 − α the cell's β − α where α is not given.</summary>
    private static Generator<BiasedCloud> Planar(Domain domain, double α) => new(
        domain,
        double.IsNaN(α) ? "normal points of the plane with a bias; slopes α and 1" : FormattableString.Invariant($"normal points of the plane with a bias; slopes {α} and 1"),
        takesData: false,
        trial =>
        {
            var (x, inputs) = (new double[2 * trial.n], new double[3 * trial.n]);
            trial.Random("inputs").FillGaussian<double>(x, 1);
            Core.Data.InputBias.Append<double>(x, 2, inputs);
            return new(trial, inputs, 3, PiecewiseAffine.WithSlopes(double.IsNaN(α) ? 1 - trial.Variables["β − α"] : α, 1));
        });
}
