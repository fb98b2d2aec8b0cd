using Harness.Core.Networks;

namespace Harness.Core.Tangents;

/// <summary>The infinite-width limit of <see cref="TangentKernel"/> for <see cref="Convolutional{T}"/>: A and B frozen, the shared filters W₁…W_{L−1} and the dense W_L trained.</summary>
/// <remarks>
/// The convolutional tangent kernel of Arora et al. (arXiv:1904.11955) in this parametrisation. For two inputs, over pairs of positions (j, j'): G₋₁ = ⟨x_j, x'_j'⟩, C_l[j, j'] = (1/q) Σ_a G_{l−1}[Q_j(a), Q_j'(a)],
/// G_l = √(C_l[j, j; x, x] C_l[j', j'; x', x']) κ₁(cos), with cos = C_l over that root; the dense layer has C_L = Σ_j G_{L−1}[j, j]. Signals come back as P_{L−1}[j, j'] = 1{j = j'} κ₀(cos_L) κ₀(cos_{L−1}[j, j]),
/// P_{l−1}[i, i'] = κ₀(cos_{l−1}[i, i']) (1/q) Σ P_l[j, j'] over the readers j of i and j' of i' at a common offset. Then K = (m/2d)(C_L κ₀(cos_L) + q Σ_{l=1}^{L−1} Σ_{j,j'} C_l P_l) for each output, K ⊗ I_d in all.
/// Derivation: docs/derivations.md, "Convolutional limit kernel". Returned scale-free, 2d/m times that.
/// </remarks>
public static class ConvolutionalLimitKernel
{
    /// <summary>Fills the n × n matrix (2d/m)·K^∞.</summary>
    /// <param name="graph">The p positions.</param>
    /// <param name="inputs">n × (c·p), channel by channel as <see cref="Convolutional{T}"/> reads them; no patch of any input may be zero.</param>
    /// <param name="samples">n.</param>
    /// <param name="depth">L ≥ 1.</param>
    /// <param name="kernel">n × n, row-major.</param>
    public static void Compute(PositionGraph graph, ReadOnlySpan<double> inputs, int samples, int depth, Span<double> kernel)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var dimension = inputs.Length / samples;
        var pair = new Pair(graph, depth);
        var variances = new double[samples][];
        for (var i = 0; i < samples; i++)
        {
            variances[i] = pair.Variances(inputs.Slice(i * dimension, dimension));
        }

        for (var i = 0; i < samples; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = pair.Value(inputs.Slice(i * dimension, dimension), inputs.Slice(j * dimension, dimension), variances[i], variances[j]);
                kernel[(i * samples) + j] = value;
                kernel[(j * samples) + i] = value;
            }
        }
    }

    /// <summary>The recursion at one pair of inputs.</summary>
    private sealed class Pair
    {
        private readonly PositionGraph graph;
        private readonly int depth, p, q;
        private readonly double[][] covariances; // C_l, p × p, l = 0…L − 1
        private readonly double[][] cosines;
        private readonly double[] below, signals, above;

        public Pair(PositionGraph graph, int depth)
        {
            (this.graph, this.depth, p, q) = (graph, depth, graph.Positions, graph.Offsets);
            (covariances, cosines) = (new double[depth][], new double[depth][]);
            for (var l = 0; l < depth; l++)
            {
                (covariances[l], cosines[l]) = (new double[p * p], new double[p * p]);
            }

            (below, signals, above) = (new double[p * p], new double[p * p], new double[p * p]);
        }

        /// <summary>C_l[j, j; x, x] for l = 0…L − 1 and, last, C_L: on the diagonal the recursion is linear, as κ₁(1) = 1.</summary>
        public double[] Variances(ReadOnlySpan<double> x)
        {
            var result = new double[(depth * p) + 1];
            var squares = new double[p];
            for (var e = 0; e < x.Length; e++)
            {
                squares[e % p] += x[e] * x[e];
            }

            for (var l = 0; l < depth; l++)
            {
                var layer = result.AsSpan(l * p, p);
                for (var j = 0; j < p; j++)
                {
                    for (var a = 0; a < q; a++)
                    {
                        layer[j] += squares[graph.Read(j, a)] / q;
                    }
                }

                layer.CopyTo(squares);
            }

            foreach (var square in squares)
            {
                result[^1] += square;
            }

            return result;
        }

        public double Value(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> ofX, ReadOnlySpan<double> ofY)
        {
            InnerProducts(x, y);
            for (var l = 0; l < depth; l++)
            {
                Rise(l, ofX.Slice(l * p, p), ofY.Slice(l * p, p));
            }

            var dense = 0.0;
            for (var j = 0; j < p; j++)
            {
                dense += below[(j * p) + j];
            }

            var gate = LimitKernel.Kappa0(dense / Math.Sqrt(ofX[^1] * ofY[^1]));
            var sum = dense * gate;
            signals.AsSpan().Clear();
            for (var j = 0; j < p; j++)
            {
                signals[(j * p) + j] = gate;
            }

            for (var l = depth - 1; l >= 1; l--)
            {
                for (var e = 0; e < signals.Length; e++)
                {
                    signals[e] *= LimitKernel.Kappa0(cosines[l][e]);
                    sum += q * covariances[l][e] * signals[e];
                }

                Fall();
            }

            return sum;
        }

        private void InnerProducts(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            below.AsSpan().Clear();
            for (var channel = 0; channel < x.Length; channel += p)
            {
                for (var e = 0; e < below.Length; e++)
                {
                    below[e] += x[channel + (e / p)] * y[channel + (e % p)];
                }
            }
        }

        /// <summary>C_l from G_{l−1}, and G_l.</summary>
        private void Rise(int l, ReadOnlySpan<double> ofX, ReadOnlySpan<double> ofY)
        {
            var (covariance, cosine) = (covariances[l], cosines[l]);
            for (var e = 0; e < covariance.Length; e++)
            {
                covariance[e] = 0;
                for (var a = 0; a < q; a++)
                {
                    covariance[e] += below[(graph.Read(e / p, a) * p) + graph.Read(e % p, a)] / q;
                }
            }

            for (var e = 0; e < covariance.Length; e++)
            {
                var scale = Math.Sqrt(ofX[e / p] * ofY[e % p]);
                cosine[e] = covariance[e] / scale;
                below[e] = scale * LimitKernel.Kappa1(cosine[e]);
            }
        }

        /// <summary>What positions receive from their readers at a common offset.</summary>
        private void Fall()
        {
            above.AsSpan().Clear();
            for (var e = 0; e < signals.Length; e++)
            {
                for (var a = 0; a < q; a++)
                {
                    above[(graph.Read(e / p, a) * p) + graph.Read(e % p, a)] += signals[e] / q;
                }
            }

            above.CopyTo(signals, 0);
        }
    }
}
