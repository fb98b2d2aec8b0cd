namespace Harness.Core.Spectra;

/// <summary>
/// Gradient flow on ½(z − a b^D β)² from a = √λ, b = b₀, β = 0: one coordinate of over-parameterised spectral learning (Li and Lin, NeurIPS 2024; arXiv:2509.20294, section 5).
/// </summary>
/// <remarks>
/// a² − β² = λ and b² − cβ² = b₀², c = D (tied) or 1 (untied), hold along the flow, so one unknown is left, s = β², and θ² = Q(s) = s(λ + s)(b₀² + cs)^D. Everything is computed for |z| and given its sign at the end.
/// Derivation: docs/derivations.md, "Over-parameterised flow".
/// </remarks>
public readonly struct OverparameterisedFlow
{
    private readonly double λ;
    private readonly double inner;
    private readonly double growth;
    private readonly int depth;

    /// <summary>The flow of a coordinate.</summary>
    /// <param name="eigenvalue">λ &gt; 0.</param>
    /// <param name="depth">D ≥ 0.</param>
    /// <param name="initial">b₀ &gt; 0; not read for D = 0.</param>
    /// <param name="layers">Whether the inner factors are one parameter or D.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ or b₀ is not positive, or D is negative.</exception>
    public OverparameterisedFlow(double eigenvalue, int depth = 0, double initial = 1, InnerLayers layers = InnerLayers.Tied)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eigenvalue);
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initial);
        (λ, this.depth, inner, growth) = (eigenvalue, depth, initial * initial, layers == InnerLayers.Tied ? depth : 1);
    }

    /// <summary>The closed form at D = 0.</summary>
    /// <remarks>
    /// With S = √(4z² + λ²), y₊ = (2|z| + S)/λ and E = e^{−St}: y − 1 = (y₊ − 1)(1 − E)/(1 + y₊(y₊ − 1)E/(y₊ + 1)), |θ| = (λ/4)(y − 1)(y + 1)/y and a² = (λ/4)(y + 1)²/y. No two numbers of like size are subtracted, so both are
    /// within (40 + 4St)u of the truth, relative, for every λ &gt; 0 (St at most 745, where E vanishes; the exponent's own rounding is 4Stu) where nothing overflows.
    /// </remarks>
    /// <param name="target">z.</param>
    /// <param name="time">t ≥ 0; may be infinite.</param>
    /// <exception cref="InvalidOperationException">D is not 0.</exception>
    public FlowPoint ClosedForm(double target, double time)
    {
        if (depth != 0)
        {
            throw new InvalidOperationException($"Only D = 0 has a closed form; D is {depth}. Use {nameof(Integrate)} for the path and {nameof(Endpoint)} for its end.");
        }

        var z = Math.Abs(target);
        if (z == 0)
        {
            return new(0, λ);
        }

        var s = Math.Sqrt((4 * z * z) + (λ * λ));
        var excess = ((2 * z) + (4 * z * z / (s + λ))) / λ;
        var (saturation, decay) = Saturation.Split(s * time);
        var top = 1 + excess;
        var above = excess * saturation / (1 + (top * excess / (top + 1) * decay));
        var y = 1 + above;
        return new(Math.CopySign(λ / 4 * above * (y + 1) / y, target), λ / 4 * (y + 1) * (y + 1) / y);
    }

    /// <summary>Where the flow ends: θ = z, and the eigenvalue (λ + s)(b₀² + cs)^D at the root s of Q(s) = z².</summary>
    /// <remarks>The root by Newton's method from above, monotone because Q is convex and rises; s has a relative error of at most (D + 8)u, the eigenvalue of at most (2D + 2)(D + 8)u.</remarks>
    /// <param name="target">z.</param>
    public FlowPoint Endpoint(double target)
    {
        var s = Root(Math.Abs(target));
        return new(target, (λ + s) * Power(inner + (growth * s)));
    }

    /// <summary>The path at rising times, for any D.</summary>
    /// <remarks>
    /// With β_∞ the end of β and u = −ln(1 − β/β_∞), u′ = g where g is smooth, positive, bounded and computed without cancellation: the fast decay to the end, which makes the flow itself stiff, has become uniform motion.
    /// u is advanced by Dormand and Prince's pair of orders 5 and 4 (J. Comput. Appl. Math. 6, 1980) with a local error of at most <paramref name="tolerance"/> · max(u, ε) a step.
    /// </remarks>
    /// <param name="target">z.</param>
    /// <param name="times">t ≥ 0, rising.</param>
    /// <param name="points">Receives a point a time.</param>
    /// <param name="tolerance">Relative tolerance of a step, 10⁻¹³ to 10⁻².</param>
    /// <returns>Number of steps, the rejected ones included.</returns>
    /// <exception cref="ArgumentException">Times fall or are negative, or are more than the points.</exception>
    public int Integrate(double target, ReadOnlySpan<double> times, Span<FlowPoint> points, double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tolerance, 1e-13);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tolerance, 1e-2);
        var z = Math.Abs(target);
        var end = Root(z);
        var motion = new FlowMotion(λ, inner, growth, depth, end, z);
        var (steps, t, u) = (0, 0.0, 0.0);
        for (var i = 0; i < times.Length; i++)
        {
            if (!(times[i] >= t))
            {
                throw new ArgumentException($"Times of a path rise from 0; {times[i]} comes after {t}.", nameof(times));
            }

            steps += z == 0 ? 0 : motion.Advance(ref t, ref u, times[i], tolerance);
            t = times[i];
            var x = Saturation.Of(u);
            var s = end * x * x;
            var (outer, power) = (λ + s, Power(inner + (growth * s)));
            points[i] = new(Math.CopySign(Math.Sqrt(s * outer * power), target), outer * power);
        }

        return steps;
    }

    /// <summary>The root of Q(s) = z².</summary>
    private double Root(double z)
    {
        if (z == 0)
        {
            return 0;
        }

        // Q(s) ≥ s·λ·b₀^{2D} and Q(s) ≥ s²·b₀^{2D} bound the root from above.
        var floor = Power(inner);
        var s = Math.Min(z / Math.Sqrt(floor), z * (z / (λ * floor)));
        while (true)
        {
            // Newton on Q(s) − z² in units of Q: Q′/Q = 1/s + 1/(λ + s) + Dc/(b₀² + cs).
            var bracket = inner + (growth * s);
            var ratio = z / (s * (λ + s) * Power(bracket)) * z;
            var next = s - ((1 - ratio) / ((1 / s) + (1 / (λ + s)) + (depth * growth / bracket)));
            if (!(next < s))
            {
                return s;
            }

            s = next;
        }
    }

    private double Power(double x)
    {
        var power = 1.0;
        for (var k = 0; k < depth; k++)
        {
            power *= x;
        }

        return power;
    }
}
