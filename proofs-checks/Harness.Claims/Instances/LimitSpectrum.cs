using Harness.Core.Numerics;
using Harness.Core.Tangents;

namespace Harness.Claims.Instances;

/// <summary>Eigenvalues λ₁ ≤ … ≤ λ_n and eigenvectors of H^∞: the modes in which an infinitely wide two-layer network learns.</summary>
public sealed class LimitSpectrum
{
    private readonly double[] vectors;

    /// <summary>Decomposes H^∞ of unit inputs.</summary>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="samples">n.</param>
    public LimitSpectrum(double[] inputs, int samples)
    {
        var kernel = new double[samples * samples];
        ShallowKernel.Limit(inputs, samples, kernel);
        (Values, vectors) = (new double[samples], new double[samples * samples]);
        SymmetricEigen.Decompose(kernel, samples, Values, vectors, new double[SymmetricEigen.WorkspaceLength(samples, vectors: true)]);
    }

    /// <summary>λ₁ ≤ … ≤ λ_n; λ₁ is the theory's λ₀.</summary>
    public double[] Values { get; }

    /// <summary>⟨v_k, r⟩².</summary>
    public double SquaredComponent(int mode, ReadOnlySpan<double> residual) =>
        Math.Pow(FixedOrder.Dot(vectors.AsSpan(mode * Values.Length, Values.Length), residual), 2);

    /// <summary>√(rᵀ (H^∞)⁻¹ r).</summary>
    public double DistanceToInterpolate(ReadOnlySpan<double> residual)
    {
        double sum = 0;
        for (var k = 0; k < Values.Length; k++)
        {
            sum += SquaredComponent(k, residual) / Values[k];
        }

        return Math.Sqrt(sum);
    }

    /// <summary>√(Σ_k (1 − ηλ_k)^{2t} ⟨v_k, r⟩²): the residual's norm after t steps of descent with the kernel H^∞.</summary>
    public double ResidualAfter(int steps, double η, ReadOnlySpan<double> residual)
    {
        double sum = 0;
        for (var k = 0; k < Values.Length; k++)
        {
            var factor = 1.0;
            for (var t = 0; t < steps; t++)
            {
                factor *= 1 - (η * Values[k]);
            }

            sum += factor * factor * SquaredComponent(k, residual);
        }

        return Math.Sqrt(sum);
    }
}
