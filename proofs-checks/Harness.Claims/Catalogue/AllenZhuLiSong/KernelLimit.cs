using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The neural tangent kernel that Theorem 5 compares with: the empirical one converges to its infinite-width limit like 1/√m.</summary>
public static class KernelLimit
{
    // Below 1/6, which tells the exponent from its nearest neighbours in the theory (−1/3 beside −1/2; the kernel's proven drift m^{−1/6} beside 0).
    private const double Margin = 0.15;

    private static readonly Domain Ladder = Domain.Climbing(
        "m", rungs: (6, 6, 6), trials: (8, 12, 30), m(128, (1024, 2048, 8192)), n(4), L(2), d(1), δ(0.7));

    /// <summary>Relative Frobenius error against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.kernel-limit")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5 (the kernel at initialisation)", "Limit kernel", "C18")
        .States("‖K − K^∞‖_F / ‖K^∞‖_F = Θ(1/√m),   K^∞ = (m/2d) Σ_{l=1}^{L} c_l Π_{k=l}^{L} κ₀(c_k),  c_{k+1} = κ₁(c_k)")
        .Given(Networks.AtInitialisation(Ladder).GeneratedOnly())
        .Observes("‖K − K^∞‖_F / ‖K^∞‖_F", instance => RelativeError(instance, depthShift: 0))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-0.5, within: Margin, ladder: "m"))
        .RefutedWhen("the limit has one layer more", Networks.AtInitialisation(Ladder.Reduced(cells: (6, 6, 6), trials: 4)), instance => RelativeError(instance, depthShift: 1))
        .Build();

    /// <summary>Root mean square over a few initialisations: a single error is spread over more than a factor of two.</summary>
    private static Measurement RelativeError(NetworkInstance instance, int depthShift)
    {
        const int Initialisations = 12;
        var (n, d) = (instance.Trial.n, instance.Trial.d);
        var state = new BatchState<double>(instance.Network, n * d);
        var (kernel, workspace, limit) = (new double[n * d * n * d], new double[TangentKernel.WorkspaceLength(n, d)], new double[n * n]);
        LimitKernel.Compute(instance.Inputs, n, instance.Trial.L + depthShift, limit);
        double sum = 0;
        for (var k = 0; k < Initialisations; k++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)k));
            TangentKernel.Compute<double>(instance.Network, instance.Inputs, state, kernel, workspace);
            sum += SquaredRelativeError(kernel, limit, n, d, instance.Trial.m);
        }

        return Math.Sqrt(sum / Initialisations);
    }

    private static double SquaredRelativeError(double[] kernel, double[] limit, int n, int d, int m)
    {
        var columns = n * d;
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

        return error / norm;
    }
}
