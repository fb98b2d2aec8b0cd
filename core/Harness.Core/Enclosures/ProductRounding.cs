using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Enclosures;

/// <summary>The constants that bound the rounding errors of a product with K terms to an element, and the two steps around the product of magnitudes that use them.</summary>
/// <remarks>
/// For balls (x̂, r), a computed ẑ = fl(Wx̂) and p = fl(|W|v) with v = <see cref="Spread"/>(x̂, r): |ẑ − Wx| ≤ <see cref="Radius"/>(ẑ, p) for every x within r of x̂. Proof: docs/derivations.md, "Enclosures", product.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct ProductRounding<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> α, β, τ, floor;

    /// <summary>For midpoints by K fused multiply-adds in sequence: |ẑ − Wx̂| ≤ γ_K|W||x̂| + Kη.</summary>
    /// <param name="terms">K.</param>
    public ProductRounding(int terms)
        : this(terms, Precision<T>.Gamma(terms))
    {
    }

    /// <summary>For midpoints by any algorithm with |ẑ − Wx̂| ≤ <paramref name="error"/>·|W||x̂| + 2Kη.</summary>
    /// <param name="terms">K.</param>
    /// <param name="error">Relative to the product of magnitudes.</param>
    public ProductRounding(int terms, double error)
    {
        // (1 − u)⁻⁽ᴷ⁺³⁾ ≤ 1 + γ_{K+3}: K roundings of p, one of the radius and two of v lower what they enclose.
        var inflation = double.BitIncrement(1 + Precision<T>.Gamma(terms + 3L));
        α = Vector512.Create(Precision<T>.AtLeast(double.BitIncrement(error * inflation)));
        β = Vector512.Create(Precision<T>.AtLeast(inflation));
        τ = Vector512.Create(Precision<T>.Tiny);
        floor = Vector512.Create(Precision<T>.Tiny * T.CreateChecked(terms));
    }

    /// <summary>v ≥ (1 − u)⁻⁽ᴷ⁺¹⁾ (error · |x̂| + r).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Spread(Vector512<T> midpoint, Vector512<T> radius) =>
        Numerics.Simd512<T>.MultiplyAdd(α, Vector512.Abs(midpoint), Numerics.Simd512<T>.MultiplyAdd(β, radius, τ));

    /// <summary>p and what underflow may have kept from it; NaN where ẑ is not finite, because an overflow on the way says nothing about the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Radius(Vector512<T> midpoint, Vector512<T> p) => Numerics.Simd512<T>.MultiplyAdd(midpoint, Vector512<T>.Zero, p) + floor;
}
