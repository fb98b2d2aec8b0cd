using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Theorem 3 as a Rayleigh quotient of the tangent kernel, at every W, and the residual that attains its upper bound's constant 1.</summary>
public static class GradientQuotient
{
    private static readonly Domain Sizes = Domain.Filling(
        cells: (8, 12, 40), trials: (2, 3, 8), m(32, (128, 256, 1024)), n(2, (4, 6, 12)), L(1, (3, 4, 8)), d(1, (3, 3, 6)), ω(1, 0.01));

    private static readonly Domain Copies = Domain.Filling(cells: (4, 8, 20), trials: (24, 32, 200), m(32, (64, 128, 512)), n(2, (6, 8, 16)), L(1, (3, 4, 12)), d(1, (2, 4, 8)));

    /// <summary>Never above the largest eigenvalue, on the residual that comes closest to it.</summary>
    public static Claim FromAbove { get; } = Claim
        .Named("azls.gradient-quotient-above")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (as a Rayleigh quotient)", "Gradient norm as a quadratic form", "C05")
        .States("‖∇F(W)‖²_F ≤ 2 λ_{max}(K) F(W)   for every W, K the tangent kernel at W")
        .Given(Networks.WithAlignedTargets(Networks.InBall(Networks.AtInitialisation(Sizes))))
        .Observes("‖∇F‖²_F / 2F", (instance, arithmetic) => Quotient(instance, arithmetic, half: 2))
        .AgainstItsOwnBound("λ_{max}(K)")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("F without its factor ½", (instance, arithmetic) => Quotient(instance, arithmetic, half: 1))
        .Build();

    /// <summary>Never below the smallest eigenvalue, on the residual that comes closest to it.</summary>
    public static Claim FromBelow { get; } = Claim
        .Named("azls.gradient-quotient-below")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (as a Rayleigh quotient)", "Gradient norm as a quadratic form", "C05")
        .States("‖∇F(W)‖²_F ≥ 2 λ_{min}(K) F(W)   for every W, K the tangent kernel at W")
        .Given(AtBottomMode(Networks.InBall(Networks.AtInitialisation(Sizes))))
        .Observes("‖∇F‖²_F / 2F", (instance, arithmetic) => Quotient(instance, arithmetic, half: 2, largest: false))
        .AgainstItsOwnBound("λ_{min}(K)")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("F is doubled", (instance, arithmetic) => Quotient(instance, arithmetic, half: 4, largest: false))
        .Build();

    /// <summary>Identical inputs with equal residuals: the upper bound's L n m/d with constant 1, in the mean and exactly.</summary>
    public static Claim Clones { get; } = Claim
        .Named("azls.gradient-upper-bound-attained")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (constant of the upper bound)", "Moments at initialisation", "C28")
        .States("E ‖∇F(W⁽⁰⁾)‖²_F / F = L n m/d   for n identical inputs with the same residual (which no δ separates): the upper bound's constant cannot be below 1")
        .Given(InitialNetworks.On(Copies).GeneratedOnly())
        .Observes("‖∇F‖²_F / F", networks => networks.Mean((network, state) => SteepnessOfClones(network, state, networks.Trial.n)))
        .Against("L n m / d", v => v.L * v.n * v.m / v.d)
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("n is left out", v => v.L * v.m / v.d)
        .RefutedWhen("F is not halved", v => v.L * v.n * v.m / (2 * v.d))
        .Build();

    /// <summary>n copies of a sample multiply its gradient by n and its loss by n.</summary>
    private static double SteepnessOfClones(FullyConnected<double> network, BatchState<double> state, int copies)
    {
        Array.Clear(state.OutputSignal);
        state.OutputSignal[0] = 1;
        network.Backward(state);
        double squared = 0;
        for (var l = 1; l <= network.Depth; l++)
        {
            squared += FixedOrder.SumOfSquares<double>(state.Signals(l)) * FixedOrder.SumOfSquares<double>(state.Features(l - 1));
        }

        return copies * copies * squared / (0.5 * copies);
    }

    /// <summary>The residual is a hundredth of the kernel's bottom eigenvector.</summary>
    private static Generator<NetworkInstance> AtBottomMode(Generator<NetworkInstance> generator) => generator.Changed(
        "targets such that the residual is near the bottom eigenvector of K",
        instance =>
        {
            var columns = instance.Trial.n * instance.Trial.d;
            var (kernel, values, vectors) = (Kernel(instance), new double[columns], new double[columns * columns]);
            SymmetricEigen.Decompose(kernel, columns, values, vectors, new double[SymmetricEigen.WorkspaceLength(columns, vectors: true)]);
            instance.Loss();
            instance.Targets = [.. Enumerable.Range(0, columns).Select(k => instance.Output(k / instance.Trial.d, k % instance.Trial.d) - (0.01 * (vectors[k] + (0.1 * vectors[columns * (columns - 1) + k]))))];
            return instance;
        });

    private static Measurement Quotient(NetworkInstance instance, Arithmetic arithmetic, double half, bool largest = true)
    {
        var (loss, squaredNorm) = instance.EncloseLossAndGradient(arithmetic);
        var eigenvalues = instance.EncloseKernelEigenvalues(arithmetic);
        return new(squaredNorm / (Ball.Exactly(half) * loss)) { Bound = largest ? eigenvalues[^1] : eigenvalues[0] };
    }

    private static double[] Kernel(NetworkInstance instance)
    {
        var (n, d) = (instance.Trial.n, instance.Trial.d);
        var kernel = new double[n * d * n * d];
        TangentKernel.Compute<double>(instance.Network, instance.Inputs, new(instance.Network, n * d), kernel, new double[TangentKernel.WorkspaceLength(n, d)]);
        return kernel;
    }
}
