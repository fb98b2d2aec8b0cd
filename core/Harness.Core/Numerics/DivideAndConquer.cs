using System.Numerics.Tensors;
using Harness.Core.Enclosures;

namespace Harness.Core.Numerics;

/// <summary>All eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer.</summary>
/// <remarks>
/// Source: Cuppen, Numer. Math. 36 (1981); Gu, Eisenstat, "A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem", SIAM J. Matrix Anal. Appl. 16 (1995). T = diag(T₁, T₂) + |β|wwᵀ, w = (e_last, sign(β) e_first), once β is taken off the two diagonal entries
/// beside the cut. With the eigenvectors of the halves that is diag(d) + ρzzᵀ. What z does not reach is an eigenpair already; a rotation makes it so for one of two equal d (Dongarra, Sorensen, SIAM J. Sci. Stat. Comput. 8 (1987)). The rest are roots of the <see cref="SecularEquation"/>; z is
/// then replaced by the one whose eigenvalues these are exactly (Löwner's formula), which makes the vectors ẑ_i/(d_i − λ) orthogonal to working precision; a product brings them back. Backward stable: what is deflated is below 8u‖T‖ in every merge.
/// Cost: at most 2n³/3 multiply-adds, all in products; what deflates costs nothing.
/// </remarks>
internal unsafe struct DivideAndConquer
{
    /// <summary>Orders that are left to the QL iteration.</summary>
    private const int Leaf = 32;

    /// <summary>Elements after a row of the inner eigenvectors, so that the rows of a tile do not lie a power of two apart.</summary>
    private const int Padding = 8;

    private double* d, e, rows, inner, copies, leaf;
    private double* z, poles, ζ, restored, sorted, row;
    private int* order, kept, deflated, slots;
    private byte* kinds;
    private int n;

    /// <summary>Where an eigenvector of one of the halves is not zero.</summary>
    private enum Support : byte
    {
        Left,
        Both,
        Right,
    }

    /// <summary>Elements of workspace that <see cref="Diagonalise"/> needs.</summary>
    public static int WorkspaceLength(int n) => checked((n * (n + Padding)) + (n * n) + (9 * n) + LeafLength(Math.Min(n, Leaf)));

    /// <summary>Replaces the diagonal by the eigenvalues, in no particular order.</summary>
    /// <param name="d">Diagonal, n entries; receives the eigenvalues.</param>
    /// <param name="e">T[i, i − 1] at i.</param>
    /// <param name="n">Order of T.</param>
    /// <param name="rows">Receives the eigenvectors of T, n × n: row k for value k.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArithmeticException">An iteration did not converge.</exception>
    public static void Diagonalise(double* d, double* e, int n, double* rows, double* workspace)
    {
        new Span<double>(rows, n * n).Clear();
        var work = new DivideAndConquer { d = d, e = e, rows = rows, n = n, inner = workspace };
        work.copies = work.inner + (n * (n + Padding));
        work.leaf = work.copies + (n * n);
        work.z = work.leaf + LeafLength(Math.Min(n, Leaf));
        work.poles = work.z + n;
        work.ζ = work.poles + n;
        work.restored = work.ζ + n;
        work.sorted = work.restored + n;
        work.row = work.sorted + n;
        work.order = (int*)(work.row + n);
        work.kept = work.order + n;
        work.deflated = work.kept + n;
        work.slots = work.deflated + n;
        work.kinds = (byte*)(work.order + (4 * n));
        work.Solve(0, n);
    }

    private static int LeafLength(int order) => (order * (order + 1)) + PlaneRotations.WorkspaceLength(order);

    private readonly void Solve(int first, int count)
    {
        if (count <= Leaf)
        {
            Iterate(first, count);
            return;
        }

        var (left, cut) = (count / 2, first + (count / 2));
        var β = e[cut];
        d[cut - 1] -= Math.Abs(β);
        d[cut] -= Math.Abs(β);
        Solve(first, left);
        Solve(cut, count - left);
        if (β != 0)
        {
            Merge(first, left, count - left, β);
        }
    }

    /// <summary>A leaf, by the QL iteration.</summary>
    private readonly void Iterate(int first, int count)
    {
        Span<double> vectors = new(leaf, count * count), offDiagonal = new(leaf + (count * count), count), rotations = new(leaf + (count * (count + 1)), PlaneRotations.WorkspaceLength(count));
        vectors.Clear();
        for (var i = 0; i < count; i++)
        {
            vectors[i * (count + 1)] = 1;
        }

        new ReadOnlySpan<double>(e + first, count).CopyTo(offDiagonal);
        ImplicitQL.Diagonalise(new(d + first, count), offDiagonal, vectors, rotations);
        for (var i = 0; i < count; i++)
        {
            vectors.Slice(i * count, count).CopyTo(Row(first + i, first, count));
        }
    }

    private readonly void Merge(int first, int left, int right, double β)
    {
        // w has the norm √2; z is brought to one.
        var (count, ρ, cut) = (left + right, 2 * Math.Abs(β), first + left);
        for (var i = 0; i < count; i++)
        {
            z[i] = (i < left ? rows[((nint)(first + i) * n) + cut - 1] : Math.CopySign(1, β) * rows[((nint)(first + i) * n) + cut]) * Math.Sqrt(0.5);
            (sorted[i], order[i], kinds[i]) = (d[first + i], i, (byte)(i < left ? Support.Left : Support.Right));
        }

        new Span<double>(sorted, count).Sort(new Span<int>(order, count));
        var largest = Math.Max(ρ, Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[count - 1])));
        var k = Deflate(first, count, ρ, 8 * Rounding.Unit * largest);
        SolveInner(first, k, ρ);
        PutBack(first, left, right, k);
    }

    /// <summary>Sorts out what is an eigenpair already, and returns how many are not: those in <see cref="kept"/>, their d ascending.</summary>
    private readonly int Deflate(int first, int count, double ρ, double negligible)
    {
        var (k, gone, waiting) = (0, 0, -1);
        for (var t = 0; t < count; t++)
        {
            var i = order[t];
            if (ρ * Math.Abs(z[i]) <= negligible)
            {
                deflated[gone++] = i;
                continue;
            }

            if (waiting >= 0)
            {
                var norm = Math.Sqrt((z[waiting] * z[waiting]) + (z[i] * z[i]));
                var (c, s) = (z[i] / norm, -z[waiting] / norm);
                if (Math.Abs((d[first + i] - d[first + waiting]) * c * s) <= negligible)
                {
                    z[i] = norm;
                    Rotate(first, count, waiting, i, c, s);
                    deflated[gone++] = waiting;
                }
                else
                {
                    kept[k++] = waiting;
                }
            }

            waiting = i;
        }

        if (waiting >= 0)
        {
            kept[k++] = waiting;
        }

        return k;
    }

    /// <summary>Turns two eigenvectors whose values are nearly equal so that z reaches the second alone; what couples them then is left out.</summary>
    private readonly void Rotate(int first, int count, int i, int j, double c, double s)
    {
        Span<double> x = Row(first + i, first, count), y = Row(first + j, first, count), turned = new(row, count);
        TensorPrimitives.Multiply(x, c, turned);
        TensorPrimitives.FusedMultiplyAdd(y, s, turned, turned);
        TensorPrimitives.Multiply(y, c, y);
        TensorPrimitives.FusedMultiplyAdd(x, -s, y, y);
        turned.CopyTo(x);
        ref var di = ref d[first + i];
        ref var dj = ref d[first + j];
        (di, dj) = ((di * c * c) + (dj * s * s), (di * s * s) + (dj * c * c));
        if (kinds[i] != kinds[j])
        {
            kinds[i] = kinds[j] = (byte)Support.Both;
        }
    }

    /// <summary>Eigenvalues of diag(d) + ρzzᵀ into <see cref="sorted"/>, its eigenvectors into the rows of <see cref="inner"/>, columns by the support of what they multiply.</summary>
    private readonly void SolveInner(int first, int k, double ρ)
    {
        double total = 0;
        for (var i = 0; i < k; i++)
        {
            (poles[i], ζ[i], restored[i]) = (d[first + kept[i]], ρ * z[kept[i]] * z[kept[i]], 1);
            total += ζ[i];
        }

        // Rounding may have lost some of the sum.
        total *= 1 + (2 * k * Rounding.Unit);
        Span<double> factors = new(row, k), squares = new(restored, k);
        for (var j = 0; j < k; j++)
        {
            var differences = inner + ((nint)j * (n + Padding));
            sorted[j] = SecularEquation.Solve(poles, ζ, k, j, total, differences);

            // ρẑ_i² = Π_j (λ_j − d_i)/Π_{j≠i} (d_j − d_i).
            TensorPrimitives.Subtract(new ReadOnlySpan<double>(poles, k), poles[j], factors);
            factors[j] = -1;
            TensorPrimitives.Divide(new ReadOnlySpan<double>(differences, k), factors, factors);
            TensorPrimitives.Multiply(squares, factors, squares);
        }

        for (var i = 0; i < k; i++)
        {
            restored[i] = Math.CopySign(Math.Sqrt(Math.Max(0, restored[i])), z[kept[i]]);
        }

        Place(k);
        for (var j = 0; j < k; j++)
        {
            var vector = inner + ((nint)j * (n + Padding));
            TensorPrimitives.Divide(squares, new ReadOnlySpan<double>(vector, k), factors);
            var scale = 1 / Math.Sqrt(FixedOrder.SumOfSquares<double>(factors));
            for (var i = 0; i < k; i++)
            {
                vector[slots[i]] = factors[i] * scale;
            }
        }
    }

    /// <summary>Gives what is kept its places: first what lies on the left, then on both sides, then on the right.</summary>
    private readonly void Place(int k)
    {
        var slot = 0;
        for (var kind = Support.Left; kind <= Support.Right; kind++)
        {
            for (var i = 0; i < k; i++)
            {
                if (kinds[kept[i]] == (byte)kind)
                {
                    slots[i] = slot++;
                }
            }
        }
    }

    /// <summary>Eigenvectors of the merged matrix: products of the inner ones with those of the halves; below them what was deflated.</summary>
    private readonly void PutBack(int first, int left, int right, int k)
    {
        var (count, onLeft, before) = (left + right, 0, 0);
        for (var i = 0; i < k; i++)
        {
            onLeft += kinds[kept[i]] != (byte)Support.Right ? 1 : 0;
            before += kinds[kept[i]] == (byte)Support.Left ? 1 : 0;
        }

        double* rightCopies = copies + (onLeft * left), others = rightCopies + ((k - before) * right);
        for (var i = 0; i < k; i++)
        {
            var (from, slot) = (first + kept[i], slots[i]);
            if (slot < onLeft)
            {
                Row(from, first, left).CopyTo(new(copies + (slot * left), left));
            }

            if (slot >= before)
            {
                Row(from, first + left, right).CopyTo(new(rightCopies + ((slot - before) * right), right));
            }
        }

        for (var i = 0; i < count - k; i++)
        {
            Row(first + deflated[i], first, count).CopyTo(new(others + (i * count), count));
            sorted[k + i] = d[first + deflated[i]];
        }

        for (var i = 0; i < count - k; i++)
        {
            new ReadOnlySpan<double>(others + (i * count), count).CopyTo(Row(first + k + i, first, count));
        }

        new ReadOnlySpan<double>(sorted, count).CopyTo(new(d + first, count));
        Multiply(k, inner, onLeft, copies, left, rows + ((nint)first * n) + first);
        Multiply(k, inner + before, k - before, rightCopies, right, rows + ((nint)first * n) + first + left);
    }

    private readonly void Multiply(int k, double* factors, int length, double* old, int columns, double* result)
    {
        if (length == 0)
        {
            for (var j = 0; j < k; j++)
            {
                new Span<double>(result + ((nint)j * n), columns).Clear();
            }

            return;
        }

        var product = new Contraction<double>
        {
            A = old, AStep = columns,
            B = factors, BRow = n + Padding, BStep = 1, BlockLength = length, Length = length,
            C = result, CRow = n,
        };
        product.Run(k, columns);
    }

    private readonly Span<double> Row(int r, int column, int length) => new(rows + ((nint)r * n) + column, length);
}
