using Harness.Core.Transfer.Estimators;

namespace Harness.Core.Transfer;

/// <summary>The library of estimators. What is claimed of every estimator is claimed of each of these.</summary>
public static class TransferEstimators
{
    /// <summary>All, from the simplest on.</summary>
    public static IReadOnlyList<ITransferEstimator> All { get; } =
        [new TargetOnly(), new Pooling(), new PreTest(), new JamesStein(), new NearestSource(), new TwoPointBayes(), new Lepski(), new Screening(), new Clustering()];
}
