using System.Numerics;
using System.Runtime.Intrinsics;
using Harness.Claims.Exact;
using Harness.Claims.Fuzzing;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>Certified products: a radius near the theory's, and none where the sum overflows. What the balls hold is fuzzed.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class CertifiedProductTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static double U => typeof(T) == typeof(double) ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24);

    [Test]
    public void Product_OrdinaryNumbers_RadiusIsTheAPrioriBound([Values] bool transposed)
    {
        const int K = 64, N = 8;
        var draw = new HardNumbers(NumberKind.Ordinary, K, K, 1);
        var (w, elements) = Weights(draw);
        var (x, r, z, rz) = (draw.Draw<T>("x", K * N), new T[K * N], new T[K * N], new T[K * N]);
        for (var i = 0; i < r.Length; i++)
        {
            r[i] = T.CreateTruncating(i % 2 == 0 ? 0 : 1e-3);
        }

        Multiply(w, transposed, x, r, z, rz, N, N);
        for (var at = 0; at < rz.Length; at++)
        {
            var (i, s) = (at / N, at % N);
            var bound = Enumerable.Range(0, K).Sum(k => Math.Abs(double.CreateTruncating(elements[transposed ? (k * K) + i : (i * K) + k]))
                * ((K * U * Math.Abs(double.CreateTruncating(x[(k * N) + s]))) + double.CreateTruncating(r[(k * N) + s])));

            // K + 3 roundings upwards each way and their inflation: 2(K + 4) steps of u and their second order.
            Assert.That(double.CreateTruncating(rz[at]), Is.InRange(bound * (1 - (4 * K * U)), bound * (1 + (4 * (K + 4) * U))));
        }
    }

    [Test]
    public void Product_OverflowOnTheWay_StatesNothing()
    {
        // The partial sum overflows to −∞ although the last term makes the exact sum finite and positive.
        var (w, largest) = (new Weights<T>(1, 3), T.BitDecrement(T.PositiveInfinity));
        w.CopyFrom([-T.One, -T.One, T.One + T.One + T.One]);
        T[] z = new T[1], r = new T[1];
        CertifiedProduct.Multiply(w, new BallSpan<T>([largest, largest, largest], [T.Zero, T.Zero, T.Zero]), new BallSpan<T>(z, r), 1, 1, new T[3]);
        Assert.That(T.IsFinite(r[0]), Is.False);
    }

    [Test]
    public void Product_ScratchTooShort_Throws() => Assert.That(
        () => CertifiedProduct.Multiply(new Weights<T>(1, 2), new BallSpan<T>(new T[2], new T[2]), new BallSpan<T>(new T[1], new T[1]), 1, 1, new T[1]),
        Throws.ArgumentException.With.Message.Contains("as much scratch as its operand has elements, 2; the span has 1."));

    /// <summary>A position receives what q readers send, each with its error, and the rounding of q − 1 additions.</summary>
    [Test]
    public void Scatter_OrdinaryBalls_HoldsTheSumsAndStatesTheirErrors()
    {
        const int Channels = 2, Stride = 16;
        var graph = PositionGraph.Ring(5, 3);
        var (p, q, draw) = (graph.Positions, graph.Offsets, new HardNumbers(NumberKind.Ordinary, 6, 80, 3));
        var (patches, errors) = (draw.Draw<T>("patches", Channels * q * p * Stride), Array.ConvertAll(draw.Draw<T>("radii", Channels * q * p * Stride), r => T.Abs(r) / T.CreateTruncating(1000)));
        T[] sums = new T[Channels * p * Stride], radii = new T[sums.Length];
        CertifiedProduct.Scatter(graph, new BallSpan<T>(patches, errors), new BallSpan<T>(sums, radii), Stride, new T[patches.Length]);
        var (exact, received, magnitudes) = (new Dyadic[sums.Length], new double[sums.Length], new double[sums.Length]);
        for (var at = 0; at < patches.Length; at++)
        {
            var (row, j, s) = (at / (p * Stride), at / Stride % p, at % Stride);
            var to = (((row / q * p) + graph.Read(j, row % q)) * Stride) + s;
            exact[to] += Judge.Exactly(patches[at]);
            received[to] += double.CreateTruncating(errors[at]);
            magnitudes[to] += Math.Abs(double.CreateTruncating(patches[at]));
        }

        for (var at = 0; at < sums.Length; at++)
        {
            // What is not known of the patches, moved to the edge of their balls, must still be held.
            var (away, radius) = (Dyadic.Abs(Judge.Exactly(sums[at]) - exact[at]) + Dyadic.Exactly(received[at] * (1 - 1e-15)), double.CreateTruncating(radii[at]));
            Assert.That(away <= Dyadic.Exactly(radius));
            Assert.That(radius, Is.LessThanOrEqualTo((received[at] + (4 * U * magnitudes[at])) * (1 + (20 * U))));
        }
    }

    /// <summary>v ≥ (1 − u)⁻⁽ᴷ⁺¹⁾ (γ_K |x̂| + r) also where Ku is no longer small: the power is at least 1 + (K + 1)u.</summary>
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(1 << 21)]
    public void Spread_AnyNumberOfTerms_OutweighsWhatRoundingTakesAway(int terms)
    {
        var rounding = new ProductRounding<T>(terms);
        var (power, γ) = (1 + ((terms + 1) * U), terms * U / (1 - (terms * U)));
        Assert.That(Of(1, 0), Is.InRange(γ * power * (1 - 1e-14), γ * power * power * power * (1 + (8 * U))));
        Assert.That(Of(0, 1), Is.InRange(power * (1 - 1e-14), power * power * power * (1 + (8 * U))));

        double Of(double midpoint, double radius) => double.CreateTruncating(rounding.Spread(Vector512.Create(T.CreateTruncating(midpoint)), Vector512.Create(T.CreateTruncating(radius)))[0]);
    }

    private static (Weights<T> Weights, T[] Elements) Weights(HardNumbers draw)
    {
        var (w, elements) = (new Weights<T>(draw.Rows, draw.Columns), draw.Draw<T>("w", draw.Rows * draw.Columns));
        w.CopyFrom(elements);
        return (w, elements);
    }

    private static void Multiply(Weights<T> w, bool transposed, T[] x, T[] r, T[] z, T[] rz, int n, int stride)
    {
        var from = new BallSpan<T>(x, r);
        var to = new BallSpan<T>(z, rz);
        if (transposed)
        {
            CertifiedProduct.MultiplyTransposed(w, from, to, n, stride, new T[x.Length]);
        }
        else
        {
            CertifiedProduct.Multiply(w, from, to, n, stride, new T[x.Length]);
        }
    }
}
