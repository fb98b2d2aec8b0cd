using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>What is proved of λ_min of a symmetric matrix within radii: the lower bound by factorisation, the upper by residuals of all eigenpairs.</summary>
/// <param name="Lower">No matrix within the radii has an eigenvalue below.</param>
/// <param name="Upper">Every one has an eigenvalue that is not above.</param>
internal readonly record struct EigenvalueRange(double Lower, double Upper)
{
    /// <summary>Of a matrix of balls; everything where a ball states nothing.</summary>
    public static EigenvalueRange OfSmallest(double[] midpoints, double[] radii, int n)
    {
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[Math.Max(SymmetricEigen.WorkspaceLength(n, vectors: true), EigenvalueBounds.WorkspaceLength(n))]);
        if (!midpoints.All(double.IsFinite))
        {
            return new(EigenvalueBounds.Smallest(midpoints, radii, n, 0, 1e-6, workspace), double.PositiveInfinity);
        }

        SymmetricEigen.Decompose([.. midpoints], n, values, vectors, workspace);
        var radius = EigenvalueBounds.Radius(midpoints, radii, n, values, vectors, workspace);
        return new(EigenvalueBounds.Smallest(midpoints, radii, n, values[0], 1e-6, workspace), values[0] + radius);
    }
}
