using Harness.Core.Enclosures;

namespace Harness.Claims.Instances;

/// <summary>A vector known up to an error of bounded length: ‖x − x̂‖₂ ≤ ε. What norms and angles need, at one number a vector.</summary>
/// <param name="midpoint">x̂.</param>
/// <param name="error">ε.</param>
public sealed class EnclosedVector(double[] midpoint, double error)
{
    private readonly double[] midpoint = midpoint;
    private readonly double error = error;

    private readonly double length = EnclosedNorms.Above(midpoint); // of the midpoint, rounded up

    /// <summary>h_l of one sample, from the enclosed forward pass that the instance holds.</summary>
    public static EnclosedVector Feature(NetworkInstance instance, int layer, int sample)
    {
        // φ is 1-Lipschitz: the radii of pre-activations serve.
        var radii = instance.Column(instance.Radii.PreActivations(layer), sample);
        return new(instance.Column(instance.State.Features(layer), sample), EnclosedNorms.Above(radii));
    }

    /// <summary>g_l of one sample, from the enclosed forward pass that the instance holds.</summary>
    internal static EnclosedVector PreActivation(NetworkInstance instance, int layer, int sample) =>
        new(instance.Column(instance.State.PreActivations(layer), sample), EnclosedNorms.Above(instance.Column(instance.Radii.PreActivations(layer), sample)));

    /// <summary>u_l of one sample, from the enclosed backward pass that the instance holds.</summary>
    internal static EnclosedVector Signal(NetworkInstance instance, int layer, int sample) =>
        new(instance.Column(instance.State.Signals(layer), sample), EnclosedNorms.Above(instance.Column(instance.Radii.Signals(layer), sample)));

    /// <summary>⟨x, y⟩: what <see cref="EnclosedNorms.Dot"/> says of the midpoints, and |⟨x, y⟩ − ⟨x̂, ŷ⟩| ≤ ‖x̂‖ε_y + ε_x(‖ŷ‖ + ε_y).</summary>
    internal Ball Dot(EnclosedVector y)
    {
        var fromErrors = RoundedUp.Add(RoundedUp.Multiply(length, y.error), RoundedUp.Multiply(error, RoundedUp.Add(y.length, y.error)));
        return EnclosedNorms.Dot(midpoint, y.midpoint) + new Ball(0, fromErrors);
    }

    /// <summary>‖x‖.</summary>
    internal Ball Norm() => Ball.Sqrt(EnclosedNorms.Dot(midpoint, midpoint)) + new Ball(0, error);

    /// <summary>The norm of the s largest entries. It is a norm, the largest over all supports of s entries, and at most ‖x‖: so ε bounds its error too.</summary>
    internal Ball NormOfLargest(int s)
    {
        double[] largest = [.. midpoint.OrderByDescending(Math.Abs).Take(s)];
        return new EnclosedVector(largest, error).Norm();
    }

    /// <summary>x − y.</summary>
    internal EnclosedVector Minus(EnclosedVector y)
    {
        var difference = OutputPass.Difference(midpoint, y.midpoint);
        return new(difference, RoundedUp.Add(RoundedUp.Add(error, y.error), RoundingOf(difference)));
    }

    /// <summary>What is left of x where every entry is clipped to [−height, height]; a map that lengthens no distance.</summary>
    internal EnclosedVector Beyond(double height)
    {
        var rest = Array.ConvertAll(midpoint, x => x - Math.Clamp(x, -height, height));
        return new(rest, RoundedUp.Add(error, RoundingOf(rest)));
    }

    /// <summary>Every computed difference is off by at most u times itself.</summary>
    private static double RoundingOf(double[] differences) => RoundedUp.Multiply(Rounding.Unit, EnclosedNorms.Above(differences));

    /// <summary>min_t ‖x − t h‖: the part of x orthogonal to h.</summary>
    /// <remarks>
    /// With d = x − h the distance is √(‖d‖² − ⟨h, d⟩²/‖h‖²), and from the difference, not from x itself: for close pairs that is where the digits are. Moving x by ε moves the distance by at most ε; moving h by ε moves x − t h by |t|ε at
    /// the best t, |t| ≤ ‖x‖/‖h‖.
    /// </remarks>
    public Ball DistanceToLineThrough(EnclosedVector h)
    {
        var difference = new double[midpoint.Length];
        for (var k = 0; k < difference.Length; k++)
        {
            difference[k] = midpoint[k] - h.midpoint[k];
        }

        var (hh, dd) = (EnclosedNorms.Dot(h.midpoint, h.midpoint), EnclosedNorms.Dot(difference, difference));
        var distance = Ball.Sqrt(dd - (Ball.Square(EnclosedNorms.Dot(h.midpoint, difference)) / hh));

        // Every difference is rounded by at most u times itself.
        var rounding = RoundedUp.Multiply(Rounding.Unit, Ball.Sqrt(dd).Upper);
        var t = Ball.Sqrt(EnclosedNorms.Dot(midpoint, midpoint)) / (Ball.Sqrt(hh) + new Ball(0, h.error));
        var tilt = RoundedUp.Multiply(t.Upper, h.error);
        return distance + new Ball(0, RoundedUp.Add(RoundedUp.Add(rounding, error), tilt));
    }
}
