using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>The eigenvalues of any zonal kernel on S^{p−1} by the Funk–Hecke formula, μ_k = c_p ∫₀^π K(cos θ) P_k(cos θ) sin^{p−2} θ dθ.</summary>
/// <remarks>
/// In the angle, arc-cosine kernels of any depth are analytic up to both ends, where they have a root singularity in the cosine; so Gauss–Legendre quadrature in θ converges geometrically: k + p + 60 nodes are
/// enough for double precision at depths up to three. The error is then absolute, a few u K(1): an eigenvalue far below it has no digits (<see cref="ArcCosineSpectrum"/> has them all where there is a closed form).
/// </remarks>
public static class FunkHecke
{
    /// <summary>Fills the eigenvalues of degrees 0, 1, 2, … .</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="kernel">K.</param>
    /// <param name="dimension">p ≥ 2.</param>
    /// <param name="nodes">Nodes of a <see cref="GaussLegendre"/> rule on [−1, 1].</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="eigenvalues">Receives μ_k.</param>
    /// <exception cref="ArgumentException">The rule has not as many weights as nodes.</exception>
    public static void Compute<TKernel>(TKernel kernel, int dimension, ReadOnlySpan<double> nodes, ReadOnlySpan<double> weights, Span<double> eigenvalues)
        where TKernel : struct, IZonalKernel
    {
        SphericalHarmonics.RequireDimension(dimension);
        if (weights.Length != nodes.Length)
        {
            throw new ArgumentException($"A rule has as many weights as nodes; got {nodes.Length} and {weights.Length}.", nameof(weights));
        }

        var constant = SphericalHarmonics.FunkHeckeConstant(dimension).Midpoint * (Math.PI / 2);
        eigenvalues.Clear();
        for (var i = 0; i < nodes.Length; i++)
        {
            // θ/2 = π(1 + s)/4.
            var (cosines, sines) = ElementaryFunctions.CosSinOfTurn(Vector512.Create((1 + nodes[i]) / 8));
            var (half, versine) = (sines[0], 2 * sines[0] * sines[0]);
            var sine = 2 * half * cosines[0];
            Add(constant * weights[i] * Power(sine, dimension - 2) * kernel.At(Math.Min(versine, 2)), 1 - versine, dimension, eigenvalues);
        }
    }

    /// <summary>μ_k += weight · P_k(t), (k + p − 2) P_{k+1} = (2k + p − 2) t P_k − k P_{k−1}.</summary>
    private static void Add(double weight, double t, int p, Span<double> eigenvalues)
    {
        var (below, polynomial) = (0.0, 1.0);
        for (var k = 0; k < eigenvalues.Length; k++)
        {
            eigenvalues[k] = Math.FusedMultiplyAdd(weight, polynomial, eigenvalues[k]);
            var above = k == 0 ? t : ((((2.0 * k) + p - 2) * t * polynomial) - (k * below)) / ((double)k + p - 2);
            (below, polynomial) = (polynomial, above);
        }
    }

    private static double Power(double x, int exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1, x *= x)
        {
            power *= (exponent & 1) == 1 ? x : 1;
        }

        return power;
    }
}
