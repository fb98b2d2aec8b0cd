using Harness.Core.Tangents;

namespace Harness.Core.Enclosures;

/// <summary>The dual of a piecewise linear activation with proven radii, relatively accurate as the cosine approaches 1 and −1 (<see cref="DualActivation"/> has the formulas, docs/derivations.md, "Infinite-width kernels", the derivation).</summary>
internal readonly struct CertifiedDual
{
    private readonly Ball identity, rectified, even;

    /// <summary>The dual of φ.</summary>
    public CertifiedDual(HomogeneousActivation activation)
    {
        var (α, β) = (Ball.Exactly(activation.Negative), Ball.Exactly(activation.Positive));
        var squares = Ball.Square(α) + Ball.Square(β);
        SecondMoment = squares * Ball.Exactly(0.5);
        identity = Ball.Exactly(2) * (α * β) / squares;
        rectified = Ball.Square(β - α) / squares;
        even = Ball.Square(β + α) / squares;
    }

    /// <summary>N = E φ².</summary>
    public Ball SecondMoment { get; }

    /// <summary>E φ′φ′/E φ².</summary>
    public Ball Derivative(CertifiedCosine c) => c.Versine.Midpoint <= 1
        ? Ball.Exactly(1) - (rectified * ArcCosineKernel.Order0Complement(c))
        : identity + (rectified * ArcCosineKernel.Order0(c));

    /// <summary>The correlation after the activation; <paramref name="derivative"/> is <see cref="Derivative"/> there, the largest slope over the ball.</summary>
    public CertifiedCosine Apply(CertifiedCosine c, Ball derivative)
    {
        var slope = Math.Max(RoundedUp.Add(derivative.Midpoint, derivative.Radius), RoundedUp.Add(-derivative.Midpoint, derivative.Radius));
        if (c.Versine.Midpoint <= 1)
        {
            var v = Math.Max(c.Versine.Midpoint, 0);
            return CertifiedCosine.OfVersine(Widened(Ball.Exactly(v) - Segment(v), c.Versine, v, slope));
        }

        var w = Math.Clamp(c.Vercosine.Midpoint, 0, 1);
        var (part, segment) = (identity * Ball.Exactly(w), Segment(w));
        return new(
            Widened(even - part - segment, c.Vercosine, w, slope),
            Widened((identity * (Ball.Exactly(w) - Ball.Exactly(1))) + segment, c.Vercosine, w, slope),
            Widened(rectified + part + segment, c.Vercosine, w, slope));
    }

    /// <summary>(1 − t)(sin ψ − ψ cos ψ)/π at q = 1 − cos ψ.</summary>
    private Ball Segment(double q) => rectified * ((AnglePoint.Evaluate(q) * Ball.Exactly(q)) - AnglePoint.LessSine(q)) / Ball.Pi;

    /// <summary>From a value at a point to one over the whole ball around it.</summary>
    private static Ball Widened(Ball value, Ball around, double point, double slope)
    {
        // A point that was moved into the range of cosines may see a slope that the ball does not; none is above one.
        slope = point == around.Midpoint ? slope : 1;
        var distance = RoundedUp.Add(around.Radius, Math.Max(RoundedUp.Add(around.Midpoint, -point), RoundedUp.Add(point, -around.Midpoint)));
        return new(value.Midpoint, RoundedUp.Add(value.Radius, RoundedUp.Multiply(slope, distance)));
    }
}
