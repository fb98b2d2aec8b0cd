using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>The integral operator (Tf)(x) = ∫k(x, y)f(y)dμ(y) by a quadrature rule: the matrix √wᵢ k(xᵢ, xⱼ) √wⱼ, whose eigenvalues approximate those of T.</summary>
/// <remarks>
/// <para><b>Proven bound.</b> Cut the domain into cells of measure wᵢ with xᵢ in the i-th. The kernel that takes every argument to the node of its cell has exactly the eigenvalues of the matrix, and zeros; where k is
/// Lipschitz with constant ℓ in each argument, it differs from k by at most ℓ(r(x) + r(y)), r the distance to the node. So |λᵢ − λ̂ᵢ| ≤ ‖T − T̂‖ ≤ 2ℓ√(Σ wᵢ rᵢ²) for every i, by Weyl's inequality:
/// <see cref="LipschitzBound"/>, of order 1/n. For Gauss–Legendre rules the separation theorem of Chebyshev, Markov and Stieltjes says that xᵢ lies in the i-th interval of length wᵢ.</para>
/// <para><b>Estimate.</b> For a kernel that is smooth but for a kink on the diagonal the error is c/n² + o(1/n²): <see cref="Extrapolate"/> removes it by Richardson's method, and what it changed is an
/// estimate of the error, no bound.</para>
/// </remarks>
public static class NystromOperator
{
    /// <summary>Kᵢⱼ ← √wᵢ Kᵢⱼ √wⱼ; what was symmetric to the bit stays so. Relative error at most 3u of an entry, the roots included.</summary>
    /// <param name="gram">K, n × n row-major.</param>
    /// <param name="weights">wᵢ ≥ 0.</param>
    /// <param name="workspace">At least 2n elements.</param>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    public static void Symmetrise(Span<double> gram, ReadOnlySpan<double> weights, Span<double> workspace)
    {
        var n = weights.Length;
        if (gram.Length != (long)n * n || workspace.Length < 2 * n)
        {
            throw new ArgumentException($"{n} weights go with {(long)n * n} entries and {2L * n} elements of workspace; got {gram.Length} and {workspace.Length}.");
        }

        var roots = workspace[..n];
        var products = workspace.Slice(n, n);
        TensorPrimitives.Sqrt(weights, roots);
        for (var i = 0; i < n; i++)
        {
            // √wᵢ√wⱼ is rounded alike from either side.
            TensorPrimitives.Multiply(roots, roots[i], products);
            var row = gram.Slice(i * n, n);
            TensorPrimitives.Multiply(row, products, row);
        }
    }

    /// <summary>The eigenfunction that belongs to an eigenpair (λ̂, v) of the matrix, at a point x: (1/λ̂) Σⱼ k(x, xⱼ)√wⱼ vⱼ. At the nodes it is vᵢ/√wᵢ.</summary>
    /// <param name="kernel">k(x, xⱼ) for all j.</param>
    /// <param name="weights">wⱼ.</param>
    /// <param name="vector">v, of norm one.</param>
    /// <param name="eigenvalue">λ̂, not zero.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Eigenfunction(ReadOnlySpan<double> kernel, ReadOnlySpan<double> weights, ReadOnlySpan<double> vector, double eigenvalue)
    {
        if (weights.Length != kernel.Length || vector.Length != kernel.Length)
        {
            throw new ArgumentException($"Kernel, weights and vector have one length; got {kernel.Length}, {weights.Length} and {vector.Length}.");
        }

        var sum = 0.0;
        for (var j = 0; j < kernel.Length; j++)
        {
            sum = Math.FusedMultiplyAdd(kernel[j] * Math.Sqrt(weights[j]), vector[j], sum);
        }

        return sum / eigenvalue;
    }

    /// <summary>A proven bound of |λᵢ − λ̂ᵢ|, the same for every i: 2ℓ√(Σ wᵢ rᵢ²), rounded up. What rounding did to the matrix comes on top.</summary>
    /// <param name="nodes">x₁ &lt; … &lt; xₙ.</param>
    /// <param name="weights">wᵢ, the measures of the cells.</param>
    /// <param name="ends">The n + 1 ends of the cells.</param>
    /// <param name="lipschitz">ℓ: |k(x, y) − k(x′, y)| ≤ ℓ|x − x′|.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a node is not in its cell.</exception>
    public static double LipschitzBound(ReadOnlySpan<double> nodes, ReadOnlySpan<double> weights, ReadOnlySpan<double> ends, double lipschitz)
    {
        var n = nodes.Length;
        if (weights.Length != n || ends.Length != n + 1)
        {
            throw new ArgumentException($"{n} nodes have as many weights and {n + 1} ends of cells; got {weights.Length} and {ends.Length}.");
        }

        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            if (!(ends[i] <= nodes[i] && nodes[i] <= ends[i + 1]))
            {
                throw new ArgumentException($"Node {i} ({nodes[i]}) is not in its cell [{ends[i]}, {ends[i + 1]}].", nameof(ends));
            }

            var r = Math.Max(nodes[i] - ends[i], ends[i + 1] - nodes[i]);
            sum += weights[i] * r * r;
        }

        return RoundingError.Inflate(2 * lipschitz * Math.Sqrt(sum), n + 16L);
    }

    /// <summary>Richardson: from the eigenvalues at n and at n · ratio nodes, whose error falls like n^{−order}, those at n → ∞.</summary>
    /// <param name="coarse">Eigenvalues at n nodes, those that are wanted.</param>
    /// <param name="fine">The same eigenvalues at more nodes.</param>
    /// <param name="ratio">How many times more.</param>
    /// <param name="order">2 for a kink on the diagonal.</param>
    /// <param name="values">Receives the extrapolated eigenvalues.</param>
    /// <param name="changes">Receives how far each was moved from the finer one: an estimate of the error of <paramref name="fine"/>, on the safe side as one of <paramref name="values"/>; not a bound.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the ratio or the order does not exceed what makes sense.</exception>
    public static void Extrapolate(ReadOnlySpan<double> coarse, ReadOnlySpan<double> fine, double ratio, int order, Span<double> values, Span<double> changes)
    {
        if (fine.Length != coarse.Length || values.Length != coarse.Length || changes.Length != coarse.Length || !(ratio > 1) || order < 1)
        {
            throw new ArgumentException($"Extrapolation takes four spans of one length, a ratio above 1 and an order of at least 1; got {coarse.Length}, {fine.Length}, {values.Length}, {changes.Length}, {ratio} and {order}.");
        }

        var power = 1.0;
        for (var k = 0; k < order; k++)
        {
            power *= ratio;
        }

        for (var i = 0; i < fine.Length; i++)
        {
            var change = (fine[i] - coarse[i]) / (power - 1);
            (values[i], changes[i]) = (fine[i] + change, Math.Abs(change));
        }
    }
}
