using Harness.Core.Networks;
using Harness.Core.Spectra;

namespace Harness.Core.Enclosures;

/// <summary>E φ(u)φ(v) and E φ′(u)φ′(v) of a piecewise affine φ with any number of kinks, for jointly normal u, v of deviations σ, σ′ and correlation cos θ, with proven radii.</summary>
/// <remarks>
/// F(cos θ) = E φ(u)φ(v) has F″ = (σσ′/2π) Σ δᵢδⱼ e^{−q}/sin θ over pairs of kinks (Plackett), δ the jumps of the slope, so from the parallel end, where one normal variable remains,
/// F′ = F′(1) − (σσ′/2π) Σ δᵢδⱼ ∫₀^θ e^{−q} and F = F(1) − (1 − cos θ)F′(1) + (σσ′/2π) Σ δᵢδⱼ ∫₀^θ (cos z − cos θ) e^{−q} dz. In τ = tan(z/2) all is rational but e^{−q}, q = ((1 + τ²)/8)((a − b)²/τ² + (a + b)²) with a = tᵢ/σ, b = tⱼ/σ′,
/// and |e^{−q}| ≤ 1 where |arg τ| ≤ π/4: steps that halve towards zero keep their ellipses in that sector. Obtuse angles are those of φ(u) and φ(−(−v)). Derivation: docs/derivations.md, "Infinite-width kernels".
/// </remarks>
internal static class CertifiedPiecewiseDual
{
    /// <summary>Halvings after which what is left of an integral is below 2⁻⁶⁰ of it.</summary>
    private const int Halvings = 60;

    /// <summary>1/(2π).</summary>
    private static Ball InverseTurn => Ball.Exactly(0.5) / Ball.Pi;

    /// <summary>E φ(σz)².</summary>
    public static Ball SecondMoment(PiecewiseAffine φ, Ball σ)
    {
        var form = new Ramps(φ, 1);
        return Parallel(form, σ, form, σ).Value;
    }

    /// <summary>E φφ, E φ′φ′, and E (φ(u) − φ(v))², which is relatively accurate at small angles and equal deviations where it comes from the same end.</summary>
    public static (Ball Value, Ball Derivative, Ball Distance) Evaluate(PiecewiseAffine φ, Ball σ, Ball σPrime, CertifiedCosine c, Ball second, Ball secondPrime)
    {
        var acute = c.Versine.Midpoint <= 1;
        var (left, right) = (new Ramps(φ, 1), new Ramps(φ, acute ? 1 : -1));
        var (versine, vercosine) = acute ? (c.Versine, c.Vercosine) : (c.Vercosine, c.Versine);
        var (value, derivative) = Parallel(left, σ, right, σPrime);

        // Versines are at least zero; a ball that reaches below would have no root.
        var ratio = Ball.Max(versine, Ball.Exactly(0)) / vercosine;
        var (first, moment) = (Ball.Exactly(0), Ball.Exactly(0));
        var t = Ball.Sqrt(ratio);
        for (var i = 0; i < left.Count; i++)
        {
            for (var j = 0; j < right.Count; j++)
            {
                var (zeroth, weighted) = Integrals(left.Kink(i) / σ, right.Kink(j) / σPrime, t);
                var jumps = left.Jump(i) * right.Jump(j);
                (first, moment) = (first + (jumps * zeroth), moment + (jumps * weighted));
            }
        }

        var product = σ * σPrime;
        var fall = product * ((versine * derivative) - (InverseTurn * moment));
        derivative -= InverseTurn * first;
        value -= fall;
        if (!acute)
        {
            return (value, -derivative, second + secondPrime - (Ball.Exactly(2) * value));
        }

        // At the parallel end E (φ(σz) − φ(σ′z))² lies between zero and Lip² (σ − σ′)²; the difference of moments knows it to some u. The narrower one.
        var half = Ball.Square(left.Lipschitz * (σ - σPrime)).Upper / 2;
        var moments = second + secondPrime - (Ball.Exactly(2) * (value + fall));
        return (value, derivative, (half < moments.Radius ? new Ball(half, half) : moments) + (Ball.Exactly(2) * fall));
    }

    /// <summary>∫₀^θ e^{−q} dz and ∫₀^θ (cos z − cos θ) e^{−q} dz up to tan(θ/2) = T ≤ 1.</summary>
    private static (Ball Zeroth, Ball Weighted) Integrals(Ball a, Ball b, Ball t)
    {
        var (one, two, eighth) = (Ball.Exactly(1), Ball.Exactly(2), Ball.Exactly(0.125));
        var (difference, sum) = (eighth * Ball.Square(a - b), eighth * Ball.Square(a + b));
        var (zeroth, weighted) = (Ball.Exactly(0), Ball.Exactly(0));
        var (square, upper) = (Ball.Square(t), t);
        for (var step = 0; step < Halvings; step++)
        {
            var half = upper * Ball.Exactly(0.25);
            var middle = Ball.Exactly(3) * half;
            var (part, other) = (Ball.Exactly(0), Ball.Exactly(0));
            for (var k = 0; k < GaussLegendre.EnclosedNodes; k++)
            {
                var (node, weight) = GaussLegendre.Enclosed(k);
                var τ = Ball.Square(middle + (half * node));
                var grown = one + τ;
                var density = weight * Ball.Exp(-(grown * ((difference / τ) + sum))) * two / grown;
                (part, other) = (part + density, other + (density * two * (square - τ) / (grown * (one + square))));
            }

            // In the sector |1 + τ²| ≥ 1 and |τ| ≤ 1.31T: the integrands are at most 2 and 12T².
            zeroth += half * Widened(part, 2 * GaussLegendre.EnclosedError);
            weighted += half * Widened(other, RoundedUp.Multiply(12 * GaussLegendre.EnclosedError, square.Upper));
            upper *= Ball.Exactly(0.5);
        }

        // What is left is between zero and twice, or four T² times, its length.
        var rest = upper.Upper;
        return (zeroth + new Ball(rest, rest), weighted + (Ball.Exactly(2) * square * new Ball(rest, rest)));
    }

    /// <summary>E φ(σz)φ̃(σ′z) and E φ′φ̃′ of one normal variable.</summary>
    private static (Ball Value, Ball Derivative) Parallel(Ramps left, Ball σ, Ramps right, Ball σPrime)
    {
        var (value, derivative) = ((left.Constant * right.Constant) + (left.Slope * right.Slope * σ * σPrime), left.Slope * right.Slope);
        AddSingle(left, σ, right, σPrime, ref value, ref derivative);
        AddSingle(right, σPrime, left, σ, ref value, ref derivative);
        for (var i = 0; i < left.Count; i++)
        {
            for (var j = 0; j < right.Count; j++)
            {
                var (a, b) = (left.Kink(i) / σ, right.Kink(j) / σPrime);
                var (smaller, larger) = (Ball.Min(a, b), Ball.Max(a, b));
                var (jumps, tail) = (left.Jump(i) * right.Jump(j), NormalDistribution.UpperTail(larger));

                // E (z − a)₊(z − b)₊ = (1 + ab)Q(max) − min ϕ(max).
                value += jumps * σ * σPrime * (((Ball.Exactly(1) + (a * b)) * tail) - (smaller * NormalDistribution.Density(larger)));
                derivative += jumps * tail;
            }
        }

        return (value, derivative);
    }

    /// <summary>The affine part of one with the ramps of the other: E (z − b)₊ = ϕ(b) − bQ(b), E z(z − b)₊ = Q(b).</summary>
    private static void AddSingle(Ramps affine, Ball σ, Ramps ramps, Ball σPrime, ref Ball value, ref Ball derivative)
    {
        for (var j = 0; j < ramps.Count; j++)
        {
            var b = ramps.Kink(j) / σPrime;
            var tail = NormalDistribution.UpperTail(b);
            value += ramps.Jump(j) * σPrime * ((affine.Constant * (NormalDistribution.Density(b) - (b * tail))) + (affine.Slope * σ * tail));
            derivative += affine.Slope * ramps.Jump(j) * tail;
        }
    }

    private static Ball Widened(Ball x, double by) => new(x.Midpoint, RoundedUp.Add(x.Radius, by));

    /// <summary>φ(±z) as c + sz + Σ δⱼ(z − tⱼ)₊.</summary>
    private readonly struct Ramps
    {
        private readonly PiecewiseAffine φ;
        private readonly bool reflected;

        public Ramps(PiecewiseAffine φ, int sign)
        {
            (this.φ, reflected) = (φ, sign < 0);
            Slope = Ball.Exactly(reflected ? -φ.Slopes[^1] : φ.Slopes[0]);

            // On the right-most piece of φ the constant is b − Σ δⱼtⱼ; a reflection has changed the sign of tⱼ.
            Constant = Ball.Exactly(φ.Intercept);
            for (var j = 0; reflected && j < Count; j++)
            {
                Constant += Jump(j) * Kink(j);
            }
        }

        public int Count => φ.Breakpoints.Length;

        public Ball Constant { get; }

        public Ball Slope { get; }

        public Ball Lipschitz => Ball.Exactly(φ.LargestSlope);

        public Ball Kink(int j) => Ball.Exactly(reflected ? -φ.Breakpoints[^(j + 1)] : φ.Breakpoints[j]);

        /// <summary>A reflection changes the sign of a slope and the side of a jump: the jump stays.</summary>
        public Ball Jump(int j)
        {
            var at = reflected ? Count - 1 - j : j;
            return Ball.Exactly(φ.Slopes[at + 1]) - Ball.Exactly(φ.Slopes[at]);
        }
    }
}
