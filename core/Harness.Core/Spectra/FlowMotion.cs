namespace Harness.Core.Spectra;

/// <summary>The right side of u′ = g(u) for <see cref="OverparameterisedFlow"/>, and steps along it. Derivation: docs/derivations.md, "Over-parameterised flow".</summary>
/// <param name="λ">λ.</param>
/// <param name="inner">b₀².</param>
/// <param name="growth">c.</param>
/// <param name="depth">D.</param>
/// <param name="end">s_∞ = β_∞².</param>
/// <param name="z">|z| = √Q(s_∞).</param>
internal readonly struct FlowMotion(double λ, double inner, double growth, int depth, double end, double z)
{
    private readonly double βEnd = Math.Sqrt(end);

    /// <summary>Advances from t to <paramref name="until"/> and returns the number of steps tried.</summary>
    public int Advance(ref double t, ref double u, double until, double tolerance)
    {
        var steps = 0;

        // The first step is short against the time that a change by itself takes, 1/g.
        var h = Math.Min(until - t, 0.1 / Speed(u));
        while (t < until && u < Ended)
        {
            h = Math.Min(h, until - t);
            var (next, error) = Step(u, h);
            var allowed = tolerance * Math.Max(next, double.Epsilon);
            steps++;
            if (error <= allowed)
            {
                (t, u) = (t + h == t ? until : t + h, next);
            }

            h *= Factor(error / allowed);
        }

        return steps;
    }

    /// <summary>From here on e^{−u} is below half a unit of one's last bit.</summary>
    private const double Ended = 40;

    /// <summary>Between ⅕ and 5, by 0.9 (error)^{−1/5}, whose root is taken by Newton's method for x⁵ = r.</summary>
    private static double Factor(double error)
    {
        if (!(error < 1800))
        {
            return 0.2;
        }

        if (error < 1.9e-4)
        {
            return 5;
        }

        var x = error > 1 ? error : 1;
        for (var k = 0; k < 40; k++)
        {
            x -= (x - (error / (x * x * x * x))) / 5;
        }

        return 0.9 / x;
    }

    /// <summary>g = a b^D (z − θ)/(β_∞ − β), with the quotient as a divided difference of Q, all of whose terms are positive.</summary>
    private double Speed(double u)
    {
        var x = Saturation.Of(u);
        var (s, β) = (end * x * x, βEnd * x);
        var (outer, outerEnd) = (λ + s, λ + end);
        var (bracket, bracketEnd) = (inner + (growth * s), inner + (growth * end));

        // Product rule of divided differences: [fg] = [f] g(s) + f(s_∞) [g], over f = s(λ + s) and the D brackets in turn.
        var (value, valueEnd, slope) = (s * outer, end * outerEnd, outer + end);
        var power = 1.0;
        for (var k = 0; k < depth; k++)
        {
            slope = (slope * bracket) + (valueEnd * growth);
            (value, valueEnd, power) = (value * bracket, valueEnd * bracketEnd, power * bracket);
        }

        return Math.Sqrt(outer * power) * slope * ((βEnd + β) / (z + Math.Sqrt(value)));
    }

    /// <summary>One step of Dormand and Prince's pair, and the difference of the two orders.</summary>
    private (double Next, double Error) Step(double u, double h)
    {
        var k1 = Speed(u);
        var k2 = Speed(u + (h * (k1 / 5)));
        var k3 = Speed(u + (h * ((3.0 / 40 * k1) + (9.0 / 40 * k2))));
        var k4 = Speed(u + (h * ((44.0 / 45 * k1) - (56.0 / 15 * k2) + (32.0 / 9 * k3))));
        var k5 = Speed(u + (h * ((19372.0 / 6561 * k1) - (25360.0 / 2187 * k2) + (64448.0 / 6561 * k3) - (212.0 / 729 * k4))));
        var k6 = Speed(u + (h * ((9017.0 / 3168 * k1) - (355.0 / 33 * k2) + (46732.0 / 5247 * k3) + (49.0 / 176 * k4) - (5103.0 / 18656 * k5))));
        var next = u + (h * ((35.0 / 384 * k1) + (500.0 / 1113 * k3) + (125.0 / 192 * k4) - (2187.0 / 6784 * k5) + (11.0 / 84 * k6)));
        var k7 = Speed(next);
        var error = h * Math.Abs((71.0 / 57600 * k1) - (71.0 / 16695 * k3) + (71.0 / 1920 * k4) - (17253.0 / 339200 * k5) + (22.0 / 525 * k6) - (k7 / 40));
        return (next, error);
    }
}
