using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Reports.Diagnoses;
using Harness.Reports.Files;
using Harness.ReportsChecks.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Diagnoses;

/// <summary>A diagnosis against what is known of its data, and its predictions against the same recursions by hand.</summary>
public sealed class DiagnosisTests
{
    /// <summary>Lines 2 to 8: two rows of b equal, two of the same input with different labels twice over, a constant column.</summary>
    private const string Conflicting = "x,y,z,kind\n1,2,5,a\n3,1,5,b\n1,2,5,b\n3,1,5,b\n-1,0,5,a\n1,2,5,a\n0.5,-2,5,c\n";

    private static readonly DiagnosisSettings Small = new(Depth: 2, Width: 96, Steps: 40, Accuracy: 0.2, KernelRows: null, Seed: 3);

    [Test]
    public void Diagnosis_OfConflictingLabels_SaysWhereAndWhatIsPossible()
    {
        var data = Of(Conflicting).Data;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((data.RowsInFile, data.Rows, data.RepeatedRows, data.ConflictingInputs), Is.EqualTo((7, 7, 3, 1)));
            Assert.That(data.Conflicts[0].Lines, Is.EqualTo(new[] { 2, 4, 7 }));
            Assert.That(data.Conflicts[0].Labels, Is.EqualTo(new[] { "a", "b", "a" }));
            Assert.That(data.BestAccuracy, Is.EqualTo(6 / 7.0));

            // Targets (1, 0, 0), (0, 1, 0), (1, 0, 0) around (⅔, ⅓, 0): ½ · 2 · (⅓² + ⅓² + ⅔²).
            Assert.That(data.LeastLoss, Is.EqualTo(2 / 3.0).Within(1e-15));
            Assert.That(data.ConstantColumns, Is.EqualTo(new[] { "column 3 ('z')" }));
        }
    }

    [Test]
    public void Diagnosis_OfConflictingNumbers_HasTheLossOfTheirMeans()
    {
        // Targets are divided by the largest: −1 and ½ on one input, and ¼ of nobody's concern.
        var data = Of("1,0,-4\n0,1,1\n1,0,2\n").Data;
        Assert.That((data.LeastLoss, data.BestAccuracy), Is.EqualTo((0.5 * 2 * 0.75 * 0.75, (double?)null)));
    }

    [Test]
    public void Diagnosis_OfEqualInputs_HasNoSeparationAndSaysSo()
    {
        var diagnosis = Of("1,2,a\n1,2,b\n1,2,a\n1,2,b\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((diagnosis.Data.Separation, diagnosis.Data.ClosestPairs.Length, diagnosis.Data.BestAccuracy), Is.EqualTo(((double?)null, 0, 0.5)));
            Assert.That(diagnosis.Readings[0].Text, Does.Contain("All inputs are equal").And.Contain("the best possible is 50 %"));
            Assert.That(diagnosis.Theorems.Widths, Has.All.Property(nameof(AskedWidth.Width)).Null);
        }
    }

    [Test]
    public void Diagnosis_ClosestPair_HasLinesOfTheFile()
    {
        // An empty line counts as a line: the pair stands on lines 3 and 6.
        var data = Of("x,y,v\n0,1,0.3\n1,0,1.5\n\n-1,2,2.5\n1,0.001,3.5\n0,-3,7.5\n").Data;
        Assert.That((data.ClosestPairs[0].FirstLine, data.ClosestPairs[0].SecondLine, data.ClosestPairs[0].HasSameLabel), Is.EqualTo((3L, 6L, false)));
        Assert.That(data.ClosestPairs.Select(p => p.Distance), Is.Ordered);
        Assert.That(data.Separation, Is.EqualTo(data.ClosestPairs[0].Distance));
    }

    [Test]
    public void Diagnosis_OfColumnsInOtherUnits_NamesTheOneThatDecides() => Assert.That(
        Of("height,salary,kind\n1.7,50000,a\n1.6,41000,b\n1.9,38000,a\n1.8,61000,b\n").Readings[0].Text, Does.Contain("Column 2 ('salary') makes up 100 % of the squared length"));

    [Test]
    public void Diagnosis_Kernels_AreBoundedOnTheRightSide()
    {
        var diagnosis = Of(Conflicting);
        foreach (var (kernel, order) in new[] { (diagnosis.InfiniteWidth, 4), (diagnosis.FiniteWidth, 12) })
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That((kernel.Order, kernel.Eigenvalues.Length), Is.EqualTo((order, order)));
                Assert.That(kernel.Eigenvalues, Is.Ordered.Descending);
                Assert.That((kernel.Eigenvalues[0], kernel.Eigenvalues[^1]), Is.EqualTo((kernel.Largest, kernel.Smallest)));
                Assert.That(kernel.SmallestAtLeast, Is.Positive.And.LessThanOrEqualTo(kernel.Smallest).And.GreaterThan(0.999 * kernel.Smallest));
                Assert.That(kernel.LargestAtMost, Is.GreaterThanOrEqualTo(kernel.Largest).And.LessThan(1.001 * kernel.Largest));
            }
        }

        // The diagonal of the limit is L.
        Assert.That(diagnosis.InfiniteWidth.Eigenvalues.Sum(), Is.EqualTo(4 * Small.Depth).Within(1e-12));
    }

    [Test]
    public void Diagnosis_Predictions_AreThoseOfTheKernelsIterated()
    {
        // The same network, kernel and recursion r ← r − ηKr, one step after the other in place of closed forms.
        using var folder = new TemporaryFolder();
        var rows = DelimitedFile.Sample(folder.Write("data.csv", Conflicting), 100, Small.Seed);
        var (diagnosis, samples) = (DiagnosisRun.Of(rows, Small, new Ignored(), CancellationToken.None), new SampleDiagnosis(rows).Different);
        var (n, d) = (samples.Count, samples.OutputDimension);
        var network = new FullyConnected<double>(samples.InputDimension, Small.Width, Small.Depth, d);
        network.Initialise(RandomStream.FromSeed(Small.Seed).Derive("train"));
        var (state, kernel) = (new BatchState<double>(network, n * d), new double[n * d * n * d]);
        TangentKernel.Compute<double>(network, samples.Inputs, state, kernel, new double[TangentKernel.WorkspaceLength(state)]);
        var pass = new BatchState<double>(network, n);
        network.Forward(samples.Inputs, pass);
        double[] residual = [.. Enumerable.Range(0, n * d).Select(k => pass.Output[(k % d * pass.Stride) + (k / d)] - samples.Targets[k])];
        foreach (var point in diagnosis.Descent.Curve)
        {
            double[] r = [.. residual];
            for (var t = 0; t < point.Step; t++)
            {
                r = [.. r.Select((value, i) => value - (diagnosis.Descent.LearningRate * FixedOrder.Dot<double>(kernel.AsSpan(i * r.Length, r.Length), r)))];
            }

            // Backward stable eigenvectors and at most 40 steps: some tens of u·λ_max/λ_min.
            Assert.That(point.LossLinearised, Is.EqualTo(r.Sum(value => value * value) / 2).Within(1e-12 * diagnosis.Descent.InitialLoss), $"step {point.Step}");
        }

        Assert.That(diagnosis.Descent.Curve[0].Loss, Is.EqualTo(diagnosis.Descent.Curve[0].LossLinearised).Within(1e-13 * diagnosis.Descent.InitialLoss));
        Assert.That(diagnosis.Descent.Curve[0].LossInfiniteWidth, Is.EqualTo(diagnosis.Descent.InitialLoss).Within(1e-13 * diagnosis.Descent.InitialLoss));
    }

    /// <summary>At infinite width all three runs are one. Deviations are of order 1/√m = 0.02; a prediction with a wrong unit is off by a factor. The seed is fixed.</summary>
    [Test]
    public void Diagnosis_OfAWideNetwork_IsWhatWasPredicted()
    {
        var descent = Of(Conflicting, Small with { Width = 2048, Steps = 12, Accuracy = 1e-3 }).Descent;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(descent.LinearisationError, Is.LessThan(0.1));
            Assert.That(descent.Movement, Is.EqualTo(descent.MovementLinearised).Within(10).Percent);
            Assert.That(descent.Curve[^1].LossInfiniteWidth, Is.EqualTo(descent.Curve[^1].Loss).Within(0.1 * descent.InitialLoss));
            Assert.That(descent.MovementLimit, Is.GreaterThan(descent.MovementLinearised));
            Assert.That((descent.Steps, descent.StepsMeasured), Is.EqualTo((12, (int?)null)));
        }
    }

    [Test]
    public void Diagnosis_ThatArrives_CountsItsSteps()
    {
        var descent = Of(Conflicting, Small with { Steps = 2000, Accuracy = 0.5 }).Descent;
        Assert.That(descent.StepsMeasured, Is.Not.Null);
        Assert.That(descent.Steps, Is.EqualTo(descent.StepsMeasured + 1), "one more, since the loss is seen in the step after");
        Assert.That(Math.Ceiling(descent.StepsAtWorst!.Value), Is.GreaterThanOrEqualTo(descent.StepsLinearised!.Value), "every direction is at least as fast as the slowest");
    }

    [Test]
    public void Diagnosis_Labels_AreCountedInOrderOfTheKernel()
    {
        var labels = Of(Conflicting).Labels;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(labels.Energies.Sum(), Is.EqualTo(1).Within(1e-14));
            Assert.That(labels.Spans.Select(span => span.Most), Is.Ordered, "less noise, more directions");
            Assert.That(labels.Spans.All(span => span.BestOrder <= span.Most && span.Least <= span.Most), "no order beats the best");
        }
    }

    [Test]
    public void Diagnosis_OfMoreThanFits_SaysHowManyDo()
    {
        using var folder = new TemporaryFolder();
        var rows = DelimitedFile.Sample(folder.Write("data.csv", string.Concat(Enumerable.Range(0, 1500).Select(i => $"{i},{"abc"[i % 3]}\n"))), 2000, 1);
        Assert.That(
            () => DiagnosisRun.Of(rows, Small with { KernelRows = 1400 }, new Ignored(), CancellationToken.None),
            Throws.InstanceOf<DiagnosisException>().With.Message.Contains("1400 samples with 3 outputs make a kernel of 4200 rows").And.Message.Contains("Take at most 1365 with --kernel-rows"));
    }

    [Test]
    public void Diagnosis_Progress_RisesToTheWholeOfTheCountedWork()
    {
        var seen = new List<WorkDone>();
        using var folder = new TemporaryFolder();
        DiagnosisRun.Of(DelimitedFile.Sample(folder.Write("data.csv", Conflicting), 100, 1), Small with { Accuracy = 1e-9 }, new Kept(seen), CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Select(w => w.Done), Is.Ordered);
            Assert.That(seen[^1].Done, Is.EqualTo(seen[^1].Total).Within(1e-9 * seen[^1].Total));
            Assert.That(seen.Select(w => w.Doing).Distinct(), Is.EqualTo(new[] { "distances between inputs", "kernel of infinite width", "tangent kernel of the network", "gradient descent" }));
        }
    }

    [Test]
    public void Diagnosis_Cancelled_Stops()
    {
        using var folder = new TemporaryFolder();
        var rows = DelimitedFile.Sample(folder.Write("data.csv", Conflicting), 100, 1);
        Assert.That(() => DiagnosisRun.Of(rows, Small, new Ignored(), new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Diagnosis Of(string text, DiagnosisSettings? settings = null)
    {
        using var folder = new TemporaryFolder();
        return DiagnosisRun.Of(DelimitedFile.Sample(folder.Write("data.csv", text), 100, Small.Seed), settings ?? Small, new Ignored(), CancellationToken.None);
    }

    private sealed class Ignored : IProgress<WorkDone>
    {
        public void Report(WorkDone value)
        {
        }
    }

    private sealed class Kept(List<WorkDone> seen) : IProgress<WorkDone>
    {
        public void Report(WorkDone value) => seen.Add(value);
    }
}
