namespace Harness.Core.Networks;

/// <summary>The factor s in W₀ + s·BA.</summary>
public static class AdapterScale
{
    /// <summary>α/r (arXiv:2106.09685, section 4.1).</summary>
    /// <param name="alpha">α.</param>
    /// <param name="rank">r ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is less than one.</exception>
    public static double ByRank(double alpha, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        return alpha / rank;
    }

    /// <summary>α/√r, the only order in r at which neither outputs nor gradients vanish or explode (arXiv:2312.03732, theorem 3.2).</summary>
    /// <param name="alpha">α.</param>
    /// <param name="rank">r ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is less than one.</exception>
    public static double ByRootOfRank(double alpha, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        return alpha / Math.Sqrt(rank);
    }
}
