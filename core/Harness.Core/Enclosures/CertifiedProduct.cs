using System.Numerics;
using System.Runtime.CompilerServices;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Core.Enclosures;

/// <summary>Products of exact floating-point weights with a batch of balls: one product for the midpoints, one of magnitudes for all radii together.</summary>
/// <remarks>
/// The midpoints are those of the plain product, bit for bit. Radius of an element: γ_K|W||x̂| + |W|r and the rounding of the bound itself, K the number of terms; relative overestimate of order γ_K.
/// Subnormal data widen a radius by up to K·2⁻⁹⁰⁰(1 + max|W|) (float: 2⁻¹⁰⁰). Batches are feature-major (<see cref="Weights{T}"/>). Derivation: docs/derivations.md, "Enclosures".
/// </remarks>
public static class CertifiedProduct
{
    /// <summary>Z = W·X.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="w">W, exact.</param>
    /// <param name="x">X, columns × stride balls.</param>
    /// <param name="z">Receives Z, rows × stride balls; apart from <paramref name="x"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features, at least n.</param>
    /// <param name="scratch">As many elements as <paramref name="x"/>.</param>
    /// <param name="team">Threads that share the rows of Z, or null.</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">W has so many columns that Ku ≥ ¼.</exception>
    public static void Multiply<T>(Weights<T> w, BallSpan<T> x, BallSpan<T> z, int n, int stride, Span<T> scratch, ThreadTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(w);
        var v = Spread(w.Columns, x, scratch, out var rounding);
        w.Multiply(x.Midpoints, z.Midpoints, n, stride, team);
        w.MultiplyMagnitudes(v, z.Radii, n, stride, team);
        BallSweep.Run(new Bound<T>(rounding), z, z, z);
    }

    /// <summary>Z = Wᵀ·X.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="w">W, exact.</param>
    /// <param name="x">X, rows × stride balls.</param>
    /// <param name="z">Receives Z, columns × stride balls; apart from <paramref name="x"/>.</param>
    /// <param name="n">Number of vectors in the batch.</param>
    /// <param name="stride">Elements between two features, at least n.</param>
    /// <param name="scratch">As many elements as <paramref name="x"/>.</param>
    /// <param name="team">Threads that share the rows of Z, or null.</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">W has so many rows that Ku ≥ ¼.</exception>
    public static void MultiplyTransposed<T>(Weights<T> w, BallSpan<T> x, BallSpan<T> z, int n, int stride, Span<T> scratch, ThreadTeam? team = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(w);
        var v = Spread(w.Rows, x, scratch, out var rounding);
        w.MultiplyTransposed(x.Midpoints, z.Midpoints, n, stride, team);
        w.MultiplyMagnitudesTransposed(v, z.Radii, n, stride, team);
        BallSweep.Run(new Bound<T>(rounding), z, z, z);
    }

    /// <summary>What the readers of a position send back, summed: a product with a matrix of zeros and ones, q of them in every row.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="graph">The positions.</param>
    /// <param name="patches">(channels · q) × (p · stride) balls.</param>
    /// <param name="features">Receives channels × (p · stride) balls.</param>
    /// <param name="stride">Columns of one position.</param>
    /// <param name="scratch">At least as many elements as <paramref name="patches"/>.</param>
    internal static void Scatter<T>(PositionGraph graph, BallSpan<T> patches, BallSpan<T> features, int stride, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var v = Spread(graph.Offsets, patches, scratch, out var rounding);
        graph.Scatter<T>(patches.Midpoints, features.Midpoints, stride);
        graph.Scatter<T>(v, features.Radii, stride);
        BallSweep.Run(new Bound<T>(rounding), features, features, features);
    }

    private static Span<T> Spread<T>(int terms, BallSpan<T> x, Span<T> scratch, out ProductRounding<T> rounding)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (scratch.Length < x.Length)
        {
            throw new ArgumentException($"The product needs as much scratch as its operand has elements, {x.Length}; the span has {scratch.Length}.", nameof(scratch));
        }

        rounding = new(terms);
        var v = scratch[..x.Length];
        BallSweep.Run(new Spreading<T>(rounding), x, x, new(v, v));
        return v;
    }

    /// <summary>Both results are v: they go to one place.</summary>
    private readonly struct Spreading<T>(ProductRounding<T> rounding) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y)
        {
            var v = rounding.Spread(x.Midpoint, x.Radius);
            return new(v, v);
        }
    }

    private readonly struct Bound<T>(ProductRounding<T> rounding) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y) => new(x.Midpoint, rounding.Radius(x.Midpoint, x.Radius));
    }
}
