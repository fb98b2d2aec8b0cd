using Harness.Core.Enclosures;

namespace Harness.Core.Tangents;

/// <content>The same recursion on balls.</content>
public sealed partial class ResidualKernel : ICertifiedKernel
{
    /// <inheritdoc/>
    public int EnclosureLength(int rows, int columns, int dimension) => columns;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, BallSpan<double> block, Span<Ball> workspace)
    {
        var dimension = KernelMatrix.Dimension(x, rows, y, columns, block.Length);
        var dual = new CertifiedDual(φ);
        var squares = workspace[..columns];
        for (var j = 0; j < columns; j++)
        {
            squares[j] = CertifiedCosine.SquaredNorm(y.Slice(j * dimension, dimension));
        }

        var grown = Ball.Pow(Ball.Exactly(1) + Ball.Square(Ball.Exactly(Scale)), Blocks);
        for (var i = 0; i < rows; i++)
        {
            var own = x.Slice(i * dimension, dimension);
            var square = CertifiedCosine.SquaredNorm(own);
            for (var j = 0; j < columns; j++)
            {
                var value = square == Ball.Exactly(0) || squares[j] == Ball.Exactly(0)
                    ? Ball.Exactly(0)
                    : Ball.Sqrt(square) * Ball.Sqrt(squares[j]) * (grown * Correlation(CertifiedCosine.Narrower(own, y.Slice(j * dimension, dimension), square, squares[j]), dual));
                (block.Midpoints[(i * columns) + j], block.Radii[(i * columns) + j]) = (value.Midpoint, value.Radius);
            }
        }
    }

    /// <summary>The kernel over the standard deviations of its two inputs.</summary>
    private Ball Correlation(CertifiedCosine c, CertifiedDual dual)
    {
        var square = Ball.Square(Ball.Exactly(Scale));
        var keep = Ball.Exactly(1) / (Ball.Exactly(1) + square);
        var branch = square * keep;
        var θ = TrainsEnds ? c.Value : Ball.Exactly(0);
        for (var l = 0; l < Blocks; l++)
        {
            var gate = dual.Derivative(c);
            var next = dual.Apply(c, gate);
            θ = (keep * θ) + (branch * (next.Value + (gate * (c.Value + θ))));
            c = new((keep * c.Versine) + (branch * next.Versine), (keep * c.Value) + (branch * next.Value), (keep * c.Vercosine) + (branch * next.Vercosine));
        }

        return Kind == LimitingKernel.GaussianProcess ? c.Value : TrainsEnds ? θ + c.Value : θ;
    }
}
