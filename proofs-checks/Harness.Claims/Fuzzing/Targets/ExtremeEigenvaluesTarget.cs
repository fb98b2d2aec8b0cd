using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>Bounds of the extreme eigenvalues by shifted Cholesky factorisations, wherever the guess came from: inertia says on which side of a bound the spectrum is.</summary>
internal sealed class ExtremeEigenvaluesTarget() : SymmetricTarget("extreme-eigenvalues", "λ_min from below and λ_max from above of a symmetric matrix known within radii")
{
    /// <summary>Asks for more than rounding allows, so that a search ends where factorisations begin to fail: there a bound without its margin is false now and then.</summary>
    private const double RelativeGap = 1e-17;

    private protected override void Try(double[] k, double[] radii, Dyadic[] member, int n, int choice)
    {
        var workspace = new double[EigenvalueBounds.WorkspaceLength(n)];
        var (smallest, largest) = Guesses(k, n, choice);
        var lower = EigenvalueBounds.Smallest(k, radii, n, smallest, RelativeGap, workspace);
        if (double.IsFinite(lower))
        {
            Judge.That(Inertia.OfShifted(member, n, Dyadic.Exactly(lower)).Negative == 0, "λ_min");
        }

        var upper = EigenvalueBounds.Largest(k, radii, n, largest, RelativeGap, workspace);
        if (double.IsFinite(upper))
        {
            Judge.That(Inertia.OfShifted(member, n, Dyadic.Exactly(upper)).Positive == 0, "λ_max");
        }
    }

    private static (double Smallest, double Largest) Guesses(double[] k, int n, int choice)
    {
        if (choice > 0)
        {
            var scale = k.Max(Math.Abs);
            return choice switch { 1 => (0, 0), 2 => (scale, scale), _ => (-scale, -scale) };
        }

        var values = new double[n];
        SymmetricEigen.Values((double[])k.Clone(), n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        return (values[0], values[^1]);
    }
}
