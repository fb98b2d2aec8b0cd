using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <summary>
/// From a positive semidefinite matrix M to one of rank r with r(r + 1)/2 ≤ K and the same K inner products ⟨H_k, M⟩ (Barvinok, Discrete Comput. Geom. 13 (1995); Pataki, Math. Oper. Res. 23 (1998)).
/// </summary>
/// <remarks>
/// M = LᵀL with r rows in L. While r(r + 1)/2 &gt; K, the K equations ⟨H_k, LᵀSL⟩ = 0 have a symmetric solution S of norm one. Along M + tLᵀSL = Lᵀ(1 + tS)L no inner product changes, and at t = −1/θ, θ the eigenvalue of S that is
/// largest in magnitude, one row is gone; |t| ≤ √r.
/// <para>Errors: S is the eigenvector of CᵀC for its smallest eigenvalue, C the K × r(r + 1)/2 matrix of the equations, so ⟨H_k, M⟩ moves by a modest multiple of uκ‖C‖ a row, κ the ratio of C's singular values that are not zero.</para>
/// </remarks>
public static class RankReduction
{
    /// <summary>Elements of workspace for <see cref="Reduce"/>.</summary>
    /// <param name="order">Order of M.</param>
    /// <param name="rank">Rows of L to begin with.</param>
    /// <param name="count">K.</param>
    public static int WorkspaceLength(int order, int rank, int count)
    {
        var unknowns = Unknowns(rank);
        return checked((unknowns * (count + (2 * unknowns) + 1)) + (2 * rank * rank) + rank + Math.Max((rank + 1) * order, SymmetricEigen.WorkspaceLength(unknowns, vectors: true)));
    }

    /// <summary>Reduces the rows of L until r(r + 1)/2 ≤ K.</summary>
    /// <param name="forms">H_1 … H_K, each n × n row-major and symmetric.</param>
    /// <param name="count">K ≥ 0.</param>
    /// <param name="order">n.</param>
    /// <param name="factor">L, r × n row-major, rows linearly independent; its first rows receive the reduced factor.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <returns>The rows that are left.</returns>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    public static int Reduce(ReadOnlySpan<double> forms, int count, int order, Span<double> factor, Span<double> workspace)
    {
        if (count < 0 || order < 1 || forms.Length != (long)count * order * order || factor.Length % order != 0 || workspace.Length < WorkspaceLength(order, factor.Length / order, count))
        {
            throw new ArgumentException($"{count} forms of order {order} have {(long)count * order * order} elements, and a factor has rows of {order}; got {forms.Length} and {factor.Length}, and {workspace.Length} of workspace.");
        }

        var rank = factor.Length / order;
        for (; Unknowns(rank) > count; rank--)
        {
            Step(forms, count, order, factor[..(rank * order)], rank, workspace);
        }

        return rank;
    }

    private static int Unknowns(int rank) => checked(rank * (rank + 1) / 2);

    private static void Step(ReadOnlySpan<double> forms, int count, int order, Span<double> factor, int rank, Span<double> workspace)
    {
        var unknowns = Unknowns(rank);
        var equations = Take(ref workspace, unknowns * count);
        var gram = Take(ref workspace, unknowns * unknowns);
        var vectors = Take(ref workspace, unknowns * unknowns);
        var values = Take(ref workspace, unknowns);
        var direction = Take(ref workspace, rank * rank);
        var rotation = Take(ref workspace, rank * rank);
        var eigenvalues = Take(ref workspace, rank);

        // Column by column: unknown (a, b), a ≥ b, has the coefficient l_aᵀH_k l_b, times √2 off the diagonal.
        var image = workspace[..order];
        for (var k = 0; k < count; k++)
        {
            for (var (a, next) = (0, 0); a < rank; a++)
            {
                Apply(forms.Slice(k * order * order, order * order), factor.Slice(a * order, order), image);
                for (var b = 0; b <= a; b++, next++)
                {
                    equations[(next * count) + k] = (a == b ? 1 : Math.Sqrt(2)) * FixedOrder.Dot<double>(image, factor.Slice(b * order, order));
                }
            }
        }

        for (var i = 0; i < unknowns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gram[(i * unknowns) + j] = FixedOrder.Dot<double>(equations.Slice(i * count, count), equations.Slice(j * count, count));
            }
        }

        SymmetricEigen.Decompose(gram, unknowns, values, vectors, workspace);
        for (var (a, next) = (0, 0); a < rank; a++)
        {
            for (var b = 0; b <= a; b++, next++)
            {
                direction[(a * rank) + b] = direction[(b * rank) + a] = a == b ? vectors[next] : vectors[next] / Math.Sqrt(2);
            }
        }

        SymmetricEigen.Decompose(direction, rank, eigenvalues, rotation, workspace);
        Move(factor, order, eigenvalues, rotation, workspace);
    }

    /// <summary>L ← (1 + tS)^½L in the eigenvectors of S, without the row that becomes zero.</summary>
    private static void Move(Span<double> factor, int order, ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> rotation, Span<double> scratch)
    {
        var rank = eigenvalues.Length;
        var vanishing = Math.Abs(eigenvalues[0]) > Math.Abs(eigenvalues[^1]) ? 0 : rank - 1;
        var moved = scratch[..(rank * order)];
        moved.Clear();
        for (var (i, next) = (0, 0); i < rank; i++)
        {
            if (i == vanishing)
            {
                continue;
            }

            var row = moved.Slice(next++ * order, order);
            var scale = Math.Sqrt(1 - (eigenvalues[i] / eigenvalues[vanishing]));
            for (var a = 0; a < rank; a++)
            {
                TensorPrimitives.FusedMultiplyAdd(factor.Slice(a * order, order), scale * rotation[(i * rank) + a], row, row);
            }
        }

        moved.CopyTo(factor);
    }

    private static void Apply(ReadOnlySpan<double> form, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = FixedOrder.Dot(form.Slice(i * image.Length, image.Length), vector);
        }
    }

    private static Span<double> Take(ref Span<double> workspace, int length)
    {
        var taken = workspace[..length];
        workspace = workspace[length..];
        return taken;
    }
}
