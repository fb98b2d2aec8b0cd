using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Tangents;

namespace Harness.Claims.Instances;

/// <summary>The eigenvalues of the tangent kernel of a network with biases on the line, |x̃||ỹ|k_L + 1 with x̃ = (x, 1), under a density of inputs.</summary>
/// <remarks>A Nyström operator at 400 and 800 nodes, extrapolated: on [−1, 1] the 80th eigenvalue is then within 10⁻³ of itself, by comparison with 1,600 nodes. A spectrum depends on nothing drawn, so it is computed once.</remarks>
public static class LineSpectrum
{
    private const int Nodes = 400;

    private static readonly ConcurrentDictionary<(Type Profile, Density Density, int Layers), double[]> Known = new();

    private interface IProfile
    {
        /// <summary>The kernel of two unit vectors at a versine, for a depth.</summary>
        static abstract double At(double versine, int layers);
    }

    /// <summary>λ₁ ≥ λ₂ ≥ … of the tangent kernel.</summary>
    public static double[] Of(Density density, int layers) => Cached<Tangent>(density, layers);

    /// <summary>λ₁ ≥ λ₂ ≥ … of the covariance of the network's outputs at initialisation, without what training adds.</summary>
    public static double[] OfCovariance(Density density, int layers) => Cached<Covariance>(density, layers);

    /// <summary>K at two points of the line.</summary>
    public static double Kernel(double x, double y, int layers) => Kernel<Tangent>(x, y, layers);

    private static double[] Cached<TProfile>(Density density, int layers)
        where TProfile : IProfile => Known.GetOrAdd((typeof(TProfile), density, layers), static key => Compute<TProfile>(key.Density, key.Layers));

    private static double[] Compute<TProfile>(Density density, int layers)
        where TProfile : IProfile
    {
        var coarse = At<TProfile>(density, layers, Nodes);
        var fine = At<TProfile>(density, layers, 2 * Nodes).AsSpan(0, Nodes);
        var (values, changes) = (new double[Nodes], new double[Nodes]);
        NystromOperator.Extrapolate(coarse, fine, ratio: 2, order: 2, values, changes);
        return values;
    }

    private static double[] At<TProfile>(Density density, int layers, int n)
        where TProfile : IProfile
    {
        var (x, weights, values, kernel) = (new double[n], new double[n], new double[n], new double[n * n]);
        if (density == Density.Uniform)
        {
            GaussLegendre.Compute(x, weights);
            TensorPrimitives.Multiply(weights, 0.5, weights);
        }
        else
        {
            density.Quantiles(x);
            Array.Fill(weights, 1.0 / n);
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                kernel[(i * n) + j] = kernel[(j * n) + i] = Kernel<TProfile>(x[i], x[j], layers);
            }
        }

        NystromOperator.Symmetrise(kernel, weights, new double[2 * n]);
        SymmetricEigen.Values(kernel, n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        Array.Reverse(values);
        return values;
    }

    private static double Kernel<TProfile>(double x, double y, int layers)
        where TProfile : IProfile
    {
        // sin² θ = (x − y)²/(|x̃|²|ỹ|²): a small angle keeps its digits.
        var norm = Math.Sqrt((1 + (x * x)) * (1 + (y * y)));
        var (sine, cosine) = ((x - y) / norm, (1 + (x * y)) / norm);
        var versine = cosine > 0 ? sine * sine / (1 + cosine) : Math.Min(2, 1 - cosine);
        return Math.FusedMultiplyAdd(norm, TProfile.At(versine, layers), 1);
    }

    private readonly struct Tangent : IProfile
    {
        public static double At(double versine, int layers) => new DeepTangent(layers).At(versine);
    }

    private readonly struct Covariance : IProfile
    {
        public static double At(double versine, int layers)
        {
            var cosine = 1 - versine;
            for (var l = 0; l < layers; l++)
            {
                cosine = LimitKernel.Kappa1(cosine);
            }

            return cosine;
        }
    }
}
