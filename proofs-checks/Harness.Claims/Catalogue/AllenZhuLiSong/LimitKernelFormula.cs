using Harness.Claims.Decisions;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The limit kernels by their formulas: one sum of products, without the recursions of the core.</summary>
public static class LimitKernelFormula
{
    private const int Dimension = 12;

    private static readonly Domain Sizes = Domain.Filling(cells: (12, 16, 40), trials: (1, 2, 4), L(1, 6), n(2, 5));

    /// <summary>Deep, plain and enclosed, and two-layer.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.limit-kernel-formula")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5 (the kernel at initialisation)", "Limit kernel", "C18")
        .States("(2d/m) K^∞(x, x′) = Σ_{l=1}^{L} c_l Π_{k=l}^{L} κ₀(c_k),   c_{k+1} = κ₁(c_k),   c₀ = ⟨x, x′⟩;   H^∞(x, x′) = c₀ κ₀(c₀)/2")
        .Given(new Generator<Trial>(Sizes, "unit inputs, two of them at distance ½, the others at distance 1", takesData: false, trial => trial))
        .Observes("max |core − formula| over all pairs", trial => Worst(trial, trial.L))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the limit has one layer more", trial => Worst(trial, trial.L + 1))
        .Build();

    private static Measurement Worst(Trial trial, int depth)
    {
        var n = trial.n;
        var inputs = new double[n * Dimension];
        SyntheticInputs.Separated(trial.Random("inputs"), n, 0.5, Dimension, inputs);
        var (plain, enclosed, radii, shallow) = (new double[n * n], new double[n * n], new double[n * n], new double[n * n]);
        LimitKernel.Compute(inputs, n, trial.L, plain);
        CertifiedLimitKernel.Compute(inputs, n, trial.L, enclosed, radii);
        ShallowKernel.Limit(inputs, n, shallow);

        // Inputs are unit vectors to (𝔡 + 16)u, and a level rounds less than 32 times. From distances ≥ ½ the angle stays above 0.34 for six levels, where κ₁′ = κ₀ and κ₀′ = 1/(π sin θ) are at most 1: c_k is off by less than
        // (𝔡 + 16 + 32k)u, so is every κ₀, a term of at most L + 1 such factors, none above 1, by L + 1 times that, and there are L terms.
        var (worst, rounding) = (Ball.Exactly(0), trial.L * (trial.L + 1) * (Dimension + 16 + (32 * (trial.L + 1))) * Rounding.Unit);
        for (var e = 0; e < n * n; e++)
        {
            var (i, j) = (e / n, e % n);
            if (i <= j)
            {
                continue;
            }

            var c = Enumerable.Range(0, Dimension).Aggregate(Ball.Exactly(0), (sum, k) => sum + (Ball.Exactly(inputs[(i * Dimension) + k]) * Ball.Exactly(inputs[(j * Dimension) + k])));
            var formula = Deep(c, depth);
            Compare(new(plain[e], rounding), formula);
            Compare(new Ball(enclosed[e], radii[e]) + new Ball(0, rounding), formula);
            Compare(new(shallow[e], rounding), c * Kappa0(c) * Ball.Exactly(0.5));
        }

        return new(worst) { Bound = Ball.Exactly(0) };

        void Compare(Ball core, Ball exact)
        {
            var difference = core - exact;
            worst = Math.Abs(difference.Midpoint) - difference.Radius > Math.Abs(worst.Midpoint) - worst.Radius ? difference : worst;
        }
    }

    private static Ball Deep(Ball c, int depth)
    {
        var cosines = new Ball[depth + 1];
        cosines[0] = c;
        for (var k = 1; k <= depth; k++)
        {
            var below = cosines[k - 1];
            cosines[k] = ((below * (Ball.Pi - Ball.Acos(below))) + Ball.Sqrt(Ball.Exactly(1) - Ball.Square(below))) / Ball.Pi;
        }

        var sum = Ball.Exactly(0);
        for (var l = 1; l <= depth; l++)
        {
            sum += cosines[l..].Aggregate(cosines[l], (product, cosine) => product * Kappa0(cosine));
        }

        return sum;
    }

    private static Ball Kappa0(Ball c) => (Ball.Pi - Ball.Acos(c)) / Ball.Pi;
}
