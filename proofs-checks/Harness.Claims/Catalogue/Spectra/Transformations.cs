using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The rules by which eigenvalue decay is carried from the sphere to general domains, T1 to T6, on exact kernels over finitely many points. Everything is enclosed.</summary>
public static class Transformations
{
    private static readonly Domain Sizes = Domain.Filling(cells: (12, 24, 48), trials: (4, 6, 20), n(4, (20, 40, 80)));

    private static readonly Generator<DiscreteKernel> Kernels = DiscreteKernel.On(Sizes);

    /// <summary>T1.</summary>
    public static Claim Reweighted { get; } = Claim
        .Named("edr.transformation-weight")
        .DerivedFrom(Papers.LiYuChenLin, "Transformation T1", "Transformations of kernels", "R9")
        .States("λ_i(ρ(x)k(x, y)ρ(y); μ) = λ_i(k; ρ²μ)")
        .Given(Kernels)
        .Observes("λ_i(ρkρ; μ) − λ_i(k; ρ²μ), the worst", instance => Weight(instance, power: 2))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("ρ in place of ρ²", instance => Weight(instance, power: 1))
        .Build();

    /// <summary>T2.</summary>
    public static Claim PulledBack { get; } = Claim
        .Named("edr.transformation-map")
        .DerivedFrom(Papers.LiYuChenLin, "Transformation T2", "Transformations of kernels", "R9")
        .States("λ_i(k(φx, φy); μ) = λ_i(k; φ_#μ)   for a map φ that may bring points together")
        .Given(Kernels)
        .Observes("λ_i(k ∘ φ; μ) − λ_i(k; φ_#μ), the worst", instance => Map(instance, carried: true))
        .Against("0", _ => 0)
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the measure stays where it was", instance => Map(instance, carried: false))
        .Build();

    /// <summary>T3.</summary>
    public static Claim Dominated { get; } = Claim
        .Named("edr.transformation-domination")
        .DerivedFrom(Papers.LiYuChenLin, "Transformation T3", "Transformations of kernels", "R9")
        .States("μ₁ ≤ Cμ₂ ⇒ λ_i(k; μ₁) ≤ C λ_i(k; μ₂)")
        .Given(Kernels)
        .Observes("λ_i(k; μ₁), nearest to its bound", instance => Domination(instance, constant: 1))
        .AgainstItsOwnBound("C λ_i(k; μ₂)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("C is below every ratio of the masses", instance => Domination(instance, constant: 0.25))
        .Build();

    /// <summary>T4.</summary>
    public static Claim Restricted { get; } = Claim
        .Named("edr.transformation-restriction")
        .DerivedFrom(Papers.LiYuChenLin, "Transformation T4", "Transformations of kernels", "R9")
        .States("λ_i(k; μ|_S) ≤ λ_i(k; μ)   where μ|_S is not renormalised")
        .Given(Kernels)
        .Observes("λ_i(k; μ|_S), nearest to its bound", instance => Restriction(instance, renormalised: false))
        .AgainstItsOwnBound("λ_i(k; μ)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("μ|_S is renormalised to the mass of μ", instance => Restriction(instance, renormalised: true))
        .Build();

    /// <summary>T5.</summary>
    public static Claim Raised { get; } = Claim
        .Named("edr.transformation-constant")
        .DerivedFrom(Papers.LiYuChenLin, "Transformation T5", "Transformations of kernels", "R9")
        .States("λ_i(k; μ) ≤ λ_i(k + c; μ) ≤ λ_{i−1}(k; μ)   for c ≥ 0")
        .Given(Kernels)
        .Observes("the smaller side of the interlacing pairs, nearest to the larger", instance => Interlacing(instance, negative: false))
        .AgainstItsOwnBound("the larger side")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("c is negative", instance => Interlacing(instance, negative: true))
        .Build();

    /// <summary>T6.</summary>
    public static Claim Ordered { get; } = Claim
        .Named("edr.transformation-order")
        .DerivedFrom(Papers.LiYuChenLin, "Transformation T6", "Transformations of kernels", "R9")
        .States("k₂ − k₁ positive semidefinite ⇒ λ_i(k₁; μ) ≤ λ_i(k₂; μ)")
        .Given(Kernels)
        .Observes("λ_i(k₁; μ), nearest to its bound", instance => Order(instance, sign: 1))
        .AgainstItsOwnBound("λ_i(k₂; μ)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("k₁ − k₂ is positive semidefinite", instance => Order(instance, sign: -1))
        .Build();

    private static Measurement Weight(DiscreteKernel instance, int power)
    {
        var ρ = DiscreteKernel.Squares(instance.Trial.Random("weight"), instance.Points, least: 2, most: 12);
        double[] kernel = [.. instance.Kernel];
        KernelTransformations.Reweight(kernel, ρ);
        double[] masses = [.. instance.Masses.Zip(ρ, (mass, factor) => mass * (power == 2 ? factor * factor : factor))];
        return Worst(DiscreteKernel.Spectrum(kernel, instance.Masses), DiscreteKernel.Spectrum(instance.Kernel, masses));
    }

    /// <summary>Three points in two come together.</summary>
    private static Measurement Map(DiscreteKernel instance, bool carried)
    {
        var n = instance.Points;
        var targets = (2 * n / 3) + 1;
        int[] map = [.. Enumerable.Range(0, n).Select(i => i < targets ? i : instance.Trial.Random("map").Integer((ulong)i, targets))];
        var (pulled, pushed, kernel) = (new double[n * n], new double[n], new double[n * n]);
        KernelTransformations.PullBack(instance.Kernel, n, map, pulled);
        KernelTransformations.PushForward(instance.Masses, map, pushed);
        instance.Kernel.CopyTo(kernel, 0);
        return Worst(DiscreteKernel.Spectrum(pulled, instance.Masses), DiscreteKernel.Spectrum(kernel, carried ? pushed : instance.Masses));
    }

    /// <summary>μ₁ is between 9/64 · 2 and 36/64 of μ₂.</summary>
    private static Measurement Domination(DiscreteKernel instance, double constant)
    {
        var ratios = DiscreteKernel.Squares(instance.Trial.Random("ratios"), instance.Points, least: 5, most: 6);
        double[] masses = [.. instance.Masses.Zip(ratios, (mass, ratio) => mass * ratio)];
        return Nearest(DiscreteKernel.Spectrum(instance.Kernel, masses), [.. DiscreteKernel.Spectrum(instance.Kernel, instance.Masses).Select(λ => Ball.Exactly(constant) * λ)]);
    }

    private static Measurement Restriction(DiscreteKernel instance, bool renormalised)
    {
        bool[] subset = [.. Enumerable.Range(0, instance.Points).Select(i => i % 2 == 0)];
        double[] masses = [.. instance.Masses];
        KernelTransformations.Restrict(masses, subset);
        if (renormalised)
        {
            var factor = instance.Masses.Sum() / masses.Sum();
            masses = [.. masses.Select(mass => mass * factor)];
        }

        return Nearest(DiscreteKernel.Spectrum(instance.Kernel, masses), DiscreteKernel.Spectrum(instance.Kernel, instance.Masses));
    }

    private static Measurement Interlacing(DiscreteKernel instance, bool negative)
    {
        double[] raised = [.. instance.Kernel];
        KernelTransformations.AddConstant(raised, 1 + instance.Trial.Random("constant").Integer(0, 9));
        var (below, above) = (DiscreteKernel.Spectrum(instance.Kernel, instance.Masses), DiscreteKernel.Spectrum(raised, instance.Masses));
        (below, above) = negative ? (above, below) : (below, above);
        return Nearest([.. below, .. above[1..]], [.. above, .. below[..^1]]);
    }

    private static Measurement Order(DiscreteKernel instance, int sign)
    {
        var difference = DiscreteKernel.Gram(instance.Trial.Random("difference"), instance.Points);
        double[] larger = [.. instance.Kernel.Zip(difference, (k, extra) => k + extra)];
        var (below, above) = (DiscreteKernel.Spectrum(instance.Kernel, instance.Masses), DiscreteKernel.Spectrum(larger, instance.Masses));
        return sign > 0 ? Nearest(below, above) : Nearest(above, below);
    }

    /// <summary>The difference that exceeds its radius most, or comes nearest to it.</summary>
    private static Measurement Worst(Ball[] left, Ball[] right) => left.Zip(right, (x, y) => x - y).MaxBy(difference => Math.Abs(difference.Midpoint) - difference.Radius);

    /// <summary>The pair whose sides are nearest, or most out of order.</summary>
    private static Measurement Nearest(Ball[] smaller, Ball[] larger)
    {
        var (value, bound) = smaller.Zip(larger).MinBy(pair => pair.Second.Lower - pair.First.Upper);
        return new(value) { Bound = bound };
    }
}
