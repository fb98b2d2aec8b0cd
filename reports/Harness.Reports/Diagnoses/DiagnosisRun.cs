using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Core.Costs;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Training;
using Harness.Reports.Files;
using Harness.Reports.Runs;

namespace Harness.Reports.Diagnoses;

/// <summary>Computes a diagnosis, stage by stage: distances, limit kernel, network's kernel, training.</summary>
public sealed class DiagnosisRun
{
    /// <summary>A certified forward or backward pass takes a second product, of magnitudes.</summary>
    private const int CertifiedProducts = 2;

    private readonly DiagnosisSettings settings;
    private readonly SampleDiagnosis data;
    private readonly DataSet samples;
    private readonly FullyConnectedCosts costs;
    private readonly IProgress<WorkDone> progress;
    private readonly CancellationToken cancellation;
    private string doing = "";
    private double done;

    private DiagnosisRun(SampledRows rows, DiagnosisSettings settings, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        (this.settings, this.progress, this.cancellation) = (settings, progress, cancellation);
        data = new(rows);
        var (n, d) = (settings.Rows(data.Different.Count, rows.Data.OutputDimension), rows.Data.OutputDimension);
        if ((long)n * d > DiagnosisSettings.LargestOrder)
        {
            throw new DiagnosisException($"{rows.Data.Name}: {n} samples with {d} outputs make a kernel of {(long)n * d} rows, and at most {DiagnosisSettings.LargestOrder} are decomposed. Take at most {Math.Max(1, DiagnosisSettings.LargestOrder / d)} with --kernel-rows.");
        }

        var draw = new int[data.Different.Count];
        RandomStream.FromSeed(settings.Seed).Derive("kernel rows").Permutation(draw);
        samples = data.Drawn(n, draw);
        costs = new(n, samples.InputDimension, settings.Width, settings.Depth, d);
    }

    private int Order => samples.Count * samples.OutputDimension;

    private double KernelWork => ((1 + CertifiedProducts) * (double)costs.TangentKernel) + KernelMatrixSpectrum.SpectrumWork(Order);

    private double Total => data.Work + KernelMatrixSpectrum.LimitWork(samples.Count, settings.Depth) + KernelWork + (settings.Steps * (double)costs.GradientDescentStep);

    /// <summary>Diagnoses samples and a network.</summary>
    /// <param name="rows">Raw samples.</param>
    /// <param name="settings">The network, and how far to train it.</param>
    /// <param name="progress">Told how far the computation is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DiagnosisException">The kernel would be too large, or no weight of the network has any effect.</exception>
    /// <exception cref="OverflowException">The multiply-adds of a step exceed 2⁶³.</exception>
    public static Diagnosis Of(SampledRows rows, DiagnosisSettings settings, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(progress);
        return new DiagnosisRun(rows, settings, progress, cancellation).Compute();
    }

    private Diagnosis Compute()
    {
        Begin("distances between inputs");
        var measured = data.Measure();
        Advance(data.Work);

        Begin("kernel of infinite width");
        var (n, ofRows) = (samples.Count, KernelMatrixSpectrum.LimitWork(samples.Count, settings.Depth) - KernelMatrixSpectrum.SpectrumWork(samples.Count));
        var limit = KernelMatrixSpectrum.OfLimit(samples, settings.Depth, rows => Advance(ofRows * rows / n));
        Advance(KernelMatrixSpectrum.SpectrumWork(n));

        Begin("tangent kernel of the network");
        var run = new TrainingRun<double>(samples, new(new Architecture.FullyConnected(), settings.Width, settings.Depth, TrainsAllLayers: false, Loss.Squared, Batch: null, Rate: null, settings.Seed));
        if (!double.IsFinite(run.LearningRate))
        {
            throw new DiagnosisException("The tangent kernel at initialisation is zero, so no weight has any effect. Take a larger --width or another --seed.");
        }

        Advance(costs.TangentKernel);
        var finite = KernelMatrixSpectrum.OfNetwork(run.Initial, samples);
        Advance(KernelWork - costs.TangentKernel);

        Begin("gradient descent");
        var descent = new Descent(settings, run, finite, limit).Run(() => Advance(costs.GradientDescentStep));
        var network = new NetworkDiagnosis(settings.Depth, settings.Width, n, samples.OutputDimension, settings.Seed);
        var unit = Ball.Exactly(settings.Width) / Ball.Exactly(2 * samples.OutputDimension);
        var diagnosis = new Diagnosis(network, measured, limit.Describe(Ball.Exactly(1)), finite.Describe(unit), descent, LabelEnergies.Of(limit, samples), Asked(), []);
        return diagnosis with { Readings = PlainWords.Of(diagnosis) };
    }

    private void Begin(string stage)
    {
        doing = stage;
        Advance(0);
    }

    private void Advance(double work)
    {
        cancellation.ThrowIfCancellationRequested();
        done += work;
        progress.Report(new(doing, done, Total));
    }

    /// <summary>The theorems at the samples that were trained on.</summary>
    private TheoremDiagnosis Asked()
    {
        double n = samples.Count, d = samples.OutputDimension, L = settings.Depth, m = settings.Width, δ = Separation.Measure(samples.Inputs, samples.InputDimension).Distance;
        var at = Variables.None.With("n", n).With("L", L).With("d", d).With("δ", δ);
        var isSeparated = double.IsFinite(δ);
        return new(
            [.. RequiredWidths.All.Select(r => new AskedWidth($"{r.Paper.Authors}, {r.Paper.Identifier}", r.Item, r.Network, r.Formula, isSeparated && r.Width is { } width ? Finite(width(at)) : null))],
            isSeparated ? Finite(Math.Pow(n, 6) * L * L / (δ * δ) * Math.Log(1 / settings.Accuracy)) : null,
            isSeparated ? Finite(Math.Pow(n, 3) * Math.Sqrt(d) * Math.Log(m) / (δ * Math.Sqrt(m))) : null);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
