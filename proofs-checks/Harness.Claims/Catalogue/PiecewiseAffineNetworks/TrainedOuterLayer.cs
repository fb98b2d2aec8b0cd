using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>Training the outer weights and an output bias as well only helps: the kernel gains a positive semidefinite part.</summary>
public static class TrainedOuterLayer
{
    private static readonly Domain Sets = Domain.Filling(cells: (40, 80, 200), trials: 2, n(2, (8, 10, 24)), δ(0.9, (0.3, 0.1, 0.01)));

    /// <summary>The limit kernel with all layers trained.</summary>
    public static Claim Claim { get; } = Harness.Claims.Claim
        .Named("jk.trained-outer-layer")
        .DerivedFrom(Papers.JentzenKroeger, "Gram matrix at infinite width (outer weights and output bias trained)", "Piecewise affine networks")
        .BeyondTheList("what training the outer layer and an output bias adds to the kernel; the list keeps both fixed")
        .States("λ_{min}(H^∞ + E[σσ] + 1) ≥ λ_{min}(H^∞),   E[σ(⟨w, x⟩)σ(⟨w, x′⟩)] = αβ⟨x, x′⟩ + ½(β − α)² ‖x‖‖x′‖ κ₁(cos θ)")
        .Given(BiasedNetworks.Clouds(Sets))
        .Observes("λ_{min}(H^∞ + E[σσ] + 1)", cloud => WithOuterLayer(cloud, sign: 1))
        .AgainstItsOwnBound("λ_{min}(H^∞)")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("E[σσ] is subtracted", cloud => WithOuterLayer(cloud, sign: -1))
        .Build();

    private static Measurement WithOuterLayer(BiasedCloud cloud, int sign)
    {
        var (limit, n) = (new CertifiedLimit(cloud.Activation, cloud.Inputs, cloud.Trial.n), cloud.Trial.n);
        var (kernel, radii) = (limit.Kernel.ToArray(), limit.Radii.ToArray());
        var (α, β) = (Ball.Exactly(cloud.Activation.Slopes[0]), Ball.Exactly(cloud.Activation.Slopes[1]));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var angle = i == j ? CertifiedCosine.OfVersine(Ball.Exactly(0)) : CertifiedCosine.Between(Row(i), Row(j));
                var norms = Ball.Sqrt(Product(i, i) * Product(j, j));
                var outer = (α * β * angle.Value * norms) + (Ball.Square(β - α) * norms * ArcCosineKernel.Order1(angle).Value / Ball.Exactly(2));
                var entry = new Ball(kernel[(i * n) + j], radii[(i * n) + j]) + (Ball.Exactly(sign) * outer) + Ball.Exactly(1);
                (kernel[(i * n) + j], kernel[(j * n) + i]) = (entry.Midpoint, entry.Midpoint);
                (radii[(i * n) + j], radii[(j * n) + i]) = (entry.Radius, entry.Radius);
            }
        }

        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose([.. kernel], n, values, vectors, workspace);
        return new(new Ball(values[0], EigenvalueBounds.Radius(kernel, radii, n, values, vectors, workspace))) { Bound = limit.Smallest };

        ReadOnlySpan<double> Row(int i) => cloud.Inputs.AsSpan(i * cloud.Dimension, cloud.Dimension);

        Ball Product(int i, int j)
        {
            var sum = Ball.Exactly(0);
            for (var k = 0; k < cloud.Dimension; k++)
            {
                sum += Ball.Exactly(Row(i)[k]) * Ball.Exactly(Row(j)[k]);
            }

            return sum;
        }
    }
}
