using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing.Targets;

/// <summary>The spectral norm from both sides: ‖W‖₂ ≤ u exactly when WᵀW − u²I has no positive eigenvalue.</summary>
internal sealed class SpectralNormTarget() : FuzzTarget("spectral-norm", "‖W‖₂ from both sides, closely and coarsely")
{
    private readonly Dictionary<(int, int), Weights<double>> weights = [];

    private protected override FuzzCase Draw(CaseDraws draws) =>
        new(draws.Kind, draws.IsSingle, draws.Numbers("W", Axis.Outputs, draws.Dimension(5, 9), Axis.Inputs, draws.Dimension(5, 9)));

    private protected override void Try(FuzzCase instance)
    {
        var (w, rows, columns) = (instance["W"].Elements, instance["W"].Rows, instance["W"].Columns);
        if (w.Max(Math.Abs) > 1e150)
        {
            return; // squares overflow, which is refused
        }

        if (!weights.TryGetValue((rows, columns), out var matrix))
        {
            weights.Add((rows, columns), matrix = new(rows, columns));
        }

        matrix.CopyFrom(w);
        var (start, workspace) = (RandomStream.FromSeed(1), new double[Math.Max(SpectralNorm.WorkspaceLength(rows, columns), SpectralNorm.CoarseWorkspaceLength(rows, columns))]);
        var (gram, n) = Gram(w, rows, columns);
        Try(SpectralNorm.Enclose(matrix, start, 1e-17, workspace), gram, n, "closely");
        Try(SpectralNorm.Enclose(w, rows, columns, start, 1e-3, workspace), gram, n, "in rows");
        Try(SpectralNorm.EncloseCoarsely(matrix, start, 2, workspace), gram, n, "coarsely");
    }

    private void Try(Ball norm, Dyadic[] gram, int n, string name)
    {
        if (!norm.IsRigorous)
        {
            return;
        }

        var (lower, upper) = (Dyadic.Exactly(norm.Lower), Dyadic.Exactly(norm.Upper));
        Judge.That(upper.Sign >= 0 && Inertia.OfShifted(gram, n, upper * upper).Positive == 0, $"‖W‖₂ {name} from above");
        Judge.That(lower.Sign <= 0 || Inertia.OfShifted(gram, n, lower * lower).Negative < n, $"‖W‖₂ {name} from below");
    }

    /// <summary>The smaller of WᵀW and WWᵀ, exactly.</summary>
    private static (Dyadic[] Gram, int Order) Gram(double[] w, int rows, int columns)
    {
        var (exact, n, terms) = (Dyadic.Exactly(w), Math.Min(rows, columns), Math.Max(rows, columns));
        var gram = new Dyadic[n * n];
        for (var at = 0; at < gram.Length; at++)
        {
            var (i, j) = (at / n, at % n);
            for (var k = 0; k < terms; k++)
            {
                gram[at] += rows < columns ? exact[(i * columns) + k] * exact[(j * columns) + k] : exact[(k * columns) + i] * exact[(k * columns) + j];
            }
        }

        return (gram, n);
    }
}
