using Harness.Core.Numerics;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>What every estimator of the library owes its user, and what some of them are at configurations where that is known.</summary>
public sealed class EstimatorTests
{
    private static readonly TransferModel[] Models = [new(1, 100, 1000), new(1, 100, 1000, 400), new(1, 10, 40, 160, 640), new(5, 100, 1000, 400, 30), new(3, 100, 50, 50, 50, 50)];

    private static IEnumerable<TestCaseData> Pairs() =>
        from estimator in TransferEstimators.All
        from model in Models
        where estimator.Supports(model)
        select new TestCaseData(estimator, model).SetArgDisplayNames(estimator.Name, $"d={model.Dimension} K={model.Sources}");

    [Test]
    public void Names_AreUnique() => Assert.That(TransferEstimators.All.Select(e => e.Name), Is.Unique);

    /// <summary>Moving all means moves the estimate: the worst case over θ is the risk at any θ.</summary>
    [TestCaseSource(nameof(Pairs))]
    public void Estimate_OfShiftedMeans_IsShifted(ITransferEstimator estimator, TransferModel model)
    {
        for (var trial = 0ul; trial < 50; trial++)
        {
            var means = new double[model.MeansLength];
            RandomStream.FromSeed(trial).FillGaussian<double>(means, 0.25);
            var moved = means.Select(x => x + 1).ToArray();
            var (one, other) = (Apply(estimator, model, means), Apply(estimator, model, moved));

            // Means below 3 are rounded by less than 2⁻⁵²; the steepest rules, the posterior's share of n_0 d²/2 and James and Stein's factor 1/‖Z‖², amplify that by less than 10⁴ at these sizes and draws.
            Assert.That(other.Select(x => x - 1), Is.EqualTo(one).Within(1e-11));
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public void Estimate_AgainAndWithAnotherWorkspace_HasTheSameBitsAndAllocatesNothing(ITransferEstimator estimator, TransferModel model)
    {
        var (means, estimate) = (new double[model.MeansLength], new double[model.Dimension]);
        RandomStream.FromSeed(3).FillGaussian<double>(means, 0.5);
        var first = Apply(estimator, model, means);
        var dirty = Enumerable.Repeat(double.NaN, estimator.WorkspaceLength(model)).ToArray();
        estimator.Estimate(model, means, estimate, dirty);
        var before = GC.GetAllocatedBytesForCurrentThread();
        estimator.Estimate(model, means, estimate, dirty);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(estimate, Is.EqualTo(first));
    }

    [Test]
    public void Lepski_OfOneSource_IsThePreTestAtItsThreshold()
    {
        var (model, means) = (new TransferModel(1, 100, 1000), new double[2]);
        var preTest = new PreTest(Math.Sqrt(2 * Math.Log(11)));
        for (var trial = 0ul; trial < 1000; trial++)
        {
            RandomStream.FromSeed(trial).FillGaussian<double>(means, 0.2);
            Assert.That(Apply(new Lepski(), model, means), Is.EqualTo(Apply(preTest, model, means)));
        }
    }

    [Test]
    public void Clustering_OfSourcesInTwoPlaces_PoolsTheOneAtTheTarget()
    {
        var model = new TransferModel(1, 1, 100, 100, 100, 100);
        Assert.That(Apply(new Clustering(), model, [0, 50, 0.1, 50.1, -0.1])[0], Is.EqualTo(0).Within(1e-15));

        // A chain: the ends do not agree with each other, but each agrees with the middle.
        Assert.That(Apply(new Clustering(), new(1, 1e-3, 1, 1, 1), [0, -6, 6, 0])[0], Is.EqualTo(0).Within(1e-15));
    }

    [Test]
    public void JamesStein_InOneDimension_IsNotDefined() => Assert.That(new JamesStein().Supports(new(2, 1, 1)), Is.False);

    internal static double[] Apply(ITransferEstimator estimator, TransferModel model, double[] means)
    {
        var estimate = new double[model.Dimension];
        estimator.Estimate(model, means, estimate, new double[estimator.WorkspaceLength(model)]);
        return estimate;
    }
}
