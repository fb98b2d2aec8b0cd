namespace Harness.Core.Tangents;

/// <summary>The pairs (j, j′) of a position of one input and a position of another that a kernel's recursion carries: all p², or, where no layer mixes different ones into what is asked for, the p equal ones.</summary>
/// <param name="positions">p.</param>
/// <param name="areEqual">Whether only pairs (j, j) are carried.</param>
internal readonly struct PositionPairs(int positions, bool areEqual)
{
    /// <summary>p.</summary>
    public int Positions => positions;

    /// <summary>How many pairs there are.</summary>
    public int Count => areEqual ? positions : checked(positions * positions);

    /// <summary>The positions of a pair.</summary>
    public (int Left, int Right) this[int pair] => areEqual ? (pair, pair) : (pair / positions, pair % positions);

    /// <summary>The pair of two positions, equal ones where only these are carried.</summary>
    public int Of(int left, int right) => areEqual ? left : (left * positions) + right;
}
