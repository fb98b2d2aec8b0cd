using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>The reduced matrix has few rows and the same inner products.</summary>
public sealed class RankReductionTests
{
    [Test]
    public void Reduce_KeepsInnerProducts([Values(3, 6)] int order, [Values(1, 2, 3, 5, 9)] int count)
    {
        var (forms, factor) = (new double[count * order * order], new double[order * order]);
        RandomStream.FromSeed(6).FillGaussian<double>(forms, 1.0);
        RandomStream.FromSeed(7).FillGaussian<double>(factor, 1.0);
        for (var e = 0; e < forms.Length; e++)
        {
            var (i, j) = (e / order % order, e % order);
            forms[e] = i < j ? forms[e] : forms[e - ((i - j) * (order - 1))];
        }

        var before = Products(forms, factor, order);
        var rank = RankReduction.Reduce(forms, count, order, factor, new double[RankReduction.WorkspaceLength(order, order, count)]);
        Assert.That(rank * (rank + 1) / 2, Is.LessThanOrEqualTo(count));
        Assert.That((rank + 1) * (rank + 2) / 2, Is.GreaterThan(Math.Min(count, order * (order + 1) / 2)), "it stops as soon as it may");

        // A few steps of relative error uκ; κ of these equations is below 1e3.
        Assert.That(Products(forms, factor[..(rank * order)], order), Is.EqualTo(before).Within(1e-11 * before.Max(Math.Abs)));
    }

    [Test]
    public void Reduce_WithoutConstraints_LeavesNothing() => Assert.That(RankReduction.Reduce([], 0, 2, new double[] { 1, 2, 3, 5 }, new double[RankReduction.WorkspaceLength(2, 2, 0)]), Is.Zero);

    /// <summary>⟨H_k, LᵀL⟩.</summary>
    private static double[] Products(double[] forms, double[] factor, int order) =>
    [
        .. forms.Chunk(order * order).Select(h => factor.Chunk(order).Sum(l => Enumerable.Range(0, order * order).Sum(e => h[e] * l[e / order] * l[e % order]))),
    ];
}
