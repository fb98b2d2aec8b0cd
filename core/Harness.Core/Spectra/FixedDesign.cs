using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>
/// Linear regression with a fixed design as a sequence model (arXiv:2509.20294, appendix B): X/√n = U diag(s) Vᵀ, λ = s², θ = s ∘ Vᵀβ = Uᵀ(Xβ)/√n, noise variance σ₀²/n; the risk is the prediction risk ‖X(β̂ − β)‖²/n.
/// </summary>
public static class FixedDesign
{
    /// <summary>Length of the workspace of <see cref="ToSequence"/>.</summary>
    /// <param name="n">Number of samples.</param>
    public static int WorkspaceLength(int n) => (n * n) + n + SymmetricEigen.WorkspaceLength(n, vectors: true);

    /// <summary>The n coordinates of the model, by falling λ. Errors are those of <see cref="SymmetricEigen.Decompose"/>: λ is off by at most about n u λ₁.</summary>
    /// <param name="design">X, n × p, row by row.</param>
    /// <param name="regression">β: p numbers.</param>
    /// <param name="spectrum">Receives λ: n numbers; beyond the rank they are rounding.</param>
    /// <param name="coefficients">Receives θ: n numbers.</param>
    /// <param name="vectors">Receives U, n × n, a vector a row.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> numbers.</param>
    /// <exception cref="ArgumentException">The design is not n × p.</exception>
    public static void ToSequence(ReadOnlySpan<double> design, ReadOnlySpan<double> regression, Span<double> spectrum, Span<double> coefficients, Span<double> vectors, Span<double> workspace)
    {
        var (n, p) = (spectrum.Length, regression.Length);
        if (design.Length != n * p)
        {
            throw new ArgumentException($"A design of {n} samples in {p} dimensions has {n * p} entries; got {design.Length}.", nameof(design));
        }

        var gram = workspace[..(n * n)];
        var signal = workspace.Slice(n * n, n);
        var rest = workspace[((n * n) + n)..];
        for (var i = 0; i < n; i++)
        {
            var row = design.Slice(i * p, p);
            signal[i] = FixedOrder.Dot(row, regression);
            for (var j = 0; j <= i; j++)
            {
                gram[(i * n) + j] = gram[(j * n) + i] = FixedOrder.Dot(row, design.Slice(j * p, p)) / n;
            }
        }

        SymmetricEigen.Decompose(gram, n, spectrum, vectors, rest);
        Fall(spectrum, vectors, n);
        for (var k = 0; k < n; k++)
        {
            coefficients[k] = FixedOrder.Dot<double>(vectors.Slice(k * n, n), signal) / Math.Sqrt(n);
        }
    }

    /// <summary>Eigenvalues come rising; here they fall.</summary>
    private static void Fall(Span<double> values, Span<double> vectors, int n)
    {
        values.Reverse();
        for (var (k, last) = (0, n - 1); k < last; k++, last--)
        {
            var (one, other) = (k * n, last * n);
            for (var i = 0; i < n; i++)
            {
                (vectors[one + i], vectors[other + i]) = (vectors[other + i], vectors[one + i]);
            }
        }
    }
}
