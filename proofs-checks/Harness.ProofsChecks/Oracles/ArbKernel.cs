using Harness.Core.Networks;
using Harness.Core.Tangents;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Kernels of infinite width in Arb's arithmetic, by the recursions over covariances as the papers print them: nothing scale-free, no versines, the same for a cosine of 1.</summary>
/// <param name="negative">φ's slope below zero; above it is 1.</param>
internal sealed class ArbKernel(double negative)
{
    private readonly ArbBall α = negative;

    /// <summary>E φ² of a standard normal variable.</summary>
    public ArbBall SecondMoment => ((α * α) + 1) / 2;

    /// <summary>⟨x, y⟩.</summary>
    public static ArbBall Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ArbBall sum = 0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += (ArbBall)x[k] * y[k];
        }

        return sum;
    }

    /// <summary>NNGP and NTK of a fully connected network.</summary>
    public (ArbBall Process, ArbBall Tangent) FullyConnected(ReadOnlySpan<KernelLayer> layers, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (k, kx, ky) = (Affine(layers[0], Dot(x, y)), Affine(layers[0], Dot(x, x)), Affine(layers[0], Dot(y, y)));
        var θ = layers[0].IsTrained ? k : 0;
        foreach (var layer in layers[1..])
        {
            var (value, derivative) = Dual(k, kx, ky);
            (k, kx, ky) = (Affine(layer, value), Affine(layer, SecondMoment * kx), Affine(layer, SecondMoment * ky));
            θ = (layer.IsTrained ? k : 0) + (layer.WeightVariance * derivative * θ);
        }

        return (k, θ);
    }

    /// <summary>NNGP and NTK of a residual network whose blocks are trained and whose ends are not.</summary>
    public (ArbBall Process, ArbBall Tangent) Residual(int blocks, double scale, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ArbBall a = scale, k = Dot(x, y), θ = 0, kx = Dot(x, x), ky = Dot(y, y);
        for (var l = 0; l < blocks; l++)
        {
            var (value, derivative) = Dual(k, kx, ky);
            var square = a * a / SecondMoment;
            θ += square * (value + (derivative * (k + θ)));
            k += square * value;
            kx *= 1 + (a * a);
            ky *= 1 + (a * a);
        }

        return (k, θ);
    }

    /// <summary>NNGP and NTK of a convolutional network, over all pairs of positions.</summary>
    public (ArbBall Process, ArbBall Tangent) Convolutional(PositionGraph graph, ReadOnlySpan<KernelLayer> layers, KernelReadout readout, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var p = graph.Positions;
        var (k, kx, ky) = (Products(x, y, p), Products(x, x, p), Products(y, y, p));
        var θ = Enumerable.Repeat<ArbBall>(0, p * p).ToArray();
        foreach (var layer in layers[..^1])
        {
            (k, kx, ky, θ) = (Convolved(layer, k), Convolved(layer, kx), Convolved(layer, ky), Convolved(layer with { BiasVariance = 0 }, θ));
            var (next, nextθ) = (new ArbBall[p * p], new ArbBall[p * p]);
            for (var e = 0; e < p * p; e++)
            {
                (next[e], var derivative) = Dual(k[e], kx[e / p * (p + 1)], ky[e % p * (p + 1)]);
                nextθ[e] = derivative * (layer.IsTrained ? θ[e] + k[e] : θ[e]);
            }

            // Of the inputs' own matrices only the diagonals are read, on which κ₁ is 1.
            (k, θ, kx, ky) = (next, nextθ, Array.ConvertAll(kx, variance => SecondMoment * variance), Array.ConvertAll(ky, variance => SecondMoment * variance));
        }

        var pairs = Enumerable.Range(0, p * p).Where(e => readout == KernelReadout.AveragePooling || e % (p + 1) == 0).ToArray();
        ArbBall over = readout == KernelReadout.AveragePooling ? p * p : 1;
        var process = Affine(layers[^1], Sum(pairs.Select(e => k[e])) / over);
        return (process, (layers[^1].IsTrained ? process : 0) + (layers[^1].WeightVariance * Sum(pairs.Select(e => θ[e])) / over));

        ArbBall[] Convolved(KernelLayer layer, ArbBall[] below) => [.. Enumerable.Range(0, p * p).Select(e =>
            Affine(layer, Sum(Enumerable.Range(0, graph.Offsets).Select(a => below[(graph.Read(e / p, a) * p) + graph.Read(e % p, a)])) / graph.Offsets))];
    }

    /// <summary>(2d/m)·K^∞ of the convolutional network whose ends are frozen, over all pairs of positions, with signals that come back from readers (docs/derivations.md, "Convolutional limit kernel").</summary>
    public ArbBall FrozenEnds(PositionGraph graph, int depth, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (p, q) = (graph.Positions, graph.Offsets);
        var (g, gx, gy) = (Products(x, y, p), Products(x, x, p), Products(y, y, p));
        var (covariances, gates) = (new ArbBall[depth][], new ArbBall[depth][]);
        for (var l = 0; l < depth; l++)
        {
            (covariances[l], gates[l], gx, gy) = (Averaged(g), new ArbBall[p * p], Averaged(gx), Averaged(gy));
            g = new ArbBall[p * p];
            for (var e = 0; e < p * p; e++)
            {
                (var value, gates[l][e]) = Dual(covariances[l][e], gx[e / p * (p + 1)], gy[e % p * (p + 1)]);
                g[e] = 2 * value;
                gates[l][e] *= 2;
            }
        }

        var (dense, gate) = (Trace(g), 2 * Dual(Trace(g), Trace(gx), Trace(gy)).Derivative);
        var (sum, signals) = (dense * gate, Enumerable.Range(0, p * p).Select(e => e % (p + 1) == 0 ? gate : 0).ToArray());
        for (var l = depth - 1; l >= 1; l--)
        {
            var received = Enumerable.Repeat<ArbBall>(0, p * p).ToArray();
            for (var e = 0; e < p * p; e++)
            {
                var passed = signals[e] * gates[l][e];
                sum += q * covariances[l][e] * passed;
                for (var a = 0; a < q; a++)
                {
                    received[(graph.Read(e / p, a) * p) + graph.Read(e % p, a)] += passed / q;
                }
            }

            signals = received;
        }

        return sum;

        ArbBall Trace(ArbBall[] matrix) => Sum(Enumerable.Range(0, p).Select(j => matrix[j * (p + 1)]));

        ArbBall[] Averaged(ArbBall[] below) => [.. Enumerable.Range(0, p * p).Select(e => Sum(Enumerable.Range(0, q).Select(a => below[(graph.Read(e / p, a) * p) + graph.Read(e % p, a)])) / q)];
    }

    /// <summary>H^∞ of a two-layer network, E φ′φ′ ⟨x, y⟩.</summary>
    public ArbBall Shallow(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Dual(Dot(x, y), Dot(x, x), Dot(y, y)).Derivative * Dot(x, y);

    /// <summary>E φφ and E φ′φ′ of a normal pair, from κ₁ and κ₀ as printed; zero where a variance is.</summary>
    /// <remarks>
    /// As printed, a ball grows by 1/θ in every layer. So κ₁ is taken at the midpoint of the cosine, exactly, and c's radius added: E φφ/E φ² has a slope between −1 and 1. The arccosine is Hölder, |arccos a − arccos b| ≤ arccos(1 − |a − b|) ≤ (π/2)√(2|a − b|).
    /// </remarks>
    public (ArbBall Value, ArbBall Derivative) Dual(ArbBall k, ArbBall kx, ArbBall ky)
    {
        if (!kx.IsPositive || !ky.IsPositive)
        {
            return (0, 0);
        }

        var scale = ArbBall.Sqrt(kx * ky);
        var cosine = k / scale;
        var c = cosine.Midpoint;
        c = (c - 1).IsPositive ? 1 : (c + 1).IsNegative ? -1 : c;

        // A midpoint beyond ±1 was moved by at most the radius.
        var distance = 2 * cosine.Radius;
        var supplement = ArbBall.Pi - ArbBall.Acos(c);
        var κ0 = (supplement / ArbBall.Pi).Widened(ArbBall.Sqrt(2 * distance) / 2);
        var κ1 = ((c * supplement) + ArbBall.Sqrt(1 - (c * c))) / ArbBall.Pi;
        var value = ((SecondMoment * κ1) - (α * (κ1 - c))).Widened(SecondMoment * distance);
        return (scale * value, (SecondMoment * κ0) + (α * (1 - κ0)));
    }

    private static ArbBall Affine(KernelLayer layer, ArbBall covariance) => (layer.WeightVariance * covariance) + layer.BiasVariance;

    private static ArbBall Sum(IEnumerable<ArbBall> terms) => terms.Aggregate((ArbBall)0, (sum, term) => sum + term);

    private static ArbBall[] Products(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int positions)
    {
        var products = new ArbBall[positions * positions];
        for (var e = 0; e < products.Length; e++)
        {
            products[e] = 0;
            for (var channel = 0; channel < x.Length; channel += positions)
            {
                products[e] += (ArbBall)x[channel + (e / positions)] * y[channel + (e % positions)];
            }
        }

        return products;
    }
}
