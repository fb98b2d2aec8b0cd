using Harness.Core.Enclosures;

namespace Harness.Core.Tangents;

/// <summary>A kernel that also bounds its own rounding: every entry as a ball that holds k(x_i, y_j) for the exact inputs.</summary>
/// <remarks>Midpoints need not be the entries of <see cref="IKernel.Block"/> bit for bit. Where double cannot hold what is on the way (norms beyond 10¹⁵⁰ or below 10⁻¹⁵⁰) a radius may be infinite or NaN: such a ball states nothing.</remarks>
public interface ICertifiedKernel : IKernel
{
    /// <summary>Balls of workspace that <see cref="Enclose"/> needs.</summary>
    /// <param name="rows">Number of inputs x.</param>
    /// <param name="columns">Number of inputs y.</param>
    /// <param name="dimension">𝔡.</param>
    int EnclosureLength(int rows, int columns, int dimension);

    /// <summary>Fills the ball [i · columns + j] around k(x_i, y_j).</summary>
    /// <param name="x">rows × 𝔡, exact, row-major.</param>
    /// <param name="rows">Number of inputs x.</param>
    /// <param name="y">columns × 𝔡, exact.</param>
    /// <param name="columns">Number of inputs y.</param>
    /// <param name="block">rows × columns.</param>
    /// <param name="workspace">At least <see cref="EnclosureLength"/> balls.</param>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    void Enclose(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, BallSpan<double> block, Span<Ball> workspace);
}
