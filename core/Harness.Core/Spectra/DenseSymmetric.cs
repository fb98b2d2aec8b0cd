using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>A symmetric matrix in memory, as an operator.</summary>
public readonly ref struct DenseSymmetric : ISymmetricOperator
{
    private readonly ReadOnlySpan<double> matrix;

    /// <summary>Takes a matrix, which is not copied.</summary>
    /// <param name="matrix">A, n × n row-major, both triangles.</param>
    /// <param name="order">n.</param>
    /// <exception cref="ArgumentException">The span is not n × n.</exception>
    public DenseSymmetric(ReadOnlySpan<double> matrix, int order)
    {
        if (matrix.Length != (long)order * order)
        {
            throw new ArgumentException($"A matrix of order {order} has {(long)order * order} elements; the span has {matrix.Length}.", nameof(matrix));
        }

        this.matrix = matrix;
        Order = order;
        var squares = 0.0;
        for (var i = 0; i < order; i++)
        {
            squares += FixedOrder.SumOfSquares(matrix.Slice(i * order, order));
        }

        // A row's product is off by γ_k |A||x|, and ‖|A||x|‖ ≤ ‖A‖_F ‖x‖.
        ErrorNorm = RoundingError.Inflate(Rounding.Gamma(FixedOrder.RoundingDepth<double>(order)) * Math.Sqrt(squares), order + FixedOrder.RoundingDepth<double>(order) + 8L);
    }

    /// <inheritdoc/>
    public int Order { get; }

    /// <inheritdoc/>
    public double ErrorNorm { get; }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> x, Span<double> product)
    {
        for (var i = 0; i < Order; i++)
        {
            product[i] = FixedOrder.Dot(matrix.Slice(i * Order, Order), x);
        }
    }
}
