using System.Numerics;

namespace Harness.Core.Enclosures;

/// <content>Elementary functions, ball by ball through double; a float's radius holds the rounding of its midpoint to float.</content>
public static partial class BallVector
{
    /// <summary>eˣ (<see cref="Ball.Exp"/>).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Exp<T>(BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, Exponential>(x, destination);

    /// <summary>ln x (<see cref="Ball.Log"/>).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Log<T>(BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, Logarithm>(x, destination);

    /// <summary>arccos x (<see cref="Ball.Acos"/>).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Acos<T>(BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, Arccosine>(x, destination);

    /// <summary>√x (<see cref="Ball.Sqrt"/>).</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Sqrt<T>(BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<T, Root>(x, destination);

    private static void Map<T, TFunction>(BallSpan<T> x, BallSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IBallFunction
    {
        if (x.Length != destination.Length)
        {
            throw new ArgumentException($"The batches must have one length; got {x.Length} and {destination.Length}.");
        }

        for (var i = 0; i < x.Length; i++)
        {
            var value = TFunction.Apply(new(double.CreateTruncating(x.Midpoints[i]), double.CreateTruncating(x.Radii[i])));
            var midpoint = T.CreateTruncating(value.Midpoint);
            var rounding = Math.Abs(double.CreateTruncating(midpoint) - value.Midpoint);
            destination.Midpoints[i] = midpoint;
            destination.Radii[i] = Precision<T>.AtLeast(rounding == 0 ? value.Radius : RoundedUp.Add(value.Radius, rounding));
        }
    }

    private interface IBallFunction
    {
        static abstract Ball Apply(Ball x);
    }

    private readonly struct Exponential : IBallFunction
    {
        public static Ball Apply(Ball x) => Ball.Exp(x);
    }

    private readonly struct Logarithm : IBallFunction
    {
        public static Ball Apply(Ball x) => Ball.Log(x);
    }

    private readonly struct Arccosine : IBallFunction
    {
        public static Ball Apply(Ball x) => Ball.Acos(x);
    }

    private readonly struct Root : IBallFunction
    {
        public static Ball Apply(Ball x) => Ball.Sqrt(x);
    }
}
