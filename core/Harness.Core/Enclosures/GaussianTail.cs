using Harness.Core.Spectra;

namespace Harness.Core.Enclosures;

/// <summary>Density and upper tail of the standard normal law with proven radii, by quadrature.</summary>
internal static class GaussianTail
{
    /// <summary>Beyond this a tail is below 10⁻¹⁹⁶.</summary>
    private const double Far = 30;

    /// <summary>1/√(2π), within half an ulp.</summary>
    private static Ball Normaliser => new(0.3989422804014327, 2.8e-17);

    /// <summary>ϕ(a).</summary>
    public static Ball Density(Ball a) => Normaliser * Ball.Exp(-(Ball.Square(a) * Ball.Exactly(0.5)));

    /// <summary>Q(a) = P(z &gt; a).</summary>
    public static Ball Upper(Ball a)
    {
        if (!a.IsRigorous)
        {
            return Ball.Unbounded(double.NaN);
        }

        if (Math.Abs(a.Midpoint) + a.Radius > Far)
        {
            // Q decreases: its values over the ball lie between those at Far and at the ball's lower end, seen from either side.
            return a.Lower > Far ? new(0, 1e-190) : a.Upper < -Far ? new(1, 1e-190) : new(0.5, 0.5);
        }

        // ∫₀^|a| in steps of at most one half. On an ellipse of ρ = 4.2 about a step the imaginary part is below ½, so |ϕ| ≤ 0.4 e^{1/8} < 1.
        var length = Math.Abs(a.Midpoint);
        var steps = (int)Math.Ceiling(2 * length);
        var sum = Ball.Exactly(0);
        for (var step = 0; step < steps; step++)
        {
            var half = Ball.Exactly(length) / Ball.Exactly(2 * steps);
            var middle = half * Ball.Exactly((2 * step) + 1);
            var part = Ball.Exactly(0);
            for (var k = 0; k < GaussLegendre.EnclosedNodes; k++)
            {
                var (node, weight) = GaussLegendre.Enclosed(k);
                part += weight * Density(middle + (half * node));
            }

            sum += half * new Ball(part.Midpoint, RoundedUp.Add(part.Radius, GaussLegendre.EnclosedError));
        }

        // |Q′| ≤ 0.4.
        var tail = Ball.Exactly(0.5) - (a.Midpoint >= 0 ? sum : -sum);
        return new(tail.Midpoint, RoundedUp.Add(tail.Radius, RoundedUp.Multiply(0.4, a.Radius)));
    }
}
