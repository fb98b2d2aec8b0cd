using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 5(c): near initialisation the tangent kernel is nearly that at initialisation.</summary>
public static class KernelPerturbation
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (40, 40, 60), trials: (3, 4, 10), m(96, (256, 512, 4096)), ω(0.3, (0.01, 0.003, 0.001)), L(1, (4, 6, 8)), n(3), d(1));

    /// <summary>The bound, on the largest of the three families and on all pairs of samples.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.kernel-perturbation")
        .From(Papers.AllenZhuLiSong, "Theorem 5(c)", "C35")
        .States("|K_j(x, x̃) − K_j⁽⁰⁾(x, x̃)| ≤ C · √(log m) ω^{1/3} L³ · √(K_j⁽⁰⁾(x, x) K_j⁽⁰⁾(x̃, x̃))   at W⁽⁰⁾ + W′, ‖W′‖₂ ≤ ω")
        .Given(Networks.AtInitialisation(Sizes).GeneratedOnly())
        .Observes("max over W′ and pairs of |ΔK|/√(KK)", LargestChange)
        .Against("√(log m) ω^{1/3} L³", v => Math.Sqrt(Math.Log(v.m)) * Math.Cbrt(v.ω) * v.L * v.L * v.L)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("exponent 4/3 in place of ⅓", v => Math.Sqrt(Math.Log(v.m)) * Math.Pow(v.ω, 4.0 / 3) * v.L * v.L * v.L)
        .RefutedWhen("1/L in place of L³", v => Math.Sqrt(Math.Log(v.m)) * Math.Cbrt(v.ω) / v.L)
        .Build();

    private static Measurement LargestChange(NetworkInstance instance, Arithmetic arithmetic)
    {
        var (n, before) = (instance.Trial.n, EnclosedPass.Of(instance, arithmetic));
        var largest = Ball.Exactly(0);
        foreach (var direction in PerturbationFamily.All(instance))
        {
            var after = EnclosedPass.Of(instance, direction, arithmetic);
            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k <= i; k++)
                {
                    var change = after.Kernel(i, k) - before.Kernel(i, k);
                    largest = Ball.Max(largest, Ball.Max(change, -change) / Ball.Sqrt(before.Kernel(i, i) * before.Kernel(k, k)));
                }
            }
        }

        return largest;
    }
}
