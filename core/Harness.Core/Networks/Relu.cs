using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Numerics.Tensors;

namespace Harness.Core.Networks;

/// <summary>
/// The rectifier φ(g) = max(g, 0) and its sign matrix D = diag(1{g ≥ 0}) (arXiv:1811.03962, section 2).
/// </summary>
/// <remarks>The paper's D counts a tie g = 0 as active; so does every method here. All are exact: no rounding takes place.</remarks>
public static class Relu
{
    /// <summary>h = φ(g).</summary>
    /// <param name="g">Pre-activations.</param>
    /// <param name="h">Activations, of the same length.</param>
    public static void Activate<T>(ReadOnlySpan<T> g, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Max(g, T.Zero, h);

    /// <summary>u = D·s: keeps s where g ≥ 0, else zero.</summary>
    /// <param name="g">Pre-activations that define D.</param>
    /// <param name="s">The signal that arrives from above.</param>
    /// <param name="u">The signal that passes; may be <paramref name="s"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Gate<T>(ReadOnlySpan<T> g, ReadOnlySpan<T> s, Span<T> u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.Length != s.Length || g.Length != u.Length)
        {
            throw new ArgumentException($"Lengths differ: g {g.Length}, s {s.Length}, u {u.Length}.");
        }

        var i = 0;
        if (Vector512<T>.IsSupported)
        {
            ref var pre = ref MemoryMarshal.GetReference(g);
            ref var signal = ref MemoryMarshal.GetReference(s);
            ref var passed = ref MemoryMarshal.GetReference(u);
            for (; i <= g.Length - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                var active = Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref pre, (nuint)i), Vector512<T>.Zero);
                (Vector512.LoadUnsafe(ref signal, (nuint)i) & active).StoreUnsafe(ref passed, (nuint)i);
            }
        }

        for (; i < g.Length; i++)
        {
            u[i] = g[i] >= T.Zero ? s[i] : T.Zero;
        }
    }
}
