using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The gradient's norm is a quadratic form of the tangent kernel: the bridge between Theorem 3 and Theorem 5.</summary>
public static class KernelIdentity
{
    /// <summary>Two routes to ‖∇F‖², both enclosed: exact arithmetic gives one number, so the two enclosures must overlap.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.kernel-identity")
        .DerivedFrom(Papers.AllenZhuLiSong, "Fact 2.6 and Theorem 5 (kernel)", "Gradient norm as a quadratic form", "C05")
        .States("‖∇F(W)‖²_F = vᵀ K v   with v = (y_{i,j} − y*_{i,j}) and K the Gram matrix of the ∇_W y_{i,j}")
        .Given(Networks.AtInitialisation(Domain.Filling(cells: (8, 12, 40), trials: (2, 3, 8), m(16, (64, 128, 512)), n(1, (4, 6, 16)), L(1, (3, 4, 6)), d(1, (3, 3, 6)))))
        .Observes("‖∇F‖² − vᵀKv", instance => Residual(instance, factor: 1))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the loss is not halved", instance => Residual(instance, factor: 2))
        .RefutedWhen("one part in 10⁶ is missing", instance => Residual(instance, factor: 1 - 1e-6))
        .Build();

    private static Measurement Residual(NetworkInstance instance, double factor)
    {
        var (network, columns) = (instance.Network, instance.Trial.n * instance.Trial.d);
        var (kernel, radii, state) = (new double[columns * columns], new double[columns * columns], new BatchState<double>(network, columns));
        CertifiedTangentKernel.Compute<double>(network, instance.Inputs, state, new BatchRadii<double>(network, state), kernel, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        var (_, squaredNorm) = instance.EncloseLossAndGradient(Arithmetic.Double);
        var form = Ball.Exactly(0);
        for (var row = 0; row < columns; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                form += Signal(row) * new Ball(kernel[(row * columns) + column], radii[(row * columns) + column]) * Signal(column);
            }
        }

        return new(squaredNorm - (Ball.Exactly(factor) * form)) { Bound = Ball.Exactly(0) };

        Ball Signal(int column) => instance.EnclosedOutputSignal(column / instance.Trial.d, column % instance.Trial.d);
    }
}
