using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Certificates;

/// <summary>Bounds of the extreme eigenvalues of the tangent kernel.</summary>
internal static class EnclosedKernel
{
    /// <summary>How far the bound of an eigenvalue may lie from it, relative to it, where rounding allows.</summary>
    private const double Gap = 1e-6;

    /// <summary>Encloses the spectrum.</summary>
    /// <param name="trained">The snapshot.</param>
    /// <param name="n">n·d, the order of the kernel.</param>
    /// <param name="precision">Of the forward pass.</param>
    /// <param name="guesses">Extreme eigenvalues from an earlier certificate, or null: all are computed first.</param>
    /// <exception cref="DataFileException">An entry overflows double precision on the way.</exception>
    public static KernelSpectrum Bound(TrainedNetwork trained, int n, ProofPrecision precision, Range? guesses)
    {
        var network = trained.Network;
        var state = new BatchState<double>(network, n);
        var radii = new BatchRadii<double>(network, state);
        var (kernel, entryRadii, grams) = (new double[n * n], new double[n * n], new double[CertifiedGradient.WorkspaceLength(state)]);
        if (precision == ProofPrecision.DoubleDouble)
        {
            DoubleDoubleForward.Run(network, trained.Inputs, new DoubleDoubleState(network, trained.Samples), state, radii, network.OutputDimension);
            CertifiedTangentKernel.FromForward(network, state, radii, kernel, entryRadii, grams);
        }
        else
        {
            CertifiedTangentKernel.Compute(network, trained.Inputs, state, radii, kernel, entryRadii, grams);
        }

        if (kernel.Concat(entryRadii).Any(entry => !double.IsFinite(entry)))
        {
            throw trained.Overflow("the tangent kernel");
        }

        var (smallest, largest) = guesses is { } known ? (known.AtLeast, known.AtMost) : Extremes(kernel, n);
        var workspace = new double[EigenvalueBounds.WorkspaceLength(n)];
        return new(
            EigenvalueBounds.Smallest(kernel, entryRadii, n, smallest, Gap, workspace),
            EigenvalueBounds.Largest(kernel, entryRadii, n, largest, Gap, workspace),
            new(smallest, largest));
    }

    private static (double Smallest, double Largest) Extremes(double[] kernel, int n)
    {
        var values = new double[n];
        SymmetricEigen.Values((double[])kernel.Clone(), n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        return (values[0], values[^1]);
    }
}
