using System.Numerics;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>Counts the roundings behind every term of an element of L, as the factorisation computes it, and holds them against what certificates of eigenvalues assume.</summary>
/// <remarks>
/// The order of a sum is read off its results (P. Xie, Y. Gao, J. Xue, "FPRev: Revealing the Order of Floating-Point Summation by Numerical Testing", arXiv:2411.00442). With terms p and q equal to ±M and all others one, M so large that ones
/// beside it are lost, the sum counts the ones that join after M and −M have met: so the result tells how many terms are below the node where p and q meet. Nodes above a term are told apart by these numbers.
/// <para>Rows j and i of A are free, all others are the identity's. Then L has the same rows, and element (i, j) is the sum of a_ij and −l_ik l_jk, k = 0 … j − 1, divided by l_jj; with l_jk = 1 and a_jj = j + 1 every term is at choice and l_jj = 1.</para>
/// </remarks>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class CholeskyOrderTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Four blocks of columns, two ranges of earlier ones, and a last block that is not whole.</summary>
    private const int N = 230;

    /// <summary>Half a unit in the last place of M is more than N: in float 2¹⁷.</summary>
    private static T M => T.CreateTruncating(Math.ScaleB(1, typeof(T) == typeof(double) ? 70 : 40));

    // In the square of a block, in its first strip of 32 rows and in its second one, where the products of the first are summed on their own; and below it.
    [TestCase(127, 100, true)]
    [TestCase(229, 226, true)]
    [TestCase(200, 196, false)]
    [TestCase(229, 198, false)]
    [TestCase(229, 100, false)]
    public void TryFactor_RoundingsOfEveryTerm_AtMostTheAssumedDepth(int i, int j, bool sumsAStripFirst)
    {
        var groups = Groups(i, j);
        var (least, alone) = (int.MaxValue, Enumerable.Range(0, j).Select(k => IsRoundedAlone(i, j, k) ? 1 : 0).ToArray());
        for (var before = 0; before < groups.Length; before++)
        {
            var met = Meetings(i, j, groups[before]);
            for (var p = 0; p < met.Length; p++)
            {
                // Roundings of the term before it meets the element, and of the element before it meets the term; what comes after is common to both.
                var (k, own) = (groups[before][p], met[p].Distinct().Count());
                var spare = Cholesky.RoundingDepth(k) - (own + alone[k] + before);
                Assert.That(spare, Is.Not.Negative, $"column {k}");
                least = Math.Min(least, spare);
            }
        }

        // The last term, l_ij l_jj: all of the element's own roundings, and a division, or a square root that counts twice.
        Assert.That(groups.Length + 2, Is.LessThanOrEqualTo(Cholesky.RoundingDepth(j)));
        Assert.That(groups.Any(group => group.Length > 1), Is.EqualTo(sumsAStripFirst));

        // Where a strip is summed first the depth is what is needed, but for the two that it leaves the last term: so no smaller constant passes.
        Assert.That(least, sumsAStripFirst ? Is.LessThanOrEqualTo(2) : Is.Not.Negative);
    }

    /// <summary>The columns whose products join the element together, in the order in which they do: one after the other, or several as a sum of their own.</summary>
    private static int[][] Groups(int i, int j) =>
        [.. Enumerable.Range(0, j).GroupBy(k => Below(i, j, 0, k + 1)).OrderBy(group => group.Key).Select(group => group.ToArray())];

    /// <summary>For every column of a group, how many terms there are below the nodes where it meets the others.</summary>
    private static int[][] Meetings(int i, int j, int[] group)
    {
        var met = Array.ConvertAll(group, _ => new List<int>());
        for (var p = 0; p < group.Length; p++)
        {
            for (var q = 0; q < p; q++)
            {
                var below = Below(i, j, group[p] + 1, group[q] + 1);
                met[p].Add(below);
                met[q].Add(below);
            }
        }

        return Array.ConvertAll(met, sizes => sizes.ToArray());
    }

    /// <summary>How many terms there are below the node where terms p and q meet; term 0 is a_ij, term k + 1 the product with column k.</summary>
    private static int Below(int i, int j, int p, int q)
    {
        var terms = new T[j + 1];
        Array.Fill(terms, T.One);
        (terms[p], terms[q]) = (M, -M);
        var row = new T[j];
        Array.Fill(row, T.One);
        return j + 1 - int.CreateChecked(Element(i, j, terms, row));
    }

    /// <summary>Whether the product with column k is rounded before it is added to anything: x² has a bit more than T has, and is not lost in a fused multiply-add.</summary>
    private static bool IsRoundedAlone(int i, int j, int k)
    {
        var x = T.One + T.CreateTruncating(Math.ScaleB(1, typeof(T) == typeof(double) ? -27 : -12));
        var (terms, row) = (new T[j + 1], new T[j]);
        (terms[0], terms[k + 1], row[k]) = (x * x, -x, x);
        return Element(i, j, terms, row) == T.Zero;
    }

    /// <summary>l_ij where a_ij is the first term, l_ik the negative of the others, and l_jk is given.</summary>
    private static T Element(int i, int j, T[] terms, T[] row)
    {
        var a = new T[N * N];
        for (var k = 0; k < N; k++)
        {
            a[(k * N) + k] = T.One;
        }

        for (var k = 0; k < j; k++)
        {
            (a[(j * N) + k], a[(i * N) + k]) = (row[k], -terms[k + 1]);
        }

        a[(i * N) + j] = terms[0];
        a[(j * N) + j] = T.CreateChecked(j + 1);
        a[(i * N) + i] = T.CreateChecked(4) * M * M;
        Assert.That(Cholesky.TryFactor<T>(a, N));
        return a[(i * N) + j];
    }
}
