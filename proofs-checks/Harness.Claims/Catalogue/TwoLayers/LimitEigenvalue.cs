using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.TwoLayers;

/// <summary>The smallest eigenvalue of the two-layer kernel's limit: positive as soon as no two inputs are parallel, and by how much. No network is drawn here, and everything is enclosed.</summary>
public static class LimitEigenvalue
{
    private static readonly Domain Clouds = Domain.Filling(
        cells: (60, 120, 240), trials: (2, 3, 8), n(2, (40, 60, 200)), δ(0.5, (0.001, 0.0001, 0.00001)), new VariableRange("𝔡", 2, (20, 20, 40), IsInteger: true));

    /// <summary>Separation from inputs and from their antipodes keeps λ₀ away from zero.</summary>
    public static Claim Separated { get; } = Claim
        .Named("os.limit-eigenvalue")
        .From(Papers.OymakSoltanolkotabi, "Separation bound for ReLU", "C14")
        .States("λ_{min}(H^∞) ≥ δ/(100 n²)   if ‖x_i − x_j‖ ≥ δ and ‖x_i + x_j‖ ≥ δ for all i ≠ j")
        .Given(PointClouds.WithNearParallels(Clouds))
        .Observes("λ_{min}(H^∞)", cloud => Smallest(cloud, constant: 100))
        .AgainstItsOwnBound("δ/(100 n²)")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("antipodal inputs are admitted: three diameters of a circle", PointClouds.Diameters, cloud => Smallest(cloud, constant: 100))
        .RefutedWhen("two inputs coincide", PointClouds.WithNearParallels(Clouds).Changed("the second input is a copy of the first", PointClouds.Coincide))
        .RefutedWhen("the constant 100 is left out", cloud => Smallest(cloud, constant: 1))
        .Build();

    /// <summary>Two inputs: the constant of the order δ.</summary>
    public static Claim TwoSamples { get; } = Claim
        .Named("os.limit-eigenvalue-pair")
        .DerivedFrom(Papers.OymakSoltanolkotabi, "Separation bound for ReLU (two inputs)", "Two-layer network", "C14")
        .States("0 ≤ 2π λ_{min}(H^∞)/δ − 1 ≤ πδ/2   for two unit inputs at distance δ ≤ 1")
        .Given(PointClouds.Pairs(Domain.Filling(cells: (16, 24, 60), trials: 1, δ(1, (0.001, 0.0003, 0.0001)), n(2))))
        .Observes("|2π λ_{min}(H^∞)/δ − 1|", cloud => Excess(cloud, constant: 2))
        .AgainstItsOwnBound("πδ/2")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("π in place of 2π", cloud => Excess(cloud, constant: 1))
        .RefutedWhen("δ² in place of δ", v => v.δ * v.δ)
        .Build();

    private static Measurement Smallest(PointCloud cloud, double constant)
    {
        var n = cloud.Trial.n;
        var (kernel, radii) = (new double[n * n], new double[n * n]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var cosine = CertifiedCosine.Between(Row(i), Row(j));
                var entry = cosine.Value * ArcCosineKernel.Order0(cosine) / Ball.Exactly(2);
                (kernel[(i * n) + j], kernel[(j * n) + i]) = (entry.Midpoint, entry.Midpoint);
                (radii[(i * n) + j], radii[(j * n) + i]) = (entry.Radius, entry.Radius);
            }

            kernel[(i * n) + i] = 0.5;
        }

        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose([.. kernel], n, values, vectors, workspace);
        return new(new Ball(values[0], EigenvalueBounds.Radius(kernel, radii, n, values, vectors, workspace)))
        {
            Bound = cloud.Separation / Ball.Exactly(constant * n * n),
        };

        ReadOnlySpan<double> Row(int i) => cloud.Inputs.AsSpan(i * cloud.Dimension, cloud.Dimension);
    }

    /// <summary>λ_min of a pair is ½(1 − cκ₀(c)) = ½((1 − κ₀) + κ₀(1 − c)), all of whose terms are positive.</summary>
    private static Measurement Excess(PointCloud pair, double constant)
    {
        var cosine = CertifiedCosine.Between(pair.Inputs.AsSpan(0, pair.Dimension), pair.Inputs.AsSpan(pair.Dimension));
        var twice = ArcCosineKernel.Order0Complement(cosine) + (ArcCosineKernel.Order0(cosine) * cosine.Versine);
        var excess = (Ball.Exactly(constant / 2) * Ball.Pi * twice / pair.Separation) - Ball.Exactly(1);
        return new(excess.Midpoint < 0 ? -excess : excess) { Bound = Ball.Pi * pair.Separation / Ball.Exactly(2) };
    }
}
