using Harness.Claims;
using Harness.Claims.Catalogue.AllenZhuLiSong;
using Harness.Claims.Catalogue.PiecewiseAffineNetworks;
using Harness.Claims.Catalogue.Spectra;
using Harness.Claims.Catalogue.TwoLayers;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>What observations keep for the figures of the report is what their values were made of.</summary>
public sealed class PredictedSeriesTests
{
    [Test]
    public void Of_WhatAnObservationKept_IsThatAgain()
    {
        var series = PredictedSeries.Of(Observed([.. new PredictedSeries([1, 2, 3], [4, 5, 6]).ToSeries()]))!;
        Assert.Multiple(() =>
        {
            Assert.That(series.Measured, Is.EqualTo(new[] { 1.0, 2, 3 }));
            Assert.That(series.Predicted, Is.EqualTo(new[] { 4.0, 5, 6 }));
        });
    }

    [Test]
    public void Of_NothingOrAnOddNumber_IsNone() => Assert.That(new[] { PredictedSeries.Of(Observed([])), PredictedSeries.Of(Observed([1, 2, 3])) }, Is.All.Null);

    [Test]
    public void Series_WithAPredictionMissing_IsRefused() => Assert.That(() => new PredictedSeries([1, 2], [1]), Throws.ArgumentException);

    [Test]
    public void Eigenvalues_OnTheLine_HaveTheObservedMean()
    {
        var (o, series) = First(DecayOnTheLine.Uniform);
        Assert.That(series.Measured.Zip(series.Predicted, (λ, limit) => λ / limit).Average() / Math.Pow(o.Variables["i"], 2), Is.EqualTo(o.Value.Midpoint).Within(8).Ulps);
    }

    [Test]
    public void Eigenvalues_OnTheSphere_HaveTheObservedDistance()
    {
        var (o, series) = First(SphereSpectrum.DecayInThree);
        Assert.That(series.Measured.Zip(series.Predicted, (μ, limit) => Math.Abs((μ / limit) - 1)).Max(), Is.EqualTo(o.Value.Midpoint).Within(1e-14));
    }

    /// <summary>One of k initialisations is kept, so its deviation is at most √k times the root mean square; and never zero, or nothing was trained.</summary>
    [TestCase("adhlw.residual-modes", 6)]
    [TestCase("azls.residual-modes", 4)]
    public void Residuals_BesideTheModes_DeviateNoMoreThanWasObserved(string id, int initialisations)
    {
        var (o, series) = First(id == Modes.Residual.Id ? Modes.Residual : ResidualModes.Claim);
        var deviation = series.Measured.Zip(series.Predicted, (r, modes) => Math.Abs(r - modes)).Max() / series.Measured[0];
        Assert.Multiple(() =>
        {
            Assert.That(deviation, Is.Positive.And.LessThanOrEqualTo(Math.Sqrt(initialisations) * o.Value.Midpoint));
            Assert.That(series.Predicted[0], Is.EqualTo(series.Measured[0]).Within(1e-12 * series.Measured[0]), "both start at the same residual");
            Assert.That(series.Measured[^1], Is.LessThan(0.05 * series.Measured[0]), "trained to the end");
        });
    }

    /// <summary>From the kept η, λ, T and rounding the bound of every kept residual can be drawn; three times the certified rate, which is a mutant of the claim, is too fast for them.</summary>
    [Test]
    public void Residuals_UnderACertificate_AreKeptWithTheirBound()
    {
        var o = Observe(Certificate.Rate);
        double Largest(double factor) => o.Series.Select((norm, i) =>
            norm / o.Series[0] / (Math.Pow(1 - (factor * o.Variables.η * o.Variables["λ"] / 2), i * (int)o.Variables["T"] / (o.Series.Length - 1)) + o.Variables["rounding"])).Skip(1).Max();
        Assert.Multiple(() =>
        {
            Assert.That(Largest(1), Is.LessThanOrEqualTo(o.Value.Midpoint * (1 + 1e-9)));
            Assert.That(Largest(3), Is.GreaterThan(1));
        });
    }

    private static (Observation Trial, PredictedSeries Series) First(Claim claim) => Observe(claim) is var o ? (o, PredictedSeries.Of(o)!) : default;

    private static Observation Observe(Claim claim) => new WorkItem(claim, Variant: 0, claim.Experiment.Domain.Cells(Profile.Gate)[0], Trial: 0, Data: null).Observe(seed: 7, Profile.Gate);

    private static Observation Observed(double[] series) => new(0, 0, IsCalibration: false, Variables.None, Ball.Exactly(1), Ball.Exactly(1), [.. series]);
}
