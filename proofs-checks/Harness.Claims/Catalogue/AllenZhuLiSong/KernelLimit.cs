using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The neural tangent kernel that Theorem 5 compares with: the empirical one converges to its infinite-width limit like 1/√m.</summary>
public static class KernelLimit
{
    private static readonly Domain Ladder = Domain.Climbing(
        "m", rungs: (4, 5, 6), trials: (16, 24, 60), m(128, (512, 1024, 8192)), n(4), L(2), d(1));

    /// <summary>Relative Frobenius error against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.kernel-limit")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5 (the kernel at initialisation)", "Limit kernel", "C18")
        .States("‖K − K^∞‖_F / ‖K^∞‖_F = Θ(1/√m),   K^∞ = (m/2d) Σ_{l=1}^{L} c_l Π_{k=l}^{L} κ₀(c_k),  c_{k+1} = κ₁(c_k)")
        .Given(Networks.AtInitialisation(Ladder))
        .Observes("‖K − K^∞‖_F / ‖K^∞‖_F", instance => RelativeError(instance, depthShift: 0))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: 0.15, ladder: "m"))
        .RefutedWhen("the limit has one layer more", instance => RelativeError(instance, depthShift: 1))
        .Build();

    private static Measurement RelativeError(FullyConnectedInstance instance, int depthShift)
    {
        var (n, d, m, L) = (instance.Trial.n, instance.Trial.d, instance.Trial.m, instance.Trial.L);
        var columns = n * d;
        var (kernel, limit) = (new double[columns * columns], new double[n * n]);
        TangentKernel.Compute<double>(instance.Network, instance.Inputs, new BatchState<double>(instance.Network, columns), kernel, new double[TangentKernel.WorkspaceLength(n, d)]);
        LimitKernel.Compute(instance.Inputs, n, L + depthShift, limit);
        double error = 0, norm = 0;
        for (var row = 0; row < columns; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var expected = row % d == column % d ? limit[(row / d * n) + (column / d)] : 0;
                var difference = (kernel[(row * columns) + column] * 2 * d / m) - expected;
                (error, norm) = (error + (difference * difference), norm + (expected * expected));
            }
        }

        return Math.Sqrt(error / norm);
    }
}
