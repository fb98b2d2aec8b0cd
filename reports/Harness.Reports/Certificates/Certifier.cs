using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>
/// Encloses what a training run ended with: approximate first, certify after, in midpoint–radius arithmetic (docs/derivations.md, "Enclosures"); what double precision leaves open once more in double-double.
/// All statements hold in exact arithmetic for the weights as they are.
/// </summary>
public static class Certifier
{
    /// <summary>Largest n·d, times the positions that share a layer, for which the tangent kernel is enclosed.</summary>
    public const int LargestKernel = 2048;

    /// <summary>Largest n, times the positions that share a layer, for which the gradient's norm is: two Gram matrices of this order take 1 GiB.</summary>
    public const int LargestGradient = 8192;

    /// <summary>A range that is wider than this, relative to its upper end, is tried again.</summary>
    private const double Wide = 1e-6;

    private const double NormGap = 1e-6;

    /// <summary>Encloses everything; what is asked for decides where a retry is worth it, and is not yet claimed.</summary>
    /// <param name="trained">The snapshot.</param>
    /// <param name="lossBelow">ε, where F(W) ≤ ε is asked for.</param>
    /// <exception cref="DataFileException">A number overflows double precision on the way, so that nothing can be said.</exception>
    public static Certificate Enclose(TrainedNetwork trained, double? lossBelow = null)
    {
        ArgumentNullException.ThrowIfNull(trained);
        var (network, n) = (trained.Network, trained.Samples);
        var plain = new EnclosedPass(trained, ProofPrecision.Double);
        var gradient = HasGradient(trained) ? plain.GradientNorm() : null;
        var hasKernel = HasKernel(trained);
        var signs = Where(plain.OpenSigns > 0);
        var precisions = new Precisions(
            Where(IsWide(plain.Loss) || (lossBelow < plain.Loss.AtMost && lossBelow >= plain.Loss.AtLeast)),
            Where(plain.Classification is { } found && found.Correct + found.Wrong < n),
            signs,
            gradient is null ? null : Where(IsWide(gradient) || plain.OpenSigns > 0),
            hasKernel ? signs : null);

        var retry = new Lazy<EnclosedPass>(() => new(trained, ProofPrecision.DoubleDouble));
        return new(
            Certificate.CurrentFormat,
            Subject.Of(trained),
            Pass(precisions.Loss).Loss,
            LossBelow: null,
            Pass(precisions.Classification).Classification,
            Accuracy: null,
            Pass(precisions.OpenSigns).OpenSigns,
            precisions.GradientNorm == ProofPrecision.DoubleDouble ? retry.Value.GradientNorm() : gradient,
            precisions.Kernel is { } precision ? EnclosedKernel.Bound(trained, n * network.OutputDimension, precision, guesses: null) : null,
            Distances(trained),
            precisions);

        static ProofPrecision Where(bool isOpen) => isOpen ? ProofPrecision.DoubleDouble : ProofPrecision.Double;

        EnclosedPass Pass(ProofPrecision precision) => precision == ProofPrecision.Double ? plain : retry.Value;
    }

    /// <summary>‖W − W⁽⁰⁾‖₂ for every trained layer, or null where the snapshot has no initial weights.</summary>
    internal static IReadOnlyList<Distance>? Distances(TrainedNetwork trained) => trained.Initial is { } initial
        ? [.. initial.Select((from, k) => (From: from, Layer: trained.Network.FirstTrained + k)).Select(l => new Distance(trained.NameOf(l.Layer), DistanceOf(trained.Network.Layer(l.Layer), l.From, trained)))]
        : null;

    /// <summary>Whether the tangent kernel is enclosed.</summary>
    internal static bool HasKernel(TrainedNetwork trained) => (long)trained.Samples * trained.Network.OutputDimension * trained.Positions <= LargestKernel;

    /// <summary>Whether the gradient's norm is.</summary>
    internal static bool HasGradient(TrainedNetwork trained) => (long)trained.Samples * trained.Positions <= LargestGradient;

    private static bool IsWide(Range range) => range.AtMost - range.AtLeast > Wide * range.AtMost;

    /// <summary>‖W − W⁽⁰⁾‖₂: the difference as computed is off by at most u times itself in every entry, so by u times its Frobenius norm.</summary>
    private static Range DistanceOf(Weights<double> weights, Weights<double> initial, TrainedNetwork trained)
    {
        var difference = new Weights<double>(weights.Rows, weights.Columns);
        difference.CopyFrom(weights);
        difference.AddScaled(-1, initial);
        if (!double.IsFinite(difference.SquaredFrobeniusNorm()))
        {
            throw trained.Overflow("a distance from initialisation");
        }

        var norm = SpectralNorm.Enclose(difference, RandomStream.FromSeed(1), NormGap);
        var frobenius = Math.Sqrt(difference.SquaredFrobeniusNorm()) * (1 + (2 * Rounding.Gamma(weights.Rows + weights.Columns + 8L)));
        var rounding = double.BitIncrement(2 * Rounding.Unit * frobenius) + double.Epsilon;
        return new(Math.Max(0, double.BitDecrement(norm.Lower - rounding)), double.BitIncrement(norm.Upper + rounding));
    }
}
