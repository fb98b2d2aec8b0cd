using Harness.Claims.Exact;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>Orthogonal matrices without rounding: singular values and subspaces are then known exactly.</summary>
public static class RationalFrames
{
    /// <summary>The product of two reflections whose vectors are whole numbers ±1 and ±2.</summary>
    /// <param name="stream">The random stream.</param>
    /// <param name="order">n.</param>
    public static RationalMatrix Orthogonal(RandomStream stream, int order) => Reflection(stream.Derive(0), order) * Reflection(stream.Derive(1), order);

    private static RationalMatrix Reflection(RandomStream stream, int order) =>
        RationalMatrix.Reflection([.. Enumerable.Range(0, order).Select(i => (1 + stream.Integer((ulong)(2 * i), 2)) * ((2 * stream.Integer((ulong)((2 * i) + 1), 2)) - 1))]);
}
