namespace Harness.Core.Tangents;

/// <summary>A symmetric positive semidefinite function k(x, y) of two inputs, evaluated a block of pairs at a time: what Gram matrices, quadrature, kernel regression and spectra need to know of a kernel.</summary>
/// <remarks>Implementations hold no state that a call changes, so that threads may share one; all memory is the caller's.</remarks>
public interface IKernel
{
    /// <summary>Elements of workspace that <see cref="Block"/> needs.</summary>
    /// <param name="rows">Number of inputs x.</param>
    /// <param name="columns">Number of inputs y.</param>
    /// <param name="dimension">𝔡, numbers of an input.</param>
    int WorkspaceLength(int rows, int columns, int dimension);

    /// <summary>Fills block[i · columns + j] = k(x_i, y_j).</summary>
    /// <param name="x">rows × 𝔡, row-major.</param>
    /// <param name="rows">Number of inputs x.</param>
    /// <param name="y">columns × 𝔡, row-major.</param>
    /// <param name="columns">Number of inputs y.</param>
    /// <param name="block">rows × columns, row-major.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    void Block(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, Span<double> block, Span<double> workspace);
}
