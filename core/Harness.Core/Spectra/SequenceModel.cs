namespace Harness.Core.Spectra;

/// <summary>Kernel regression reduced to independent modes: y_i = f_i + N(0, σ²/n) in the eigenbasis of the operator, fitted by a spectral filter.</summary>
public static class SequenceModel
{
    /// <summary>The exact mean squared error E‖f̂ − f‖² = Σ r(λ_i)²f_i² + (σ²/n) Σ (1 − r(λ_i))²: bias and variance.</summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="filter">The filter.</param>
    /// <param name="eigenvalues">λ_i.</param>
    /// <param name="squares">f_i².</param>
    /// <param name="noise">σ²/n.</param>
    /// <returns>Both parts; sums of non-negative terms, so relatively accurate to about as many u as there are modes.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static (double Bias, double Variance) Risk<TFilter>(TFilter filter, ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> squares, double noise)
        where TFilter : struct, ISpectralFilter
    {
        if (squares.Length != eigenvalues.Length)
        {
            throw new ArgumentException($"Every mode has an eigenvalue and a square; got {eigenvalues.Length} and {squares.Length}.", nameof(squares));
        }

        var (bias, variance) = (0.0, 0.0);
        for (var i = 0; i < squares.Length; i++)
        {
            var fitted = eigenvalues[i] * filter.Filter(eigenvalues[i]);
            var residual = filter.Residual(eigenvalues[i]);
            bias = Math.FusedMultiplyAdd(residual * residual, squares[i], bias);
            variance = Math.FusedMultiplyAdd(fitted, fitted, variance);
        }

        return (bias, noise * variance);
    }
}
