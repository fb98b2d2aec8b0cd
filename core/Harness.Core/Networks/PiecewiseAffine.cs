using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// A continuous piecewise affine activation: σ(z) = b + s₀ z + Σ_j (s_j − s_{j−1}) max(z − t_j, 0), with slope s_j between the breakpoints t_j and t_{j+1} (the setting of Jentzen and Kröger, arXiv:2102.11840).
/// </summary>
/// <remarks>
/// At a breakpoint the slope is the one on its right, as for <see cref="Relu"/>. On a piece σ(z) = s_j z + b_j, computed by one fused multiply-add; slopes are exact. In single precision t_j, s_j and b_j are rounded first.
/// All methods work element by element: bits do not depend on the vector width.
/// </remarks>
public sealed class PiecewiseAffine
{
    private readonly double[] breakpoints, slopes, intercepts;
    private readonly float[] floatBreakpoints, floatSlopes, floatIntercepts;

    /// <summary>An activation with the given pieces.</summary>
    /// <param name="breakpoints">t₁ &lt; … &lt; t_J, finite.</param>
    /// <param name="slopes">s₀ … s_J, finite: one more than there are breakpoints.</param>
    /// <param name="intercept">b, finite: what the left-most piece, continued, is at zero.</param>
    /// <exception cref="ArgumentException">The breakpoints do not ascend, the counts do not fit, or a number is not finite.</exception>
    public PiecewiseAffine(ReadOnlySpan<double> breakpoints, ReadOnlySpan<double> slopes, double intercept = 0)
    {
        if (slopes.Length != breakpoints.Length + 1)
        {
            throw new ArgumentException($"{breakpoints.Length} breakpoints separate {breakpoints.Length + 1} pieces; got {slopes.Length} slopes.", nameof(slopes));
        }

        if (!double.IsFinite(intercept))
        {
            throw new ArgumentException($"An intercept is finite; got {intercept}.", nameof(intercept));
        }

        for (var j = 0; j < slopes.Length; j++)
        {
            if (!double.IsFinite(slopes[j]) || (j < breakpoints.Length && !double.IsFinite(breakpoints[j])) || (j > 0 && j < breakpoints.Length && !(breakpoints[j] > breakpoints[j - 1])))
            {
                throw new ArgumentException($"Slopes and breakpoints are finite, and breakpoints ascend; number {j} does not.", nameof(breakpoints));
            }
        }

        (this.breakpoints, this.slopes, intercepts) = (breakpoints.ToArray(), slopes.ToArray(), new double[slopes.Length]);
        (Intercept, intercepts[0], LargestIntercept) = (intercept, intercept, Math.Abs(intercept));
        var own = Ball.Exactly(intercept);
        for (var j = 1; j < intercepts.Length; j++)
        {
            own -= (Ball.Exactly(slopes[j]) - Ball.Exactly(slopes[j - 1])) * Ball.Exactly(breakpoints[j - 1]);
            intercepts[j] = own.Midpoint;
            InterceptError = Math.Max(InterceptError, own.Radius);
            LargestIntercept = Math.Max(LargestIntercept, Math.Abs(own.Midpoint));
        }

        (floatBreakpoints, floatSlopes, floatIntercepts) = (ToFloat(this.breakpoints), ToFloat(this.slopes), ToFloat(intercepts));
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var slope in slopes)
        {
            (least, most) = (Math.Min(least, slope), Math.Max(most, slope));
        }

        (LargestSlope, SlopeRange) = (Math.Max(Math.Abs(least), Math.Abs(most)), RoundedUp.Add(most, -least));
        IsRectifier = this.breakpoints is [0] && this.slopes is [0, 1] && intercept == 0;
    }

    /// <summary>max(z, 0).</summary>
    public static PiecewiseAffine Rectifier { get; } = new([0], [0, 1]);

    /// <summary>|z|.</summary>
    public static PiecewiseAffine AbsoluteValue { get; } = new([0], [-1, 1]);

    /// <summary>αz for z &lt; 0, βz for z ≥ 0: the leaky rectifier at β = 1.</summary>
    /// <param name="left">α.</param>
    /// <param name="right">β.</param>
    public static PiecewiseAffine WithSlopes(double left, double right) => new([0], [left, right]);

    /// <summary>t₁ … t_J.</summary>
    public ReadOnlySpan<double> Breakpoints => breakpoints;

    /// <summary>s₀ … s_J.</summary>
    public ReadOnlySpan<double> Slopes => slopes;

    /// <summary>b.</summary>
    public double Intercept { get; }

    /// <summary>c = max_j |s_j|.</summary>
    public double LargestSlope { get; }

    /// <summary>Δ = max_j s_j − min_j s_j, rounded up; zero for an affine function.</summary>
    public double SlopeRange { get; }

    /// <summary>Whether this is max(z, 0), for which the products have a path of their own.</summary>
    public bool IsRectifier { get; }

    /// <summary>max_j |b_j| as computed.</summary>
    internal double LargestIntercept { get; }

    /// <summary>A bound of the rounding of every b_j; zero with one breakpoint at zero.</summary>
    internal double InterceptError { get; }

    /// <summary>The number of breakpoints at or to the left of z: the piece that z is on.</summary>
    public int Piece(double z)
    {
        var piece = 0;
        while (piece < breakpoints.Length && z >= breakpoints[piece])
        {
            piece++;
        }

        return piece;
    }

    /// <summary>hᵢ = σ(gᵢ).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="g">Pre-activations.</param>
    /// <param name="h">Receives as many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Activate<T>(ReadOnlySpan<T> g, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run<T, Values<T>>(g, g, h);

    /// <summary>uᵢ = σ′(gᵢ).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="g">Pre-activations.</param>
    /// <param name="u">Receives as many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Differentiate<T>(ReadOnlySpan<T> g, Span<T> u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run<T, Derivatives<T>>(g, g, u);

    /// <summary>uᵢ = σ′(gᵢ) · sᵢ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="g">Pre-activations.</param>
    /// <param name="s">The signal that arrives from above.</param>
    /// <param name="u">Receives what passes; may be <paramref name="s"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Gate<T>(ReadOnlySpan<T> g, ReadOnlySpan<T> s, Span<T> u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run<T, Gated<T>>(g, s, u);

    /// <summary>Adds to every column the number of rows in which it is on another piece after than before. Exact as long as counts are (2²⁴ in single precision).</summary>
    /// <param name="before">Rows × stride, the stride a whole number of 512-bit vectors.</param>
    /// <param name="after">Laid out like it.</param>
    /// <param name="counts">One number a column.</param>
    internal void CountCrossings<T>(ReadOnlySpan<T> before, ReadOnlySpan<T> after, Span<T> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stride = counts.Length;
        var t = Breaks<T>();
        for (var column = 0; column < stride; column += Vector512<T>.Count)
        {
            var count = Vector512.LoadUnsafe(ref counts[column]);
            for (var at = column; at < before.Length; at += stride)
            {
                var (old, now) = (Load(before, at), Load(after, at));
                var crossed = Vector512<T>.Zero;
                for (var j = 0; j < t.Length; j++)
                {
                    var breakpoint = Vector512.Create(t[j]);
                    crossed |= Vector512.GreaterThanOrEqual(old, breakpoint) ^ Vector512.GreaterThanOrEqual(now, breakpoint);
                }

                count += crossed & Vector512<T>.One;
            }

            count.StoreUnsafe(ref counts[column]);
        }
    }

    [SkipLocalsInit]
    private void Run<T, TOperation>(ReadOnlySpan<T> g, ReadOnlySpan<T> s, Span<T> u)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IPieceOperation<T>
    {
        if (g.Length != s.Length || g.Length != u.Length)
        {
            throw new ArgumentException($"Lengths differ: g {g.Length}, s {s.Length}, u {u.Length}.");
        }

        var t = Breaks<T>();
        var slope = Pick<T>(slopes, floatSlopes);
        var intercept = Pick<T>(intercepts, floatIntercepts);
        var i = 0;
        for (; i <= g.Length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Apply<T, TOperation>(t, slope, intercept, Load(g, i), Load(s, i)).StoreUnsafe(ref u[i]);
        }

        if (i < g.Length)
        {
            Span<T> ends = stackalloc T[2 * Vector512<T>.Count];
            ends.Clear();
            g[i..].CopyTo(ends);
            s[i..].CopyTo(ends[Vector512<T>.Count..]);
            var last = Apply<T, TOperation>(t, slope, intercept, Load<T>(ends, 0), Load<T>(ends, Vector512<T>.Count));
            last.StoreUnsafe(ref ends[0]);
            ends[..(g.Length - i)].CopyTo(u[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Apply<T, TOperation>(ReadOnlySpan<T> t, ReadOnlySpan<T> slopes, ReadOnlySpan<T> intercepts, Vector512<T> g, Vector512<T> s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IPieceOperation<T>
    {
        var (slope, intercept) = (Vector512.Create(slopes[0]), Vector512.Create(intercepts[0]));
        for (var j = 0; j < t.Length; j++)
        {
            var beyond = Vector512.GreaterThanOrEqual(g, Vector512.Create(t[j]));
            slope = Vector512.ConditionalSelect(beyond, Vector512.Create(slopes[j + 1]), slope);
            intercept = Vector512.ConditionalSelect(beyond, Vector512.Create(intercepts[j + 1]), intercept);
        }

        return TOperation.Of(slope, intercept, g, s);
    }

    private ReadOnlySpan<T> Breaks<T>()
        where T : unmanaged => Pick<T>(breakpoints, floatBreakpoints);

    private static ReadOnlySpan<T> Pick<T>(double[] doubles, float[] floats)
        where T : unmanaged => typeof(T) == typeof(double) ? MemoryMarshal.Cast<double, T>(doubles) : MemoryMarshal.Cast<float, T>(floats);

    private static Vector512<T> Load<T>(ReadOnlySpan<T> source, int at)
        where T : unmanaged => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)at);

    private static float[] ToFloat(double[] numbers) => Array.ConvertAll(numbers, number => (float)number);

    private interface IPieceOperation<T>
        where T : unmanaged
    {
        static abstract Vector512<T> Of(Vector512<T> slope, Vector512<T> intercept, Vector512<T> g, Vector512<T> s);
    }

    private readonly struct Values<T> : IPieceOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(Vector512<T> slope, Vector512<T> intercept, Vector512<T> g, Vector512<T> s) => Simd512<T>.MultiplyAdd(slope, g, intercept);
    }

    private readonly struct Derivatives<T> : IPieceOperation<T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(Vector512<T> slope, Vector512<T> intercept, Vector512<T> g, Vector512<T> s) => slope;
    }

    private readonly struct Gated<T> : IPieceOperation<T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(Vector512<T> slope, Vector512<T> intercept, Vector512<T> g, Vector512<T> s) => slope * s;
    }
}
