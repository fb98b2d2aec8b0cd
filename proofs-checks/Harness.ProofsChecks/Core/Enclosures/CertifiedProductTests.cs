using System.Numerics;
using Harness.Claims.Fuzzing;
using Harness.Core.Enclosures;
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
        () => CertifiedProduct.Multiply(new Weights<T>(1, 2), new BallSpan<T>(new T[2], new T[2]), new BallSpan<T>(new T[1], new T[1]), 1, 1, new T[1]), Throws.ArgumentException.With.Message.Contains("scratch"));

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
