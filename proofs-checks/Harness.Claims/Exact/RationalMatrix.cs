using Harness.Core.Numerics;

namespace Harness.Claims.Exact;

/// <summary>A dense matrix of rational numbers: what matrix identities are decided in.</summary>
public sealed class RationalMatrix
{
    private readonly BigRational[,] entries;

    private RationalMatrix(BigRational[,] entries) => this.entries = entries;

    /// <summary>Number of rows.</summary>
    public int Rows => entries.GetLength(0);

    /// <summary>Number of columns.</summary>
    public int Columns => entries.GetLength(1);

    /// <summary>An entry.</summary>
    /// <param name="row">Zero-based row.</param>
    /// <param name="column">Zero-based column.</param>
    public BigRational this[int row, int column] => entries[row, column];

    /// <summary>A matrix entry by entry.</summary>
    public static RationalMatrix Of(int rows, int columns, Func<int, int, BigRational> entry)
    {
        var entries = new BigRational[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                entries[i, j] = entry(i, j);
            }
        }

        return new(entries);
    }

    /// <summary>The exact value of floating-point weights.</summary>
    public static RationalMatrix Exactly(Weights<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Of(weights.Rows, weights.Columns, (i, j) => BigRational.Exactly(weights[i, j]));
    }

    /// <summary>The unit matrix.</summary>
    public static RationalMatrix Identity(int order) => Of(order, order, (i, j) => i == j ? 1 : 0);

    /// <summary>The reflection 1 − 2vvᵀ/vᵀv, orthogonal without rounding.</summary>
    /// <param name="v">A vector that is not zero.</param>
    public static RationalMatrix Reflection(IReadOnlyList<int> v)
    {
        BigRational squares = v.Sum(x => x * x);
        return Of(v.Count, v.Count, (i, j) => (i == j ? 1 : 0) - (2 * v[i] * v[j] / squares));
    }

    /// <summary>Aᵀ.</summary>
    public RationalMatrix Transpose() => Of(Columns, Rows, (i, j) => entries[j, i]);

    /// <summary>Columns <paramref name="from"/> to <paramref name="to"/>, the last excluded.</summary>
    public RationalMatrix ColumnsFrom(int from, int to) => Of(Rows, to - from, (i, j) => entries[i, from + j]);

    /// <summary>A + B.</summary>
    public static RationalMatrix operator +(RationalMatrix a, RationalMatrix b) => Of(a.Rows, a.Columns, (i, j) => a[i, j] + b[i, j]);

    /// <summary>A − B.</summary>
    public static RationalMatrix operator -(RationalMatrix a, RationalMatrix b) => Of(a.Rows, a.Columns, (i, j) => a[i, j] - b[i, j]);

    /// <summary>c·A.</summary>
    public static RationalMatrix operator *(BigRational c, RationalMatrix a) => Of(a.Rows, a.Columns, (i, j) => c * a[i, j]);

    /// <summary>A·B.</summary>
    public static RationalMatrix operator *(RationalMatrix a, RationalMatrix b) => Of(a.Rows, b.Columns, (i, j) =>
    {
        BigRational sum = 0;
        for (var k = 0; k < a.Columns; k++)
        {
            sum += a[i, k] * b[k, j];
        }

        return sum;
    });

    /// <summary>Σ a².</summary>
    public BigRational SquaredFrobeniusNorm()
    {
        BigRational sum = 0;
        foreach (var entry in entries)
        {
            sum += entry * entry;
        }

        return sum;
    }

    /// <summary>Rank, by elimination.</summary>
    public int Rank() => Eliminate((BigRational[,])entries.Clone(), Columns);

    /// <summary>A⁻¹, or null where A is singular.</summary>
    public RationalMatrix? Inverse()
    {
        var n = Rows;
        var extended = new BigRational[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                (extended[i, j], extended[i, n + j]) = (entries[i, j], i == j ? 1 : 0);
            }
        }

        return Eliminate(extended, n) == n ? Of(n, n, (i, j) => extended[i, n + j]) : null;
    }

    /// <summary>Gauss–Jordan elimination on the first columns; returns the number of pivots.</summary>
    private static int Eliminate(BigRational[,] a, int columns)
    {
        var (rows, width, rank) = (a.GetLength(0), a.GetLength(1), 0);
        for (var column = 0; column < columns && rank < rows; column++)
        {
            var pivot = rank;
            while (pivot < rows && a[pivot, column].Sign == 0)
            {
                pivot++;
            }

            if (pivot == rows)
            {
                continue;
            }

            var scale = a[pivot, column];
            for (var j = 0; j < width; j++)
            {
                (a[pivot, j], a[rank, j]) = (a[rank, j], a[pivot, j] / scale);
            }

            for (var i = 0; i < rows; i++)
            {
                var factor = a[i, column];
                for (var j = 0; j < width && i != rank && factor.Sign != 0; j++)
                {
                    a[i, j] -= factor * a[rank, j];
                }
            }

            rank++;
        }

        return rank;
    }
}
