using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>Lemma 3.2: neurons that move by at most R change the kernel no more than the neurons do that started within R of a decision boundary.</summary>
public static class KernelPerturbation
{
    private const double Failing = 0.3;

    private static readonly Domain Sizes = Domain.Filling(
        cells: (12, 24, 48), trials: (2, 4, 8), m(256, (2048, 16384, 262144)), n(1, (8, 12, 32)), new VariableRange("R", 1, (0.03, 0.01, 0.0001), IsInteger: false));

    /// <summary>The deterministic half: for every W, however it came about.</summary>
    public static Claim Deterministic { get; } = Claim
        .Named("dzps.kernel-perturbation")
        .From(Papers.DuZhaiPoczosSingh, "Lemma 3.2 (deterministic part)", "C11")
        .States("Σ_ij |H_ij(W) − H_ij(0)| ≤ D̂(R) = (1/m) Σ_ij |⟨x_i, x_j⟩| Σ_r 1{|⟨w_r(0), x_i⟩| ≤ R or |⟨w_r(0), x_j⟩| ≤ R}   if ‖w_r − w_r(0)‖ ≤ R for all r")
        .Given(ShallowNetworks.AtInitialisation(Sizes))
        .Observes("Σ_ij |H_ij(W) − H_ij(0)|", instance => Change(instance, charged: 1))
        .AgainstItsOwnBound("D̂(R)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("neurons within R/4 are charged", instance => Change(instance, charged: 0.25))
        .RefutedWhen("neurons within R² are charged", instance => Change(instance, charged: instance.Trial.Variables["R"] / 4))
        .Build();

    /// <summary>The probabilistic half: few neurons start that close.</summary>
    public static Claim Likely { get; } = Claim
        .Named("dzps.kernel-perturbation-probability")
        .From(Papers.DuZhaiPoczosSingh, "Lemma 3.2 (probability)", "C11")
        .States("P(D̂(R) ≥ 4n²R/(√(2π) p)) ≤ p   for R fixed before W(0) is drawn, since E D̂(R) ≤ 4n²R/√(2π); tried at p = 0.3")
        .Given(ShallowNetworks.AtInitialisation(Domain.Filling(cells: (6, 8, 12), trials: (8, 12, 40), m(256, (1024, 16384, 262144)), n(2, (8, 12, 32)), new VariableRange("R", 0.3, (0.01, 0.001, 0.0001), IsInteger: false))))
        .Observes("1{D̂(R) ≥ 4n²R/(√(2π) p)}", instance => Exceeds(instance, R => R))
        .Against("0.3", _ => Failing)
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("R² in place of R", instance => Exceeds(instance, R => R * R / 10))
        .RefutedWhen("n is left out", instance => Exceeds(instance, R => R / Math.Pow(instance.Trial.n, 2) / 10))
        .Build();

    /// <summary>The change that an adversary makes who moves, along x₁, every neuron across its decision boundary that is active on x₁ and within R of it.</summary>
    private static Measurement Change(ShallowInstance instance, double charged)
    {
        var R = instance.Trial.Variables["R"];
        var (before, bound) = (instance.Kernel(), Charge(instance, R * charged));
        const double Overshoot = 1e-6; // crosses the boundary strictly
        var x = instance.Inputs.AsSpan(0, instance.Network.InputDimension);
        for (var b = 0; b < instance.Network.Blocks; b++)
        {
            var w = instance.Network.Hidden(b);
            for (var r = 0; r < w.Rows; r++)
            {
                double g = 0;
                for (var k = 0; k < x.Length; k++)
                {
                    g += w[r, k] * x[k];
                }

                if (g >= 0 && g * (1 + Overshoot) <= R)
                {
                    for (var k = 0; k < x.Length; k++)
                    {
                        w[r, k] -= g * (1 + Overshoot) * x[k];
                    }
                }
            }
        }

        var after = instance.Kernel();
        return new(Ball.Unbounded(before.Zip(after, (h, moved) => Math.Abs(moved - h)).Sum())) { Bound = Ball.Unbounded(bound) };
    }

    private static Measurement Exceeds(ShallowInstance instance, Func<double, double> scale)
    {
        var R = instance.Trial.Variables["R"];
        return Charge(instance, R) >= 4 * instance.Trial.n * instance.Trial.n * scale(R) / (Math.Sqrt(2 * Math.PI) * Failing) ? 1 : 0;
    }

    /// <summary>D̂(R).</summary>
    private static double Charge(ShallowInstance instance, double R)
    {
        var (n, dimension) = (instance.Trial.n, instance.Network.InputDimension);
        var (batch, g, near) = (new double[dimension * n], new double[ShallowNetwork<double>.BlockWidth * n], new bool[n]);
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < dimension; k++)
            {
                batch[(k * n) + i] = instance.Inputs[(i * dimension) + k];
            }
        }

        var (products, counts) = (new double[n * n], new double[n * n]);
        GramMatrix.Compute<double>(batch, dimension, n, n, products);
        for (var b = 0; b < instance.Network.Blocks; b++)
        {
            instance.Network.Hidden(b).Multiply(batch, g, n, n);
            for (var r = 0; r < instance.Network.Hidden(b).Rows; r++)
            {
                for (var i = 0; i < n; i++)
                {
                    near[i] = Math.Abs(g[(r * n) + i]) <= R;
                }

                for (var pair = 0; pair < counts.Length; pair++)
                {
                    counts[pair] += near[pair / n] || near[pair % n] ? 1 : 0;
                }
            }
        }

        return products.Zip(counts, (product, count) => Math.Abs(product) * count).Sum() / instance.Trial.m;
    }
}
