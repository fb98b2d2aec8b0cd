using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace Harness.Core.Enclosures;

/// <summary>Elementwise operations on batches of balls: the result holds f(x, y) for every x and y of the operands. Lengths must agree; a destination may be an operand.</summary>
/// <remarks>Midpoints are the plain operation on the midpoints, bit for bit. Radii of differences and products are rounded upwards (<see cref="RoundedUp"/>); those of rectifier and gate need no rounding but one.</remarks>
public static partial class BallVector
{
    /// <summary>φ(x) = max(x, 0).</summary>
    /// <remarks>φ is 1-Lipschitz, so a radius never grows; where the whole ball is at or below zero the result is exactly zero.</remarks>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Rectify<T>(BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BallSweep.Run(default(Rectifier<T>), x, x, destination);

    /// <summary>D·s with D = diag(1{g ≥ 0}): s where g is certainly not negative, zero where it certainly is, and the hull of both where its sign is open.</summary>
    /// <param name="g">Pre-activations.</param>
    /// <param name="s">The signal that arrives from above.</param>
    /// <param name="destination">Receives the signal that passes.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Gate<T>(BallSpan<T> g, BallSpan<T> s, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BallSweep.Run(default(Gating<T>), g, s, destination);

    /// <summary>x + y.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Add<T>(BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BallSweep.Run(default(Sum<T>), x, y, destination);

    /// <summary>α · x for an exact α.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Scale<T>(T alpha, BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BallSweep.Run(new Multiple<T>(alpha), x, x, destination);

    /// <summary>x − y.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Subtract<T>(BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BallSweep.Run(default(Difference<T>), x, y, destination);

    /// <summary>x · y; with x = y, squares.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Multiply<T>(BallSpan<T> x, BallSpan<T> y, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => BallSweep.Run(default(Product<T>), x, y, destination);

    /// <summary>Σ xᵢ², one ball addition after the other: for as many numbers as outputs, not as weights.</summary>
    public static Ball SumOfSquares<T>(BallSpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = Ball.Exactly(0);
        for (var i = 0; i < x.Length; i++)
        {
            sum += Ball.Square(new(double.CreateTruncating(x.Midpoints[i]), double.CreateTruncating(x.Radii[i])));
        }

        return sum;
    }

    /// <summary>The number of balls whose sign is open: neither certainly ≥ 0 nor certainly &lt; 0.</summary>
    public static int CountOpenSigns<T>(BallSpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            count += x.Midpoints[i] - x.Radii[i] >= T.Zero || x.Midpoints[i] + x.Radii[i] < T.Zero ? 0 : 1;
        }

        return count;
    }

    /// <summary>The radius of max(x, 0).</summary>
    /// <remarks>A rounded sum has the sign of the exact one, so the comparison decides exactly. A NaN compares false and stays.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> RectifiedRadius<T>(BallLanes<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AndNot(x.Radius, LessThanOrEqual(x.Midpoint + x.Radius, Vector512<T>.Zero));

    private readonly struct Rectifier<T> : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y) => new(Max(x.Midpoint, Vector512<T>.Zero), RectifiedRadius(x));
    }

    private readonly struct Gating<T> : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> g, BallLanes<T> s)
        {
            var open = GreaterThanOrEqual(g.Midpoint - g.Radius, Vector512<T>.Zero);
            var closed = LessThan(g.Midpoint + g.Radius, Vector512<T>.Zero);
            var hull = RoundedUpLanes<T>.Add(Abs(s.Midpoint), s.Radius);
            return new(s.Midpoint & GreaterThanOrEqual(g.Midpoint, Vector512<T>.Zero), ConditionalSelect(open, s.Radius, AndNot(hull, closed)));
        }
    }

    private readonly struct Sum<T> : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y) => default(Difference<T>).Apply(x, new(-y.Midpoint, y.Radius));
    }

    private readonly struct Multiple<T>(T alpha) : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly BallLanes<T> factor = new(Create(alpha), Vector512<T>.Zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y) => default(Product<T>).Apply(x, factor);
    }

    private readonly struct Difference<T> : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y)
        {
            var difference = x.Midpoint - y.Midpoint;
            var ordered = GreaterThanOrEqual(Abs(x.Midpoint), Abs(y.Midpoint));
            var (larger, smaller) = (ConditionalSelect(ordered, x.Midpoint, -y.Midpoint), ConditionalSelect(ordered, -y.Midpoint, x.Midpoint));
            var error = Abs(smaller - (difference - larger));
            return new(difference, RoundedUpLanes<T>.Add(RoundedUpLanes<T>.Add(x.Radius, y.Radius), error));
        }
    }

    private readonly struct Product<T> : IBallOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BallLanes<T> Apply(BallLanes<T> x, BallLanes<T> y)
        {
            var product = x.Midpoint * y.Midpoint;
            var error = Abs(Numerics.Simd512<T>.MultiplyAdd(x.Midpoint, y.Midpoint, -product));
            var small = LessThan(Abs(product), Create(RoundedUpLanes<T>.Small)) & ~(Vector512.Equals(x.Midpoint, Vector512<T>.Zero) | Vector512.Equals(y.Midpoint, Vector512<T>.Zero));
            error += Create(T.Epsilon) & small;
            var fromX = RoundedUpLanes<T>.Multiply(x.Radius, RoundedUpLanes<T>.Add(Abs(y.Midpoint), y.Radius));
            var fromY = RoundedUpLanes<T>.Multiply(Abs(x.Midpoint), y.Radius);
            return new(product, RoundedUpLanes<T>.Add(RoundedUpLanes<T>.Add(fromX, fromY), error));
        }
    }
}
