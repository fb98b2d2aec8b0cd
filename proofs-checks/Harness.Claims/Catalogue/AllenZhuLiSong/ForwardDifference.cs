using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Proposition 11.3 and the identity of Claim 11.2: how features move when all layers move.</summary>
public static class ForwardDifference
{
    /// <summary>The telescoped difference of features, over the rationals, for perturbations of any size.</summary>
    public static Claim Telescoped { get; } = Claim
        .Named("azls.forward-difference")
        .From(Papers.AllenZhuLiSong, "Claim 11.2 (identity)", "C03")
        .States("h_{i,l} − h̆_{i,l} = Σ_{a=1}^{l} (D̆_{i,l}+D″_{i,l}) W̆_l ⋯ W̆_{a+1} (D̆_{i,a}+D″_{i,a}) W′_a h_{i,a−1}   for any W̆, W′")
        .Given(IntegerNetworks.Small)
        .Observes("Σ_l ‖h_l − h̆_l − right-hand side‖₁", instance => Defect(instance, Quotient, usesPerturbedFeature: true))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("W′_a acts on the unperturbed feature h̆_{i,a−1}", instance => Defect(instance, Quotient, usesPerturbedFeature: false))
        .RefutedWhen("D″ is left out", instance => Defect(instance, (a, b) => b.Sign >= 0 ? 1 : 0, usesPerturbedFeature: true))
        .Build();

    /// <summary>Proposition 11.3 coordinate by coordinate, ties included.</summary>
    public static Claim SignCorrection { get; } = Claim
        .Named("azls.relu-difference")
        .From(Papers.AllenZhuLiSong, "Proposition 11.3", "C02")
        .States("φ(a) − φ(b) = (D + D″)(a − b) with D = diag(1{b ≥ 0}), D″ ∈ [−1, 1], |D + D″| ≤ 1, and D″_kk ≠ 0 only where 1{a_k ≥ 0} ≠ 1{b_k ≥ 0}")
        .Given(IntegerNetworks.Small)
        .Observes("coordinates where a property fails", instance => Failures(instance, tieIsActive: true))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("a tie b_k = 0 counts as inactive in D", instance => Failures(instance, tieIsActive: false))
        .Build();

    private static Measurement Defect(NetworkInstance instance, Func<BigRational, BigRational, BigRational> slope, bool usesPerturbedFeature)
    {
        var perturbation = new FullyConnected<double>(instance.Network.InputDimension, instance.Trial.m, instance.Trial.L, instance.Trial.d);
        var perturbed = new FullyConnected<double>(instance.Network.InputDimension, instance.Trial.m, instance.Trial.L, instance.Trial.d);
        perturbed.CopyFrom(instance.Network);
        for (var l = 1; l <= instance.Trial.L; l++)
        {
            IntegerNetworks.Fill(perturbation.Hidden(l), instance.Trial.Random("perturbation").Derive((ulong)l));
            perturbed.Hidden(l).AddScaled(1, perturbation.Hidden(l)); // whole numbers: exact
        }

        var (before, change, after) = (new RationalNetwork(instance.Network), new RationalNetwork(perturbation), new RationalNetwork(perturbed));
        BigRational defect = 0;
        for (var i = 0; i < instance.Trial.n; i++)
        {
            var x = instance.Inputs.AsSpan(i * instance.Network.InputDimension, instance.Network.InputDimension);
            var (b, a) = (before.Evaluate(x), after.Evaluate(x));
            var sum = new BigRational[instance.Trial.m]; // r_l of the recursion r_l = (D̆ + D″)(W̆_l r_{l−1} + W′_l h_{l−1}), which unrolls to the claim's sum
            for (var l = 1; l <= instance.Trial.L; l++)
            {
                var carried = before.Multiply(l, sum);
                var injected = change.Multiply(l, Array.ConvertAll(usesPerturbedFeature ? a[l - 1] : b[l - 1], Positive));
                for (var k = 0; k < sum.Length; k++)
                {
                    sum[k] = slope(a[l][k], b[l][k]) * (carried[k] + injected[k]);
                    defect += BigRational.Abs(Positive(a[l][k]) - Positive(b[l][k]) - sum[k]);
                }
            }
        }

        return new(Ball.Exactly(defect.ToDouble())) { Bound = Ball.Exactly(0) };
    }

    private static Measurement Failures(NetworkInstance instance, bool tieIsActive)
    {
        var (m, failures) = (instance.Trial.m, 0);
        var draws = instance.Trial.Random("pairs");
        for (var k = 0; k < 16 * m; k++)
        {
            // Whole numbers in −2…2 hit every case of signs and ties.
            BigRational a = draws.Integer((ulong)(2 * k), 5) - 2, b = draws.Integer((ulong)((2 * k) + 1), 5) - 2;
            BigRational active = b.Sign > 0 || (b.Sign == 0 && tieIsActive) ? 1 : 0;
            var correction = a == b ? 0 : Quotient(a, b) - active;
            var signsDiffer = (a.Sign >= 0) != (b.Sign >= 0);
            var holds = Positive(a) - Positive(b) == (active + correction) * (a - b)
                && BigRational.Abs(correction) <= 1
                && BigRational.Abs(active + correction) <= 1
                && (correction.Sign == 0 || signsDiffer);
            failures += holds ? 0 : 1;
        }

        return new(Ball.Exactly(failures)) { Bound = Ball.Exactly(0) };
    }

    /// <summary>(D + D″)_kk = (φ(a) − φ(b))/(a − b), and D_kk where a = b.</summary>
    private static BigRational Quotient(BigRational a, BigRational b) => a == b ? (b.Sign >= 0 ? 1 : 0) : (Positive(a) - Positive(b)) / (a - b);

    private static BigRational Positive(BigRational g) => BigRational.Max(g, 0);
}
