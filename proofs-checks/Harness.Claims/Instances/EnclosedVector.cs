using Harness.Core.Enclosures;

namespace Harness.Claims.Instances;

/// <summary>A vector known up to an error of bounded length: ‖x − x̂‖₂ ≤ ε. What norms and angles need, at one number a vector.</summary>
/// <param name="midpoint">x̂.</param>
/// <param name="error">ε.</param>
public sealed class EnclosedVector(double[] midpoint, double error)
{
    private readonly double[] midpoint = midpoint;
    private readonly double error = error;

    /// <summary>h_l of one sample, from the enclosed forward pass that the instance holds.</summary>
    public static EnclosedVector Feature(FullyConnectedInstance instance, int layer, int sample)
    {
        // φ is 1-Lipschitz: the radii of pre-activations serve.
        var radii = instance.Column(instance.Radii.PreActivations(layer), sample);
        return new(instance.Column(instance.State.Features(layer), sample), EnclosedNorms.Above(radii));
    }

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
