using Harness.Claims.Exact;
using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>A target that is tried on symmetric matrices known within radii, of which one member is known exactly.</summary>
internal abstract class SymmetricTarget(string name, string summary) : FuzzTarget(name, summary)
{
    private protected override FuzzCase Draw(CaseDraws draws)
    {
        // Minors of entries over the whole range of exponents have thousands of digits.
        var n = draws.Kind == NumberKind.Mixed ? 1 + draws.Integer(3) : draws.Dimension(5, 9);
        var k = draws.Numbers("K", Axis.Samples, n, Axis.Samples, n);
        if (draws.Integer(3) == 0)
        {
            // A Gram matrix of fewer vectors than columns: of whole numbers exactly singular, otherwise within rounding of it, and positive semidefinite up to that.
            var rows = 1 + draws.Integer(n);
            var x = draws.Numbers("X", Axis.Single, rows, Axis.Single, n);
            GramMatrix.Compute<double>(x.Elements, rows, n, n, k.Elements);
            k = Array.TrueForAll(k.Elements, double.IsFinite) ? k : draws.Numbers("K", Axis.Samples, n, Axis.Samples, n);
        }

        return new(draws.Kind, draws.IsSingle, [k, draws.Radii("R", Axis.Samples, n, Axis.Samples, n), draws.Places("places", Axis.Samples, n, Axis.Samples, n), draws.Choice("choice", 8)]);
    }

    private protected override void Try(FuzzCase instance)
    {
        var (n, choice) = (instance["K"].Rows, (int)instance["choice"].Elements[0]);

        // Half of the cases have no radii: then every bound is as close as rounding lets it be.
        var (k, radii) = (Mirrored(instance["K"].Elements, n), Mirrored(choice >= 4 ? new double[n * n] : instance["R"].Elements, n));
        Try(k, radii, Points.Within(k, radii, Mirrored(instance["places"].Elements, n)), n, choice % 4);
    }

    private protected abstract void Try(double[] k, double[] radii, Dyadic[] member, int n, int choice);

    /// <summary>The symmetric matrix with this lower triangle.</summary>
    private static double[] Mirrored(double[] a, int n)
    {
        var mirrored = new double[a.Length];
        for (var at = 0; at < mirrored.Length; at++)
        {
            var (i, j) = (at / n, at % n);
            mirrored[at] = a[(Math.Max(i, j) * n) + Math.Min(i, j)];
        }

        return mirrored;
    }
}
