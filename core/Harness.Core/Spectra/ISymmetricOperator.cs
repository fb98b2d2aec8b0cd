namespace Harness.Core.Spectra;

/// <summary>A symmetric matrix that is known by what it does to a vector.</summary>
public interface ISymmetricOperator
{
    /// <summary>n.</summary>
    int Order { get; }

    /// <summary>ε with ‖computed Ax − Ax‖₂ ≤ ε‖x‖₂: what a residual bound has to add. NaN where it is not known; the bounds are then NaN as well.</summary>
    double ErrorNorm { get; }

    /// <summary>Ax.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="product">Receives n numbers; does not overlap x.</param>
    void Apply(ReadOnlySpan<double> x, Span<double> product);
}
