using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The gradient's norm is a quadratic form of the tangent kernel: the bridge between Theorem 3 and Theorem 5.</summary>
public static class KernelIdentity
{
    /// <summary>Two routes to ‖∇F‖², within the rounding of both.</summary>
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

    private static Measurement Residual(FullyConnectedInstance instance, double factor)
    {
        var (n, d) = (instance.Trial.n, instance.Trial.d);
        var (network, columns) = (instance.Network, n * d);
        var kernel = new double[columns * columns];
        TangentKernel.Compute<double>(network, instance.Inputs, new BatchState<double>(network, columns), kernel, new double[TangentKernel.WorkspaceLength(n, d)]);
        instance.LossAndGradient();
        var squaredNorm = instance.SquaredGradientNorm();
        double form = 0;
        for (var row = 0; row < columns; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                form += Residual(row) * kernel[(row * columns) + column] * Residual(column);
            }
        }

        return new(new Ball(squaredNorm - (factor * form), RoundingRadius(instance))) { Bound = Ball.Exactly(0) };

        double Residual(int column) => instance.State.OutputSignal[(column % d * instance.State.Stride) + (column / d)];
    }

    /// <summary>
    /// Radius: both routes start from the same features H_l, signs D_l and residuals v, and differ in how signals are summed. With the majorants
    /// M_l = |W_{l+1}|ᵀ⋯|B|ᵀ|v| ≥ |u_l|, a computed signal is within γ_N M_l, N the number of roundings on the way; and a quadratic form with P more
    /// roundings within γ_P of itself taken over absolute values. docs/derivations.md, "Gradient norm as a quadratic form".
    /// </summary>
    private static double RoundingRadius(FullyConnectedInstance instance)
    {
        var (n, d, m, L) = (instance.Trial.n, instance.Trial.d, instance.Trial.m, instance.Trial.L);
        var absolute = new FullyConnected<double>(instance.Network.InputDimension, m, L, d);
        for (var l = 1; l <= L; l++)
        {
            AbsoluteValues(instance.Network.Hidden(l), absolute.Hidden(l));
        }

        AbsoluteValues(instance.Network.Output, absolute.Output);
        var (state, majorant) = (instance.State, new double[m * instance.State.Stride]);
        var below = new double[majorant.Length];
        absolute.Output.MultiplyTransposed(Array.ConvertAll(state.OutputSignal, Math.Abs), majorant, n, state.Stride);
        double sum = 0;
        for (var l = L; l >= 1; l--)
        {
            var (total, features, signals) = (0.0, new double[n * n], new double[n * n]);
            GramMatrix.Compute<double>(state.Features(l - 1), m, n, state.Stride, features);
            GramMatrix.Compute<double>(majorant, m, n, state.Stride, signals);
            for (var k = 0; k < features.Length; k++)
            {
                total += features[k] * signals[k]; // features are non-negative, so this is the form over absolute values
            }

            sum += total;
            absolute.Hidden(l).MultiplyTransposed(majorant, below, n, state.Stride);
            (majorant, below) = (below, majorant);
        }

        var signal = Rounding.Gamma(((long)L * (m + 1)) + d + 1);
        var forms = Rounding.Gamma((2L * m) + ((long)n * d * n * d) + L + 8);
        var oneRoute = (signal * (2 + signal)) + (forms * (1 + signal) * (1 + signal));
        const double MajorantRoundedDown = 1.001; // the majorants are themselves computed: relative error below γ_{(L+2)(m+1)+n²} ≪ 10⁻³
        return 2 * oneRoute * sum * MajorantRoundedDown;
    }

    private static void AbsoluteValues(Weights<double> source, Weights<double> destination)
    {
        for (var r = 0; r < source.Rows; r++)
        {
            for (var c = 0; c < source.Columns; c++)
            {
                destination[r, c] = Math.Abs(source[r, c]);
            }
        }
    }
}
