using System.Collections.Concurrent;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Tangents;

namespace Harness.Claims.Instances;

/// <summary>The eigenvalues of the tangent kernel of a network with biases, |x̃||ỹ|k_L + 1 with x̃ = (x, 1), under the uniform law on the unit disk.</summary>
/// <remarks>
/// The kernel sees |x|, |y| and the angle φ between x and y only. So the operator falls apart into one for every frequency k of e^{ikφ}, on radii: K_k(r, s) = (1/2π)∫K cos(kφ)dφ under 2s ds on [0, 1]. The frequencies k ≥ 1 count twice. Gauss and Legendre's rule over radii, the trapezoid rule over angles, at 32 and
/// 64 radii and 256 and 512 angles, extrapolated: up to i = 200 an eigenvalue is then within 2·10⁻³ of itself, by comparison with half and with one and a half times as many. A spectrum depends on nothing drawn, so it is computed once.
/// </remarks>
public static class DiskSpectrum
{
    private const int Radii = 32, Angles = 256;

    /// <summary>Frequencies. The largest eigenvalue of a frequency beyond is below the 1,000th of all.</summary>
    private const int Frequencies = 64;

    private static readonly ConcurrentDictionary<(int Layers, LimitingKernel Kind), double[]> Known = new();

    /// <summary>λ₁ ≥ λ₂ ≥ … of the tangent kernel.</summary>
    /// <param name="layers">L ≥ 1.</param>
    public static double[] Of(int layers) => Known.GetOrAdd((layers, LimitingKernel.Tangent), Compute);

    /// <summary>λ₁ ≥ λ₂ ≥ … of the covariance of the network's outputs at initialisation, without what training adds.</summary>
    /// <param name="layers">L ≥ 1.</param>
    public static double[] OfCovariance(int layers) => Known.GetOrAdd((layers, LimitingKernel.GaussianProcess), Compute);

    private static double[] Compute((int Layers, LimitingKernel Kind) key)
    {
        var tangent = InfiniteWidthKernel.WithInputAndOutputBias(key.Layers);
        var kernel = InfiniteWidthKernel.FullyConnected(tangent.Layers, PiecewiseAffine.Rectifier, key.Kind);
        var (coarse, fine) = (At(kernel, Radii, Angles), At(kernel, 2 * Radii, 2 * Angles));
        var (values, changes, all) = (new double[Radii], new double[Radii], new List<double>());
        for (var frequency = 0; frequency < Frequencies; frequency++)
        {
            NystromOperator.Extrapolate(coarse[frequency], fine[frequency].AsSpan(0, Radii), ratio: 2, order: 2, values, changes);
            all.AddRange(frequency == 0 ? values : [.. values, .. values]);
        }

        all.Sort((x, y) => y.CompareTo(x));
        return [.. all];
    }

    /// <summary>The eigenvalues of every frequency, each in descending order.</summary>
    private static double[][] At(InfiniteWidthKernel kernel, int radii, int angles)
    {
        var (nodes, weights, half) = (new double[radii], new double[radii], (angles / 2) + 1);
        GaussLegendre.Compute(nodes, weights);
        var (x, y) = (new double[2 * radii], new double[2 * radii * half]);
        for (var i = 0; i < radii; i++)
        {
            var r = (nodes[i] + 1) / 2;
            (x[2 * i], weights[i]) = (r, weights[i] * r);
            for (var a = 0; a < half; a++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * a / angles);
                (y[2 * ((i * half) + a)], y[(2 * ((i * half) + a)) + 1]) = (r * cosine, r * sine);
            }
        }

        var block = new double[radii * radii * half];
        kernel.Block(x, radii, y, radii * half, block, new double[kernel.WorkspaceLength(radii, radii * half, 2)]);
        var (spectra, matrix, cosines) = (new double[Frequencies][], new double[radii * radii], new double[half]);
        for (var frequency = 0; frequency < Frequencies; frequency++)
        {
            for (var a = 0; a < half; a++)
            {
                // Both halves of the circle, of which the ends are their own mirror images.
                cosines[a] = Math.Cos(2 * Math.PI * ((long)a * frequency % angles) / angles) * (a == 0 || a == half - 1 ? 1.0 : 2) / angles;
            }

            for (var pair = 0; pair < matrix.Length; pair++)
            {
                matrix[pair] = FixedOrder.Dot<double>(block.AsSpan(pair * half, half), cosines);
            }

            spectra[frequency] = new double[radii];
            NystromOperator.Symmetrise(matrix, weights, new double[2 * radii]);
            SymmetricEigen.Values(matrix, radii, spectra[frequency], new double[SymmetricEigen.WorkspaceLength(radii, vectors: false)]);
            Array.Reverse(spectra[frequency]);
        }

        return spectra;
    }
}
