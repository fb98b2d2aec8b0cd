using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>A quota K_n for the effective span at every sample size at once (Theorem 4.3): the hypercube of the lower bound keeps to it at all of them, in exact arithmetic.</summary>
/// <remarks>At the last n of a quota the hypercube is that of Theorem 3.3, and <see cref="HypercubeRisk"/> is its Bayes risk. The paper's own constant, and sizes in between, are left open.</remarks>
public static class QuotaClass
{
    /// <summary>K_n = ⌊n^{1/b}⌋, whose last n with K_n = k is (k + 1)^b − 1.</summary>
    private const int LargestRoot = 3;

    /// <summary>The mutant's quota is 1 up to here and ⌊√n⌋ from here on.</summary>
    private const int Late = 99;

    private static readonly Generator<Trial> Levels = new(
        Domain.Climbing("k", rungs: (8, 12, 30), trials: 1, new VariableRange("k", 2, (40, 100, 400), IsInteger: true)), "quotas K_n = n, ⌊√n⌋, ⌊n^{1/3}⌋; sizes n at which a quota is last, and 64 drawn ones", takesData: false, trial => trial);

    /// <summary>All vertices have the same energies.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.quota-hypercube")
        .DerivedFrom(Papers.HuangLiLiLin, "Theorem 4.3 (lower bound at n = M_k)", "Effective span dimension")
        .BeyondTheList("The list has the minimax theorem at one sample size, not the one at all of them.")
        .States("k ↦ k/M_k falls, M_k the last n with K_n = k  ⟹  d†(σ₀²/n) ≤ K_n for every n at the vertices ±σ₀/√M_k on the k leading coordinates")
        .Given(Levels)
        .Observes("sizes n with d†(σ₀²/n) > K_n", trial => Roots(trial, energy: 1))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("k/M_k rises: K_n = 1 up to n = 99, ⌊√n⌋ from there on", trial => Ball.Exactly(Over(trial, (int)trial.Variables["k"] + 10, k => Math.Max(Late, Last(k, 2)), 1)))
        .RefutedWhen("vertices ±2σ₀/√M_k", trial => Roots(trial, energy: 4))
        .Build();

    private static Measurement Roots(Trial trial, int energy) =>
        Ball.Exactly(Enumerable.Range(1, LargestRoot).Sum(root => Over(trial, (int)trial.Variables["k"], k => Last(k, root), energy)));

    private static long Last(int k, int root) => Enumerable.Repeat(k + 1L, root).Aggregate(1L, (power, factor) => power * factor) - 1;

    /// <summary>In units of σ₀²/(n M_k): energies (k − j)n against multiples of M_k, whole numbers far below 2⁵³.</summary>
    private static int Over(Trial trial, int k, Func<int, long> last, int energy)
    {
        var random = trial.Random("sizes");
        long[] quotas = [.. Enumerable.Range(1, k).Select(last)];
        var drawn = Enumerable.Range(0, 64).Select(i => 1 + (long)(random.Uniform((ulong)i) * quotas[^1]));
        return quotas.Concat(drawn).Count(n =>
        {
            // K_n is the first k whose last size has not passed; quotas that are skipped have the last size of the one before.
            var quota = 1 + Array.FindIndex(quotas, size => n <= size);
            double[] tails = [.. Enumerable.Range(0, k + 1).Select(j => (double)(energy * (k - j) * n))];
            return EffectiveSpan.Dimension(tails, quotas[^1]) > quota;
        });
    }
}
