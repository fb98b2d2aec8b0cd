using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Radii of all eigenvalues: inertia counts how many of the exact ones lie below either end of each.</summary>
internal sealed class EigenvaluesTarget() : SymmetricTarget("eigenvalues", "all eigenvalues of a symmetric matrix known within radii")
{
    private protected override void Try(double[] k, double[] radii, Dyadic[] member, int n, int choice)
    {
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose((double[])k.Clone(), n, values, vectors, workspace);
        var radius = EigenvalueBounds.Radius(k, radii, n, values, vectors, workspace);
        for (var i = 0; double.IsFinite(radius) && i < n; i++)
        {
            // The i-th smallest is at least l when at most i lie below l, and at most u when more than i do not lie above u.
            var (value, width) = (Dyadic.Exactly(values[i]), Dyadic.Exactly(radius));
            Judge.That(Inertia.OfShifted(member, n, value - width).Negative <= i && Inertia.OfShifted(member, n, value + width).Positive < n - i, "λ", i);
        }
    }
}
