using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>Gauss–Legendre quadrature of any order: ∫₋₁¹ f = Σ wᵢ f(xᵢ), exact for polynomials of degree 2n − 1.</summary>
/// <remarks>
/// Newton's iteration on P_n in the variable y = 1 − x, from Tricomi's asymptotic nodes cos((4k − 1)π/(4n + 2)). The three-term recurrence runs on P_k and the differences D_k = P_k − P_{k−1},
/// D_{k+1} = (k D_k − (2k + 1) y P_k)/(k + 1), which lose nothing as x → 1; and P′_n = n(yP_n − D_n)/(y(2 − y)), w = 2y(2 − y)/(n(yP_n − D_n))².
/// <para>Error: |x̂ᵢ − xᵢ| ≤ 12u to first order in u, whatever the order n (docs/derivations.md, "Gauss–Legendre nodes"); u = 2⁻⁵³. Weights and the distances 1 − |x| are relatively accurate: within 10⁻¹² at
/// n = 3,000 by comparison with 40 digits. Cost: n²/2 steps of the recurrence for each of five or six iterations, eight nodes at a time.</para>
/// <para>No function of the platform's library is called, so the bits are the same everywhere.</para>
/// </remarks>
public static partial class GaussLegendre
{
    private const int IterationLimit = 12;

    /// <summary>Fills a rule on [−1, 1].</summary>
    /// <param name="nodes">Receives the n nodes, ascending and symmetric to the bit.</param>
    /// <param name="weights">Receives the n weights, of sum 2.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(Span<double> nodes, Span<double> weights)
    {
        var n = nodes.Length;
        if (weights.Length != n)
        {
            throw new ArgumentException($"A rule has as many weights as nodes; got {n} and {weights.Length}.", nameof(weights));
        }

        var lanes = Vector512<double>.Count;
        for (var first = 0; first < (n + 1) / 2; first += lanes)
        {
            var (y, w) = Solve(n, Start(n, first));
            for (var k = first; k < Math.Min(first + lanes, (n + 1) / 2); k++)
            {
                // The middle node of an odd rule is zero.
                var x = 2 * k == n - 1 ? 0 : 1 - y[k - first];
                (nodes[k], nodes[n - 1 - k]) = (-x, x);
                (weights[k], weights[n - 1 - k]) = (w[k - first], w[k - first]);
            }
        }
    }

    /// <summary>Moves a rule from [−1, 1] to [<paramref name="a"/>, <paramref name="b"/>].</summary>
    /// <param name="nodes">The nodes, replaced.</param>
    /// <param name="weights">The weights, replaced.</param>
    /// <param name="a">Left end.</param>
    /// <param name="b">Right end.</param>
    public static void Map(Span<double> nodes, Span<double> weights, double a, double b)
    {
        var (centre, half) = ((a + b) / 2, (b - a) / 2);
        foreach (ref var x in nodes)
        {
            x = Math.FusedMultiplyAdd(half, x, centre);
        }

        foreach (ref var w in weights)
        {
            w *= half;
        }
    }

    /// <summary>y of the nodes first + 1, first + 2, … counted from x = 1 downwards: 2 sin²(φ/2), φ = (4k − 1)π/(4n + 2). Lanes beyond the middle repeat it.</summary>
    private static Vector512<double> Start(int n, int first)
    {
        var k = Vector512.Min(Vector512<double>.Indices + Vector512.Create(first + 1.0), Vector512.Create((n + 1) / 2 * 1.0));
        var turns = ((k * Vector512.Create(4.0)) - Vector512<double>.One) / Vector512.Create(4 * ((4.0 * n) + 2));
        var (_, sine) = ElementaryFunctions.CosSinOfTurn(turns);
        return Vector512.Create(2.0) * sine * sine;
    }

    private static (Vector512<double> Y, Vector512<double> Weight) Solve(int n, Vector512<double> y)
    {
        for (var iteration = 0; ; iteration++)
        {
            var (p, g) = Evaluate(n, y);
            var width = y * (Vector512.Create(2.0) - y);
            var step = p * width / (g * Vector512.Create((double)n));
            y += step;

            // Newton squares the relative error, so that after a step of 2⁻³⁰ nothing is left of it.
            if (Vector512.LessThanAll(Vector512.Abs(step), y * Vector512.Create(9.3e-10)) || iteration == IterationLimit)
            {
                break;
            }
        }

        var slope = Evaluate(n, y).G * Vector512.Create((double)n);
        return (y, Vector512.Create(2.0) * y * (Vector512.Create(2.0) - y) / (slope * slope));
    }

    /// <summary>P_n and yP_n − D_n = P_{n−1} − xP_n.</summary>
    private static (Vector512<double> P, Vector512<double> G) Evaluate(int n, Vector512<double> y)
    {
        var (p, d) = (Vector512<double>.One - y, -y);
        for (var k = 1; k < n; k++)
        {
            d = Vector512.FusedMultiplyAdd(-(y * Vector512.Create((2.0 * k) + 1)), p, d * Vector512.Create((double)k)) / Vector512.Create(k + 1.0);
            p += d;
        }

        return (p, Vector512.FusedMultiplyAdd(y, p, -d));
    }
}
