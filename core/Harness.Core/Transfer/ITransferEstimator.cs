namespace Harness.Core.Transfer;

/// <summary>
/// An estimator of θ from the means of target and sources that doesn't know the biases. It has no state: the same means give the same bits, on any thread.
/// </summary>
/// <remarks>Implement it with a parameterless constructor to have an estimator judged by <c>harness transfer --estimator my.dll</c>.</remarks>
public interface ITransferEstimator
{
    /// <summary>A short name in lower case with hyphens: "target-only".</summary>
    string Name { get; }

    /// <summary>One sentence: what it does.</summary>
    string Description { get; }

    /// <summary>Whether it is defined for this dimension and number of sources.</summary>
    /// <param name="model">The model.</param>
    bool Supports(TransferModel model);

    /// <summary>Length of the workspace that <see cref="Estimate"/> needs.</summary>
    /// <param name="model">The model.</param>
    int WorkspaceLength(TransferModel model) => 0;

    /// <summary>Estimates θ.</summary>
    /// <param name="model">Dimension and sample sizes.</param>
    /// <param name="means">X̄_0, …, X̄_K: (K + 1) × d.</param>
    /// <param name="estimate">Receives the estimate: d numbers.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> numbers of any value.</param>
    void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace);
}
