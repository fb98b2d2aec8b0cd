namespace Harness.Claims.Exact;

/// <summary>
/// Matrix products as the textbook's three loops, where every multiply-add goes through one counter. The order of each sum is the core's (k ascending, fused), so that the results
/// can be held against the core's bit for bit: what is counted here is then what is computed there.
/// </summary>
internal sealed class CountingLoops
{
    /// <summary>Multiply-adds so far.</summary>
    public long Count { get; private set; }

    /// <summary>left · right + addend, rounded once.</summary>
    public double MultiplyAdd(double left, double right, double addend)
    {
        Count++;
        return Math.FusedMultiplyAdd(left, right, addend);
    }

    /// <summary>Σ r², each square rounded before it is added.</summary>
    public double SumOfSquares(IEnumerable<double> r)
    {
        var sum = 0.0;
        foreach (var x in r)
        {
            Count++;
            sum += x * x;
        }

        return sum;
    }

    /// <summary>P·Q.</summary>
    public double[,] Product(double[,] p, double[,] q) =>
        Fill(p.GetLength(0), q.GetLength(1), (i, j) => Contract(p.GetLength(1), k => p[i, k], k => q[k, j]));

    /// <summary>Pᵀ·Q.</summary>
    public double[,] TransposedProduct(double[,] p, double[,] q) =>
        Fill(p.GetLength(1), q.GetLength(1), (i, j) => Contract(p.GetLength(0), k => p[k, i], k => q[k, j]));

    /// <summary>P + α·(Q·Rᵀ).</summary>
    public double[,] AddOuterProduct(double[,] p, double α, double[,] q, double[,] r) =>
        Fill(p.GetLength(0), p.GetLength(1), (i, j) => MultiplyAdd(α, Contract(q.GetLength(1), s => q[i, s], s => r[j, s]), p[i, j]));

    /// <summary>XᵀX, every pair of columns once.</summary>
    public double[,] Gram(double[,] x)
    {
        var k = new double[x.GetLength(1), x.GetLength(1)];
        for (var i = 0; i < k.GetLength(0); i++)
        {
            for (var j = 0; j <= i; j++)
            {
                k[i, j] = k[j, i] = Contract(x.GetLength(0), f => x[f, i], f => x[f, j]);
            }
        }

        return k;
    }

    /// <summary>K + A ∘ B.</summary>
    public double[,] AddHadamard(double[,] k, double[,] a, double[,] b) =>
        Fill(k.GetLength(0), k.GetLength(1), (i, j) => MultiplyAdd(a[i, j], b[i, j], k[i, j]));

    /// <summary>A matrix element by element.</summary>
    public static double[,] Fill(int rows, int columns, Func<int, int, double> element)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                matrix[i, j] = element(i, j);
            }
        }

        return matrix;
    }

    /// <summary>Samples in rows become samples in columns.</summary>
    public static double[,] Columns(double[] rows, int samples) => Fill(rows.Length / samples, samples, (k, i) => rows[(i * (rows.Length / samples)) + k]);

    private double Contract(int length, Func<int, double> left, Func<int, double> right)
    {
        var sum = 0.0;
        for (var k = 0; k < length; k++)
        {
            sum = MultiplyAdd(left(k), right(k), sum);
        }

        return sum;
    }
}
