using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Tangents;

namespace Harness.Claims.Instances;

/// <summary>Regression on the line with the tangent kernel of a network with biases, |x̃||ỹ|k₁ + 1: inputs uniform on [−1, 1], observations y_i = f*(x_i) + ε_i, E ε_i² = σ², f_t = K(·, X) g_t(K/n) y/n.</summary>
/// <remarks>The mean over the noise is taken exactly, ‖E f_t − f*‖² + σ² Σ_k g_t(λ_k)² ‖⟨K(·, X), v_k⟩‖²; the norm of L²(−1, 1) by the midpoint rule on 96 cells. f* = √|x| has f_i² ≍ i⁻³: it lies in [H]^s for every s &lt; 1.</remarks>
public sealed class SampledRegression
{
    private const int Cells = 96;

    private readonly int samples;
    private readonly double[] eigenvalues, components;
    private readonly double[] projections;

    /// <summary>Draws n inputs and decomposes their kernel.</summary>
    /// <param name="trial">Needs n.</param>
    public SampledRegression(Trial trial)
    {
        var (n, kernel, stream) = (trial.n, InfiniteWidthKernel.WithInputAndOutputBias(1), trial.Random("inputs"));
        double[] inputs = [.. Enumerable.Range(0, n).Select(i => (2 * stream.Uniform((ulong)i)) - 1)];
        var (matrix, vectors) = (new double[n * n], new double[n * n]);
        KernelMatrix.Gram(kernel, inputs, n, matrix, new double[KernelMatrix.WorkspaceLength(kernel, n, 1)]);
        (samples, eigenvalues, components, projections) = (n, new double[n], new double[n], new double[Cells * n]);
        SymmetricEigen.Decompose(matrix, n, eigenvalues, vectors, new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        new KernelDynamics(eigenvalues, vectors).Modes(Array.ConvertAll(inputs, Target), components);

        double[] points = [.. Enumerable.Range(0, Cells).Select(Midpoint)];
        var cross = new double[Cells * n];
        kernel.Block(points, Cells, inputs, n, cross, new double[kernel.WorkspaceLength(Cells, n, 1)]);
        for (var cell = 0; cell < Cells; cell++)
        {
            for (var k = 0; k < n; k++)
            {
                projections[(cell * n) + k] = FixedOrder.Dot<double>(cross.AsSpan(cell * n, n), vectors.AsSpan(k * n, n));
            }
        }
    }

    /// <summary>E ‖f_t − f*‖² of gradient flow on the mean squared error for a time t.</summary>
    /// <param name="time">t.</param>
    /// <param name="noise">σ.</param>
    public double Stopped(double time, double noise) => Risk(new GradientFlowFilter(time / samples), noise);

    /// <summary>The same in the limit t → ∞, where f_t interpolates.</summary>
    /// <param name="noise">σ.</param>
    public double Interpolating(double noise) => Risk(new RidgeFilter(0), noise);

    private static double Target(double x) => Math.Sqrt(Math.Abs(x));

    private static double Midpoint(int cell) => (((2 * cell) + 1.0) / Cells) - 1;

    private double Risk<TFilter>(TFilter filter, double noise)
        where TFilter : struct, ISpectralFilter
    {
        double[] filtered = Array.ConvertAll(eigenvalues, filter.Filter);
        var risk = 0.0;
        for (var cell = 0; cell < Cells; cell++)
        {
            var (mean, variance) = (-Target(Midpoint(cell)), 0.0);
            for (var k = 0; k < samples; k++)
            {
                var weight = projections[(cell * samples) + k] * filtered[k];
                mean = Math.FusedMultiplyAdd(weight, components[k], mean);
                variance = Math.FusedMultiplyAdd(weight, weight, variance);
            }

            risk += (mean * mean) + (noise * noise * variance);
        }

        return risk / Cells;
    }
}
