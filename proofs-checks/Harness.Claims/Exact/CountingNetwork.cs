using Harness.Core.Networks;
using Harness.Core.Numerics;
using static Harness.Claims.Exact.CountingLoops;

namespace Harness.Claims.Exact;

/// <summary>The fully connected network of arXiv:1811.03962 written straight from section 2 and Fact 2.6 in loops that count; batches are columns.</summary>
internal sealed class CountingNetwork
{
    private readonly double[,] a, b;
    private readonly double[][,] w, g, h, u;

    /// <summary>A copy of the network's weights.</summary>
    public CountingNetwork(FullyConnected<double> network)
    {
        (a, b) = (Copy(network.Input), Copy(network.Output));
        w = [.. Enumerable.Range(1, network.Depth).Select(l => Copy(network.Hidden(l)))];
        g = new double[network.Depth + 1][,];
        h = new double[network.Depth + 1][,];
        u = new double[network.Depth + 1][,];
    }

    /// <summary>The counter.</summary>
    public CountingLoops Loops { get; } = new();

    /// <summary>W_l, l = 1…L.</summary>
    public double[,] Hidden(int layer) => w[layer - 1];

    /// <summary>y, d × n, for inputs 𝔡 × n.</summary>
    public double[,] Forward(double[,] x)
    {
        for (var l = 0; l <= w.Length; l++)
        {
            g[l] = l == 0 ? Loops.Product(a, x) : Loops.Product(w[l - 1], h[l - 1]);
            h[l] = Map(g[l], g[l], (pre, value) => pre > 0 ? value : 0);
        }

        return Loops.Product(b, h[^1]);
    }

    /// <summary>u_l for l = L…1 from v, d × n.</summary>
    public void Backward(double[,] v)
    {
        for (var l = w.Length; l >= 1; l--)
        {
            var arriving = l == w.Length ? Loops.TransposedProduct(b, v) : Loops.TransposedProduct(w[l], u[l + 1]);
            u[l] = Map(g[l], arriving, (pre, value) => pre >= 0 ? value : 0);
        }
    }

    /// <summary>½‖Y − Y*‖², and one step W_l ← W_l − η·U_l·H_{l−1}ᵀ in every layer.</summary>
    public double Step(double[,] x, double[,] targets, double η)
    {
        var v = Map(Forward(x), targets, (output, target) => output - target);
        var samples = Enumerable.Range(0, v.GetLength(1));
        var loss = Loops.SumOfSquares(samples.SelectMany(i => Enumerable.Range(0, v.GetLength(0)).Select(j => v[j, i]))) / 2;
        Backward(v);
        for (var l = 1; l <= w.Length; l++)
        {
            w[l - 1] = Loops.AddOuterProduct(w[l - 1], -η, u[l], h[l - 1]);
        }

        return loss;
    }

    /// <summary>The tangent kernel, row (i, j) at i·d + j.</summary>
    public double[,] TangentKernel(double[,] x)
    {
        var d = b.GetLength(0);
        var columns = x.GetLength(1) * d;
        Forward(Fill(x.GetLength(0), columns, (k, column) => x[k, column / d]));
        Backward(Fill(d, columns, (j, column) => column % d == j ? 1 : 0));
        var kernel = new double[columns, columns];
        for (var l = 1; l <= w.Length; l++)
        {
            kernel = Loops.AddHadamard(kernel, Loops.Gram(h[l - 1]), Loops.Gram(u[l]));
        }

        return kernel;
    }

    private static double[,] Copy(Weights<double> weights) => Fill(weights.Rows, weights.Columns, (i, j) => weights[i, j]);

    private static double[,] Map(double[,] p, double[,] q, Func<double, double, double> f) =>
        Fill(p.GetLength(0), p.GetLength(1), (i, j) => f(p[i, j], q[i, j]));
}
