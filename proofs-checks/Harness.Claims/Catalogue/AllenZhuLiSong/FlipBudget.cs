using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The deterministic half of Claim 8.3: how many signs a shift of given length can flip.</summary>
public static class FlipBudget
{
    /// <summary>A knapsack bound that holds for every shift and that the greedy adversary attains.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.flip-budget")
        .DerivedFrom(Papers.AllenZhuLiSong, "Claim 8.3 (deterministic part)", "Flip budget", "C04")
        .States("#{k : 1{g_k + g′_k ≥ 0} ≠ 1{g_k ≥ 0}} ≤ k*(‖g′‖),   k*(ω) = max{k : Σ_{j≤k} |g|²_(j) ≤ ω²}")
        .Given(Networks.AtInitialisation(Domain.Filling(cells: (6, 12, 40), trials: (1, 2, 8), Ranges.m(64, (256, 1024, 8192)), Ranges.L(1, (2, 3, 8)), Ranges.ω(1, 0.001), Ranges.n(2), Ranges.d(1))))
        .Observes("flipped signs", instance => Flips(instance, budgetFactor: 1, spare: 0))
        .AgainstItsOwnBound("k*(‖g′‖)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("half of the shift's length is charged", instance => Flips(instance, budgetFactor: BigRational.Exactly(0.5), spare: 0))
        .RefutedWhen("one neuron fewer is allowed", instance => Flips(instance, budgetFactor: 1, spare: 1))
        .Build();

    private static Measurement Flips(NetworkInstance instance, BigRational budgetFactor, int spare)
    {
        instance.Loss();
        var (state, ω) = (instance.State, instance.Trial.Variables.ω);
        var g = instance.Column(state.PreActivations(instance.Trial.L), 0);
        var random = new double[g.Length];
        instance.Trial.Random("shift").FillGaussian<double>(random, ω / Math.Sqrt(g.Length));
        var gaussian = Count(g, random, budgetFactor, spare);
        var greedy = Count(g, CheapestCrossing(g, ω), budgetFactor, spare);
        var (flips, budget) = greedy.Flips * gaussian.Budget >= gaussian.Flips * greedy.Budget ? greedy : gaussian;
        return new(Ball.Exactly(flips)) { Bound = Ball.Exactly(budget) };
    }

    /// <summary>
    /// Counts flips of the rounded sum, and the budget of the shift that it really made, over the rationals: the adversary spends its budget to the last digit, which no radius could tell from one digit more.
    /// </summary>
    private static (int Flips, int Budget) Count(double[] g, double[] shift, BigRational budgetFactor, int spare)
    {
        var flips = 0;
        BigRational squaredShift = 0;
        for (var k = 0; k < g.Length; k++)
        {
            var moved = g[k] + shift[k];
            flips += (moved >= 0) != (g[k] >= 0) ? 1 : 0;
            squaredShift += Square(BigRational.Exactly(moved) - BigRational.Exactly(g[k]));
        }

        var left = squaredShift * Square(budgetFactor);
        var sizes = Array.ConvertAll(g, Math.Abs);
        Array.Sort(sizes);
        var budget = 0;
        while (budget < sizes.Length && (left -= Square(BigRational.Exactly(sizes[budget]))).Sign >= 0)
        {
            budget++;
        }

        return (flips, Math.Max(0, budget - spare));
    }

    private static BigRational Square(BigRational x) => x * x;

    private static double[] CheapestCrossing(double[] g, double ω)
    {
        var order = new int[g.Length];
        for (var k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        Array.Sort(Array.ConvertAll(g, Math.Abs), order);
        var (shift, spent) = (new double[g.Length], 0.0);
        foreach (var k in order)
        {
            var crossing = g[k] >= 0 ? double.BitDecrement(-g[k]) : -g[k];
            spent += crossing * crossing;
            if (spent > ω * ω)
            {
                break;
            }

            shift[k] = crossing;
        }

        return shift;
    }
}
