using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>
/// Why the theorems need δ: one pair of close inputs bounds λ_min of the kernel of all samples, and with it the rate of gradient descent, whatever the others are. Tried on real rows beside which a near-duplicate was put.
/// </summary>
public static class NearDuplicates
{
    private const int Depth = 3;

    private static readonly Domain Sizes = Domain.Climbing("δ", rungs: (5, 7, 13), trials: (2, 3, 8), δ(0.1, 0.0001), n(24), L(Depth))
        .OnData(Domain.Climbing("δ", rungs: (4, 4, 7), trials: (1, 2, 4), δ(0.1, 0.0001), n(64), L(Depth)));

    /// <summary>The largest that λ_min can be beside a close pair.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.near-duplicate-eigenvalue")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 3 (necessity of δ)", "Two close inputs", "C20")
        .States("(2d/m) λ_{min}(K^∞) ≤ L(L + 1)δ/(2π √(1 − δ²/4)) + L δ²/2   for any samples of which two are at distance δ")
        .Given(PointClouds.WithNearDuplicate(Sizes))
        .Observes("(2d/m) λ_{min}(K^∞)", cloud => Smallest(cloud, (L, δ) => Bound(L * (L + 1), L, δ)))
        .AgainstItsOwnBound("L(L + 1)δ/(2π √(1 − δ²/4)) + L δ²/2")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("L² in place of L(L + 1)", cloud => Smallest(cloud, (L, δ) => Bound(L * L, L, δ)))
        .RefutedWhen("δ² in place of δ", cloud => Smallest(cloud, (L, δ) => Bound(L * (L + 1), L, δ * δ)))
        .RefutedWhen("no two are close", PointClouds.WithNearDuplicate(Sizes).GeneratedOnly().Changed("the near-duplicate is moved away", PointClouds.MoveAway))
        .Build();

    private static Ball Bound(int constant, int L, Ball δ) =>
        (Ball.Exactly(constant) * δ / (Ball.Exactly(2) * Ball.Pi * Ball.Sqrt(Ball.Exactly(1) - (Ball.Square(δ) / Ball.Exactly(4))))) + (Ball.Exactly(L / 2.0) * Ball.Square(δ));

    private static Measurement Smallest(PointCloud cloud, Func<int, Ball, Ball> bound)
    {
        var (n, L) = (cloud.Inputs.Length / cloud.Dimension, cloud.Trial.L);
        var smallest = Smallest(cloud.Inputs, n, L);

        // Beside it in the ledger: without the near-duplicate, and the steps n L/λ that descent at η = d/(n L m) takes for a factor e in the slowest mode of the loss.
        var without = Smallest(cloud.Inputs[..^cloud.Dimension], n - 1, L).Midpoint;
        cloud.Trial.Measure("λ without", without);
        cloud.Trial.Measure("T without", (n - 1) * L / without);
        cloud.Trial.Measure("T", n * L / smallest.Midpoint);
        return new(smallest) { Bound = bound(L, cloud.Separation) };
    }

    private static Ball Smallest(double[] inputs, int n, int depth)
    {
        var (kernel, radii) = (new double[n * n], new double[n * n]);
        CertifiedLimitKernel.Compute(inputs, n, depth, kernel, radii);
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose([.. kernel], n, values, vectors, workspace);
        return new(values[0], EigenvalueBounds.Radius(kernel, radii, n, values, vectors, workspace));
    }
}
