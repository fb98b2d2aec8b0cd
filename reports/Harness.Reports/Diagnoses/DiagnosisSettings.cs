namespace Harness.Reports.Diagnoses;

/// <summary>What a diagnosis is about: the fully connected network of arXiv:1811.03962, section 2, with hidden layers trained by gradient descent on the squared loss.</summary>
/// <param name="Depth">L, the trained hidden layers.</param>
/// <param name="Width">m.</param>
/// <param name="Steps">T, the most steps of gradient descent.</param>
/// <param name="Accuracy">ε: training has arrived when F(W) ≤ ε F(W⁽⁰⁾). Between 0 and 1.</param>
/// <param name="KernelRows">Samples for kernels and training, or null for as many as <see cref="StandardOrder"/> has room for.</param>
/// <param name="Seed">Seed of every random number.</param>
public sealed record DiagnosisSettings(int Depth, int Width, int Steps, double Accuracy, int? KernelRows, ulong Seed)
{
    /// <summary>Samples that are drawn from a larger file: the distances of all pairs take a second or a few.</summary>
    public const int StandardRows = 5000;

    /// <summary>n·d that is taken by default: a decomposition of a matrix of this order takes about a second.</summary>
    public const int StandardOrder = 1000;

    /// <summary>The largest n·d: two matrices of this order and their radii are 512 MiB.</summary>
    public const int LargestOrder = 4096;

    /// <summary>How many samples kernels and training take.</summary>
    /// <param name="samples">Different samples that there are.</param>
    /// <param name="outputDimension">d.</param>
    public int Rows(int samples, int outputDimension) => Math.Min(samples, KernelRows ?? Math.Max(2, StandardOrder / outputDimension));
}
