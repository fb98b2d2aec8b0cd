using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The functions that the tangent kernel of a rectified network is made of: κ₁′ = κ₀, and the paper's sum over layers against the recursion from layer to layer. Everything is enclosed.</summary>
public static class KernelProfile
{
    /// <summary>By the trapezoid rule: κ₀ is increasing.</summary>
    public static Claim Derivative { get; } = Claim
        .Named("edr.kernel-derivative")
        .DerivedFrom(Papers.LiYuChenLin, "Arc-cosine kernels", "Spectra on the sphere", "R2")
        .States("|κ₁(u + h) − κ₁(u) − h(κ₀(u) + κ₀(u + h))/2| ≤ h(κ₀(u + h) − κ₀(u))/2,   that is, κ₁′ = κ₀")
        .Given(Cosines(Domain.Filling(cells: (30, 60, 120), trials: (4, 8, 20), new VariableRange("h", 0.5, (0.001, 0.0001, 0.00001), IsInteger: false))))
        .Observes("|κ₁(u + h) − κ₁(u) − h(κ₀(u) + κ₀(u + h))/2|", pair => Trapezoid(pair, factor: 1))
        .AgainstItsOwnBound("h(κ₀(u + h) − κ₀(u))/2")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("κ₁′ = κ₀/2", pair => Trapezoid(pair, factor: 0.5))
        .RefutedWhen("κ₁′ = 2κ₀", pair => Trapezoid(pair, factor: 2))
        .Build();

    /// <summary>Two ways to the same number.</summary>
    public static Claim Recursion { get; } = Claim
        .Named("edr.kernel-recursion")
        .DerivedFrom(Papers.LiYuChenLin, "Closed form of the tangent kernel", "Spectra on the sphere", "R2")
        .States("Σ_{r=0}^{L} κ₁^{(r)}(u) Π_{s=r}^{L−1} κ₀(κ₁^{(s)}(u)) = Θ_L,   Θ₀ = u, Θ_l = κ₁^{(l)}(u) + κ₀(κ₁^{(l−1)}(u)) Θ_{l−1}")
        .Given(Cosines(Domain.Filling(cells: (20, 40, 80), trials: (4, 8, 20), L(1, (30, 60, 200)))))
        .Observes("the difference of both sides", pair => Difference(pair, late: false))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("κ₀ is taken one layer late", pair => Difference(pair, late: true))
        .Build();

    /// <summary>On parallel inputs.</summary>
    public static Claim Values { get; } = Claim
        .Named("edr.kernel-values")
        .DerivedFrom(Papers.LiYuChenLin, "Values of the tangent kernel", "Spectra on the sphere", "R2")
        .States("k_L(1) = L + 1   and   k_L(−1) = k_{L−1}(0) for L ≥ 2")
        .Given(Cosines(Domain.Filling(cells: (20, 40, 80), trials: 1, L(2, (30, 60, 200)))))
        .Observes("the worse of the two differences", pair => Parallel(pair, offset: 0))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the kernel without its innermost term, as for a first layer that is not trained", pair => Parallel(pair, offset: 1))
        .Build();

    private static Measurement Trapezoid(CosinePair pair, double factor)
    {
        var (lower, upper) = (CertifiedCosine.Of(Ball.Exactly(pair.Cosine)), CertifiedCosine.Of(Ball.Exactly(pair.Next)));
        var (κ0, next) = (Ball.Exactly(factor) * ArcCosineKernel.Order0(lower), Ball.Exactly(factor) * ArcCosineKernel.Order0(upper));
        var half = (Ball.Exactly(pair.Next) - Ball.Exactly(pair.Cosine)) * Ball.Exactly(0.5);
        var difference = ArcCosineKernel.Order1(upper).Value - ArcCosineKernel.Order1(lower).Value - (half * (κ0 + next));
        return new(difference.Midpoint < 0 ? -difference : difference) { Bound = half * (next - κ0) };
    }

    private static Measurement Difference(CosinePair pair, bool late) => Sum(CertifiedCosine.Of(Ball.Exactly(pair.Cosine)), pair.Trial.L) - Recursive(CertifiedCosine.Of(Ball.Exactly(pair.Cosine)), pair.Trial.L, late);

    private static Measurement Parallel(CosinePair pair, int offset)
    {
        var L = pair.Trial.L;
        var same = Recursive(CertifiedCosine.Of(Ball.Exactly(1)), L, late: false) - Ball.Exactly(L + 1 - offset);
        var opposite = Recursive(CertifiedCosine.Of(Ball.Exactly(-1)), L, late: false) - Recursive(CertifiedCosine.Of(Ball.Exactly(0)), L - 1, late: false);
        return Math.Abs(same.Midpoint) - same.Radius > Math.Abs(opposite.Midpoint) - opposite.Radius ? same : opposite;
    }

    /// <summary>As the paper has it.</summary>
    private static Ball Sum(CertifiedCosine u, int L)
    {
        var cosines = new CertifiedCosine[L + 1];
        cosines[0] = u;
        for (var l = 1; l <= L; l++)
        {
            cosines[l] = ArcCosineKernel.Order1(cosines[l - 1]);
        }

        var (sum, product) = (Ball.Exactly(0), Ball.Exactly(1));
        for (var r = L; r >= 0; r--)
        {
            sum += cosines[r].Value * product;
            product *= r > 0 ? ArcCosineKernel.Order0(cosines[r - 1]) : Ball.Exactly(1);
        }

        return sum;
    }

    private static Ball Recursive(CertifiedCosine u, int L, bool late)
    {
        var kernel = u.Value;
        for (var l = 1; l <= L; l++)
        {
            var next = ArcCosineKernel.Order1(u);
            kernel = next.Value + (ArcCosineKernel.Order0(late ? next : u) * kernel);
            u = next;
        }

        return kernel;
    }

    private static Generator<CosinePair> Cosines(Domain domain) => new(domain, "cosines all over [−1, 1]", takesData: false, trial =>
    {
        var h = trial.Variables.TryGet("h", out var step) ? step : 0;
        var cosine = -1 + ((2 - h) * trial.Random("cosine").Uniform(0));
        return new(trial, cosine, Math.Min(1, cosine + h));
    });

    /// <summary>u and u + h.</summary>
    private sealed record CosinePair(Trial Trial, double Cosine, double Next);
}
