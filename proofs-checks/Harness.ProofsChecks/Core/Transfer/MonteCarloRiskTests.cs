using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Transfer;
using Harness.Core.Transfer.Estimators;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>Simulated risks: the same bits however the blocks are shared out, and standard errors that cover the exact risk as often as they say.</summary>
public sealed class MonteCarloRiskTests
{
    private const double N0 = 100, N1 = 1000, Bias = 0.15;

    private static readonly TransferModel One = new(1, N0, N1);

    private static readonly double ExactPreTest =
        (1 + (N1 / N0 * HardThreshold.Risk(Ball.Exactly(2), Ball.Exactly(Bias / Math.Sqrt((1 / N0) + (1 / N1)))).Midpoint)) / (N0 + N1);

    /// <summary>Estimator, model, centres and exact risk: linear rules, the pre-test by its closed form, and James and Stein's at equal means, d = 9: d/(n_0 + n_1) + 2n_1/(n_0(n_0 + n_1)).</summary>
    private static IEnumerable<TestCaseData> Exact()
    {
        yield return new TestCaseData(new TargetOnly(), One, new[] { 0.3, 0.3 + Bias }, 1 / N0).SetArgDisplayNames("target-only");
        yield return new TestCaseData(new Pooling(), One, new[] { 0, Bias }, (1 / (N0 + N1)) + Math.Pow(N1 * Bias / (N0 + N1), 2)).SetArgDisplayNames("pooling");
        yield return new TestCaseData(new PreTest(), One, new[] { 0, Bias }, ExactPreTest).SetArgDisplayNames("pre-test");
        yield return new TestCaseData(new PreTest(), One, new[] { 0, -Bias }, ExactPreTest).SetArgDisplayNames("pre-test, the other side");
        yield return new TestCaseData(new JamesStein(), new TransferModel(9, N0, N1), new double[18], (9 / (N0 + N1)) + (2 * N1 / (N0 * (N0 + N1)))).SetArgDisplayNames("james-stein");
        yield return new TestCaseData(new Screening(), new TransferModel(1, 1, 10, 10), new double[] { 0, 0, 6 }, ScreeningRisk.At(10, 1, 1, 6, Screening.Threshold(new(1, 1, 10, 10)))).SetArgDisplayNames("screening");
    }

    /// <summary>
    /// 50 seeds: the number of intervals risk ± z·SE that cover is binomial with p = 0.9 if the error is honest. With 10240 draws of skewness below 20 the mean's coverage is off by less than 0.01 (Edgeworth), so the limits are those of p = 0.89 and p = 0.91
    /// at 10⁻⁶ each.
    /// </summary>
    [TestCaseSource(nameof(Exact))]
    public void StandardError_OverFiftySeeds_CoversAsOftenAsItSays(ITransferEstimator estimator, TransferModel model, double[] centres, double exact)
    {
        var covered = Enumerable.Range(0, 50).Count(seed =>
        {
            var risk = Simulate(estimator, model, centres, (ulong)seed, blocks: 40, cut: 40);
            return Math.Abs(risk.Mean - exact) <= 1.6448536269514722 * risk.StandardError;
        });
        Assert.That(Binomial.CDF(0.89, 50, covered), Is.GreaterThan(1e-6), $"{covered} of 50 cover");
        Assert.That(1 - Binomial.CDF(0.91, 50, covered - 1), Is.GreaterThan(1e-6), $"{covered} of 50 cover");
    }

    [Test]
    public void Simulate_SharedOutAmongThreads_HasTheSameBits([Values(1, 7, 16)] int cut)
    {
        var model = new TransferModel(3, 10, 40, 20);
        foreach (var estimator in TransferEstimators.All)
        {
            var whole = Simulate(estimator, model, new double[9], 5, blocks: 32, cut: 32);
            Assert.That(Simulate(estimator, model, new double[9], 5, blocks: 32, cut), Is.EqualTo(whole), estimator.Name);
        }
    }

    [Test]
    public void Simulate_AfterWarmUp_AllocatesNothing()
    {
        var (estimator, blocks) = (new Clustering(), new RiskEstimate[4]);
        var workspace = new double[MonteCarloRisk.WorkspaceLength(estimator, One)];
        MonteCarloRisk.Simulate(estimator, One, [0, 0], RandomStream.FromSeed(1), 0, blocks, workspace);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MonteCarloRisk.Simulate(estimator, One, [0, 0], RandomStream.FromSeed(1), 0, blocks, workspace);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Simulate_UnsupportedModel_SaysWhich() =>
        Assert.That(() => MonteCarloRisk.Simulate(new JamesStein(), One, [0, 0], RandomStream.FromSeed(1), 0, new RiskEstimate[1], new double[1000]), Throws.ArgumentException.With.Message.Contains("james-stein").And.Message.Contains("dimension 1"));

    /// <summary>Pieces of <paramref name="cut"/> blocks, simulated at once in any order, merged in theirs.</summary>
    private static RiskEstimate Simulate(ITransferEstimator estimator, TransferModel model, double[] centres, ulong seed, int blocks, int cut)
    {
        var parts = new RiskEstimate[blocks];
        Parallel.For(0, (blocks + cut - 1) / cut, piece =>
        {
            var first = piece * cut;
            var workspace = new double[MonteCarloRisk.WorkspaceLength(estimator, model)];
            MonteCarloRisk.Simulate(estimator, model, centres, RandomStream.FromSeed(seed), first, parts.AsSpan(first, Math.Min(cut, blocks - first)), workspace);
        });
        return RiskEstimate.Of(parts);
    }
}
