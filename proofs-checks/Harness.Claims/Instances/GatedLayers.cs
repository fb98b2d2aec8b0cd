using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>
/// The linear maps between the layers of a network with gates of one's choice: W_b Γ_{b−1} W_{b−1} ⋯ Γ_a W_a, with Γ_l = D_{i,l} for the maps of the paper's Lemmas 7.3 and 7.4 and Γ_l = D_{i,l} + D′_{i,l} for those of section 8.
/// </summary>
/// <param name="network">W_l and B; they may be changed between calls.</param>
/// <param name="gates">Γ_0 … Γ_L, the diagonals.</param>
public sealed class GatedLayers(Network<double> network, double[][] gates)
{
    /// <summary>Steps of the power method: a random product's norm is then within a few per cent, from below.</summary>
    private const int Steps = 12;

    /// <summary>The gates of one sample, D_{i,l} for l = 0…L, from the forward pass that the instance's state holds.</summary>
    public static double[][] GatesOf(NetworkInstance instance, int sample) =>
        [.. Enumerable.Range(0, instance.Trial.L + 1).Select(l => Array.ConvertAll(instance.Column(instance.State.PreActivations(l), sample), g => g >= 0 ? 1.0 : 0.0))];

    /// <summary>W_b Γ_{b−1} ⋯ Γ_a W_a V.</summary>
    /// <param name="from">a.</param>
    /// <param name="to">b ≥ a.</param>
    /// <param name="v">V, m × columns, row-major.</param>
    /// <param name="columns">Columns of V.</param>
    public double[] Apply(int from, int to, double[] v, int columns = 1)
    {
        for (var l = from; l <= to; l++)
        {
            var image = new double[v.Length];
            network.Hidden(l).Multiply(v, image, columns, columns);
            if (l < to)
            {
                Gate(l, image, columns);
            }

            v = image;
        }

        return v;
    }

    /// <summary>W_aᵀ Γ_a ⋯ Γ_{b−1} W_bᵀ U.</summary>
    /// <param name="from">a.</param>
    /// <param name="to">b ≥ a.</param>
    /// <param name="u">U, m × columns, row-major.</param>
    /// <param name="columns">Columns of U.</param>
    public double[] ApplyTransposed(int from, int to, double[] u, int columns = 1)
    {
        for (var l = to; l >= from; l--)
        {
            var image = new double[u.Length];
            network.Hidden(l).MultiplyTransposed(u, image, columns, columns);
            if (l > from)
            {
                Gate(l - 1, image, columns);
            }

            u = image;
        }

        return u;
    }

    /// <summary>Γ_l V in place.</summary>
    public void Gate(int layer, double[] v, int columns)
    {
        for (var k = 0; k < v.Length; k++)
        {
            v[k] *= gates[layer][k / columns];
        }
    }

    /// <summary>Bᵀ, m × d.</summary>
    public double[] OutputTransposed()
    {
        var (m, d) = (network.Width, network.OutputDimension);
        var transposed = new double[m * d];
        for (var k = 0; k < m; k++)
        {
            for (var j = 0; j < d; j++)
            {
                transposed[(k * d) + j] = network.Output[j, k];
            }
        }

        return transposed;
    }

    /// <summary>‖W_b Γ_{b−1} ⋯ W_a‖₂ by the power method: a lower estimate that an explicit vector attains.</summary>
    /// <param name="from">a.</param>
    /// <param name="to">b ≥ a.</param>
    /// <param name="start">Where the first vector is drawn from.</param>
    public double SpectralNorm(int from, int to, RandomStream start)
    {
        var v = new double[network.Width];
        start.FillGaussian<double>(v, 1);
        var norm = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            var length = Norm(v);
            var image = Apply(from, to, Array.ConvertAll(v, x => x / length));
            norm = Norm(image);
            v = ApplyTransposed(from, to, image);
        }

        return norm;
    }

    /// <summary>‖M‖₂ of an m × d matrix with few columns, by the eigenvalues of its d × d Gram matrix.</summary>
    public static double SpectralNorm(double[] matrix, int columns)
    {
        var (gram, values) = (new double[columns * columns], new double[columns]);
        GramMatrix.Compute<double>(matrix, matrix.Length / columns, columns, columns, gram);
        SymmetricEigen.Values(gram, columns, values, new double[SymmetricEigen.WorkspaceLength(columns, vectors: false)]);
        return Math.Sqrt(Math.Max(0, values[^1]));
    }

    private static double Norm(double[] v) => Math.Sqrt(FixedOrder.SumOfSquares<double>(v));
}
