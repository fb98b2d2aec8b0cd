using Harness.Core.Data;
using Harness.Core.Training;

namespace Harness.Reports.Runs;

/// <summary>How a network is trained.</summary>
/// <param name="Architecture">Which network.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="TrainsAllLayers">Whether A and B are trained too.</param>
/// <param name="Loss">The loss of a sample.</param>
/// <param name="Batch">b, samples of a step of stochastic gradient descent; or null for gradient descent on all of them.</param>
/// <param name="Rate">η, or null for the inverse of a bound of the largest eigenvalue of the tangent kernel at initialisation (<see cref="KernelBound"/>).</param>
/// <param name="Seed">Seed of weights and batches.</param>
public sealed record TrainingSettings(Architecture Architecture, int Width, int Depth, bool TrainsAllLayers, Loss Loss, int? Batch, double? Rate, ulong Seed)
{
    /// <summary>Targets as the loss takes them: ±1 for the logistic loss, which has a sign for every class; the data's own for the others, one-hot where they are classes.</summary>
    /// <param name="samples">The samples.</param>
    public double[] Targets(DataSet samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Loss == Loss.Logistic ? Array.ConvertAll(samples.Targets, y => (2 * y) - 1) : samples.Targets;
    }
}

/// <summary>When training has reached what it was meant to.</summary>
/// <param name="Loss">F(W) ≤ this, or null for any.</param>
/// <param name="Accuracy">At least this fraction of the samples is classified rightly, or null for any.</param>
public sealed record TrainingGoal(double? Loss, double? Accuracy)
{
    /// <summary>Whether there is anything to reach.</summary>
    public bool IsGiven => Loss is not null || Accuracy is not null;

    /// <summary>Whether a loss and a number of misclassified samples reach it.</summary>
    /// <param name="loss">F(W).</param>
    /// <param name="misclassified">Samples whose right output is not the largest.</param>
    /// <param name="samples">n.</param>
    public bool IsReached(double loss, int misclassified, int samples) => (Loss is not { } ε || loss <= ε) && (Accuracy is not { } a || samples - misclassified >= a * samples);
}
