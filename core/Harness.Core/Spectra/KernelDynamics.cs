using System.Numerics.Tensors;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Core.Spectra;

/// <summary>Training of the linearised network in closed form: with the tangent kernel K of the training inputs fixed, one eigendecomposition gives every time, every filter and every prediction.</summary>
/// <remarks>
/// The loss is ½‖u − y‖² over the training outputs u, one output a decomposition (K ⊗ I needs no more: the outputs train apart). From u(0): u(t) − y = Σ r_t(λ_k)⟨v_k, u(0) − y⟩v_k, with r the filter's residual, and at
/// new inputs f_t(x) = f₀(x) − K(x, X)α_t, α_t = Σ g_t(λ_k)⟨v_k, u(0) − y⟩v_k. Sources: Jacot, Gabriel, Hongler, NeurIPS 2018; Lee et al., NeurIPS 2019, equations 8 to 11.
/// <para>Nothing is allocated. Errors: sums are <see cref="FixedOrder"/>'s or n fused multiply-adds in a fixed order; what the decomposition is off by, <see cref="SymmetricEigen.Radius"/> bounds.</para>
/// </remarks>
public readonly ref struct KernelDynamics
{
    private readonly ReadOnlySpan<double> eigenvalues;
    private readonly ReadOnlySpan<double> eigenvectors;

    /// <summary>Takes the decomposition of K, as <see cref="SymmetricEigen.Decompose"/> leaves it.</summary>
    /// <param name="eigenvalues">λ₁ ≤ … ≤ λ_n.</param>
    /// <param name="eigenvectors">n × n, row k for value k.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public KernelDynamics(ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> eigenvectors)
    {
        if (eigenvalues.IsEmpty || eigenvectors.Length != (long)eigenvalues.Length * eigenvalues.Length)
        {
            throw new ArgumentException($"{eigenvalues.Length} eigenvalues, of which one is the least, have {(long)eigenvalues.Length * eigenvalues.Length} elements of eigenvectors; got {eigenvectors.Length}.");
        }

        this.eigenvalues = eigenvalues;
        this.eigenvectors = eigenvectors;
    }

    /// <summary>n, the number of training outputs.</summary>
    public int Samples => eigenvalues.Length;

    /// <summary>2/(λ_max + radius), rounded down: with a step size below it gradient descent contracts every mode of a kernel that is positive definite.</summary>
    /// <param name="radius">How far λ_max may be from the truth (<see cref="SymmetricEigen.Radius"/>); 0 to take it as it is.</param>
    public double LargestStableStep(double radius = 0) => double.BitDecrement(2 / RoundedUp.Add(eigenvalues[^1], radius));

    /// <summary>The residual's components ⟨v_k, r⟩.</summary>
    /// <param name="residual">r = u(0) − y.</param>
    /// <param name="modes">Receives n components.</param>
    public void Modes(ReadOnlySpan<double> residual, Span<double> modes)
    {
        Require(residual.Length, modes.Length);
        for (var k = 0; k < Samples; k++)
        {
            modes[k] = FixedOrder.Dot(eigenvectors.Slice(k * Samples, Samples), residual);
        }
    }

    /// <summary>‖u(t) − y‖² = Σ r_t(λ_k)²⟨v_k, r⟩²: twice the training loss.</summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="filter">How, and how long, it was trained.</param>
    /// <param name="modes">The components of the initial residual.</param>
    public double SquaredResidual<TFilter>(TFilter filter, ReadOnlySpan<double> modes)
        where TFilter : struct, ISpectralFilter
    {
        Require(modes.Length, Samples);
        var sum = 0.0;
        for (var k = 0; k < Samples; k++)
        {
            var mode = filter.Residual(eigenvalues[k]) * modes[k];
            sum = Math.FusedMultiplyAdd(mode, mode, sum);
        }

        return sum;
    }

    /// <summary>u(t) − y.</summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="filter">How, and how long, it was trained.</param>
    /// <param name="modes">The components of the initial residual.</param>
    /// <param name="residual">Receives n numbers.</param>
    public void Residual<TFilter>(TFilter filter, ReadOnlySpan<double> modes, Span<double> residual)
        where TFilter : struct, ISpectralFilter
    {
        Require(modes.Length, residual.Length);
        residual.Clear();
        for (var k = 0; k < Samples; k++)
        {
            TensorPrimitives.FusedMultiplyAdd(eigenvectors.Slice(k * Samples, Samples), filter.Residual(eigenvalues[k]) * modes[k], residual, residual);
        }
    }

    /// <summary>α_t = g_t(K)(u(0) − y), the coefficients of the kernel expansion.</summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="filter">How, and how long, it was trained.</param>
    /// <param name="modes">The components of the initial residual.</param>
    /// <param name="coefficients">Receives n numbers.</param>
    public void Coefficients<TFilter>(TFilter filter, ReadOnlySpan<double> modes, Span<double> coefficients)
        where TFilter : struct, ISpectralFilter
    {
        Require(modes.Length, coefficients.Length);
        coefficients.Clear();
        for (var k = 0; k < Samples; k++)
        {
            TensorPrimitives.FusedMultiplyAdd(eigenvectors.Slice(k * Samples, Samples), filter.Filter(eigenvalues[k]) * modes[k], coefficients, coefficients);
        }
    }

    /// <summary>f_t(x) = f₀(x) − K(x, X)α at every new input.</summary>
    /// <param name="kernel">K(x, X), one row of n for each new input.</param>
    /// <param name="coefficients">α.</param>
    /// <param name="outputs">f₀ at the new inputs on entry, f_t on return.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Predict(ReadOnlySpan<double> kernel, ReadOnlySpan<double> coefficients, Span<double> outputs)
    {
        if (kernel.Length != (long)coefficients.Length * outputs.Length)
        {
            throw new ArgumentException($"{outputs.Length} new inputs and {coefficients.Length} training inputs have {(long)coefficients.Length * outputs.Length} kernel values; got {kernel.Length}.", nameof(kernel));
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] -= FixedOrder.Dot(kernel.Slice(i * coefficients.Length, coefficients.Length), coefficients);
        }
    }

    /// <summary>The discrepancy principle for gradient descent: the fewest steps after which ‖u − y‖² ≤ <paramref name="target"/>.</summary>
    /// <remarks>The residual does not grow with the steps where the step size is stable, so doubling and bisection find it in O(n log²) operations.</remarks>
    /// <param name="stepSize">η, below <see cref="LargestStableStep"/>.</param>
    /// <param name="modes">The components of the initial residual.</param>
    /// <param name="target">The squared noise level, say.</param>
    /// <returns>The steps, or −1 if 2⁶² are not enough: a mode of eigenvalue zero is never fitted.</returns>
    public long StepsToResidual(double stepSize, ReadOnlySpan<double> modes, double target)
    {
        const long Limit = 1L << 62;
        var enough = 1L;
        if (SquaredResidual(new GradientDescentFilter(stepSize, 0), modes) <= target)
        {
            return 0;
        }

        while (!(SquaredResidual(new GradientDescentFilter(stepSize, enough), modes) <= target))
        {
            if (enough == Limit)
            {
                return -1;
            }

            enough *= 2;
        }

        for (var tooFew = enough / 2; enough - tooFew > 1;)
        {
            var middle = tooFew + ((enough - tooFew) / 2);
            (tooFew, enough) = SquaredResidual(new GradientDescentFilter(stepSize, middle), modes) <= target ? (tooFew, middle) : (middle, enough);
        }

        return enough;
    }

    private void Require(int first, int second)
    {
        if (first != Samples || second != Samples)
        {
            throw new ArgumentException($"A kernel of {Samples} samples goes with vectors of that length; got {first} and {second}.");
        }
    }
}
