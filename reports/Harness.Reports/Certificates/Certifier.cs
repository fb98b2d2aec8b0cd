using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>
/// Encloses what a training run ended with: approximate first, certify after, in midpoint–radius arithmetic (docs/derivations.md, "Enclosures"). All statements hold in exact arithmetic for the weights as they are.
/// </summary>
public static class Certifier
{
    /// <summary>Largest n·d for which the tangent kernel is enclosed.</summary>
    public const int LargestKernel = 2048;

    /// <summary>How far the bound of an eigenvalue may lie from it, relative to it, where rounding allows.</summary>
    private const double EigenvalueGap = 1e-6;

    private const double NormGap = 1e-6;

    /// <summary>Encloses everything; nothing is asked for or claimed yet.</summary>
    /// <param name="trained">The snapshot.</param>
    /// <param name="guesses">Extreme eigenvalues of the kernel from an earlier certificate, or null: all of them are computed first.</param>
    /// <exception cref="DataFileException">A number overflows double precision on the way, so that nothing can be said.</exception>
    public static Certificate Enclose(TrainedNetwork trained, Range? guesses = null)
    {
        ArgumentNullException.ThrowIfNull(trained);
        var (network, n) = (trained.Network, trained.Samples);
        var state = new BatchState<double>(network, n);
        var radii = new BatchRadii<double>(network, state);
        CertifiedForward.Run(network, trained.Inputs, state, radii);
        var loss = CertifiedLoss.Evaluate(state, radii, trained.Targets);
        var classification = Margins.Classify(trained.Targets, n, (i, j) => Range.Of(new(state.Output[(j * state.Stride) + i], radii.Output[(j * state.Stride) + i])));
        CertifiedGradient.Backward(network, state, radii);
        var squaredGradient = CertifiedGradient.SquaredFrobeniusNorm(state, radii, new double[CertifiedGradient.WorkspaceLength(state)]);
        return new(
            Certificate.CurrentFormat,
            new(trained.Sha256, n, network.InputDimension, network.Width, network.Depth, network.OutputDimension),
            NotNegative(Finite(Range.Of(loss), "the loss", trained)),
            LossBelow: null,
            classification,
            Accuracy: null,
            Enumerable.Range(0, network.Depth + 1).Sum(l => CertifiedForward.CountOpenSigns(state, radii, l)),
            SquareRoot(NotNegative(Finite(Range.Of(squaredGradient), "the gradient", trained))),
            Spectrum(trained, guesses),
            trained.Initial is { } initial ? [.. Enumerable.Range(1, network.Depth).Select(l => Distance(network.Hidden(l), initial[l - 1], trained))] : null);
    }

    private static Range Finite(Range range, string quantity, TrainedNetwork trained) => range.IsFinite ? range : throw Overflow(quantity, trained);

    private static DataFileException Overflow(string quantity, TrainedNetwork trained) =>
        new(trained.Path, $"has numbers so large that {quantity} overflows double precision on the way; nothing can be certified of it.");

    private static Range NotNegative(Range range) => range with { AtLeast = Math.Max(range.AtLeast, 0) };

    /// <summary>The roots of numbers that are not negative, rounded outwards.</summary>
    private static Range SquareRoot(Range square) => new(square.AtLeast > 0 ? double.BitDecrement(Math.Sqrt(square.AtLeast)) : 0, double.BitIncrement(Math.Sqrt(square.AtMost)));

    private static KernelSpectrum? Spectrum(TrainedNetwork trained, Range? guesses)
    {
        var network = trained.Network;
        var order = trained.Samples * (long)network.OutputDimension;
        if (order > LargestKernel)
        {
            return null;
        }

        var n = (int)order;
        var state = new BatchState<double>(network, n);
        var (kernel, entryRadii) = (new double[n * n], new double[n * n]);
        CertifiedTangentKernel.Compute(
            network, trained.Inputs, state, new BatchRadii<double>(network, state), kernel, entryRadii, new double[CertifiedGradient.WorkspaceLength(state)]);
        if (kernel.Concat(entryRadii).Any(entry => !double.IsFinite(entry)))
        {
            throw Overflow("the tangent kernel", trained);
        }

        var (smallest, largest) = guesses is { } known ? (known.AtLeast, known.AtMost) : ExtremeEigenvalues(kernel, n);
        var workspace = new double[EigenvalueBounds.WorkspaceLength(n)];
        return new(
            EigenvalueBounds.Smallest(kernel, entryRadii, n, smallest, EigenvalueGap, workspace),
            EigenvalueBounds.Largest(kernel, entryRadii, n, largest, EigenvalueGap, workspace),
            new(smallest, largest));
    }

    private static (double Smallest, double Largest) ExtremeEigenvalues(double[] kernel, int n)
    {
        var values = new double[n];
        SymmetricEigen.Values((double[])kernel.Clone(), n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        return (values[0], values[^1]);
    }

    /// <summary>‖W − W⁽⁰⁾‖₂: the difference as computed is off by at most u times itself in every entry, so by u times its Frobenius norm.</summary>
    private static Range Distance(Weights<double> weights, Weights<double> initial, TrainedNetwork trained)
    {
        var difference = new Weights<double>(weights.Rows, weights.Columns);
        difference.CopyFrom(weights);
        difference.AddScaled(-1, initial);
        if (!double.IsFinite(difference.SquaredFrobeniusNorm()))
        {
            throw Overflow("a distance from initialisation", trained);
        }

        var norm = SpectralNorm.Enclose(difference, RandomStream.FromSeed(1), NormGap);
        var frobenius = Math.Sqrt(difference.SquaredFrobeniusNorm()) * (1 + (2 * Rounding.Gamma(weights.Rows + weights.Columns + 8L)));
        var rounding = double.BitIncrement(2 * Rounding.Unit * frobenius) + double.Epsilon;
        return new(Math.Max(0, double.BitDecrement(norm.Lower - rounding)), double.BitIncrement(norm.Upper + rounding));
    }
}
