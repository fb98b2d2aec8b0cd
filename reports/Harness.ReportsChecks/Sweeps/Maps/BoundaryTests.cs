using Harness.Core.Numerics;
using Harness.Reports.Sweeps.Maps;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps.Maps;

/// <summary>The exponent of a boundary, with an interval that covers the true one as often as it says.</summary>
public sealed class BoundaryTests
{
    /// <summary>At a coverage of 95 % fewer than 88 of 100 come with a chance of 2 in 1000; the seeds are fixed.</summary>
    [TestCase(1.5)]
    [TestCase(0)]
    [TestCase(-1)]
    public void Of_SimulatedDiagrams_CoversTheExponentAsOftenAsItSays(double exponent)
    {
        var stream = RandomStream.FromSeed(4).Derive("boundary");
        var fits = Enumerable.Range(0, 100).Select(k => Boundary.Of(SimulatedDiagram.Columns(stream.Derive((ulong)k), x => 80 * Math.Pow(x / 5, exponent)))!).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(fits.Count(fit => fit.Lower <= exponent && exponent <= fit.Upper), Is.GreaterThanOrEqualTo(88));
            Assert.That(fits.Average(fit => fit.Exponent), Is.EqualTo(exponent).Within(0.05), "no bias");
            Assert.That(fits.Average(fit => fit.Upper - fit.Lower), Is.LessThan(1), "and it says something");
        });
    }

    [Test]
    public void Of_ABoundaryThatIsNoPower_HasAWiderInterval()
    {
        var stream = RandomStream.FromSeed(5);
        var straight = Boundary.Of(SimulatedDiagram.Columns(stream, x => 40 * x / 2))!;
        var bent = Boundary.Of(SimulatedDiagram.Columns(stream, x => 40 * x / 2 * (x is 3 or 6 or 12 ? 2.5 : 1)))!;
        Assert.That(bent.Upper - bent.Lower, Is.GreaterThan(2 * (straight.Upper - straight.Lower)));
    }

    [Test]
    public void Of_ColumnsWithoutATransition_LeavesThemOut()
    {
        var columns = SimulatedDiagram.Columns(RandomStream.FromSeed(6), x => 20 * Math.Pow(x / 2, 3)).ToList();
        var fit = Boundary.Of(columns)!;
        Assert.Multiple(() =>
        {
            Assert.That(columns.Count(column => column.Y is null), Is.GreaterThan(0), "at x = 12 it is 4320, beyond all widths");
            Assert.That(fit.Columns.Select(column => column.X), Is.EqualTo(columns.Where(column => column.Y is not null).Select(column => column.X)));
            Assert.That(fit.Exponent, Is.EqualTo(3).Within(0.6));
            Assert.That(fit.At(fit.Centre.X), Is.EqualTo(fit.Centre.Y).Within(1e-6).Percent, "the line goes through its middle");
        });
    }

    [Test]
    public void Of_TwoColumns_HasNoIntervalAndOfOneThereIsNoFit()
    {
        var columns = SimulatedDiagram.Columns(RandomStream.FromSeed(7), _ => 60).ToList();
        var two = Boundary.Of(columns.Take(2))!;
        Assert.Multiple(() =>
        {
            Assert.That((two.Lower, two.Upper), Is.EqualTo((double.NegativeInfinity, double.PositiveInfinity)));
            Assert.That(Boundary.Of(columns.Take(1)), Is.Null);
            Assert.That(Boundary.Of([]), Is.Null);
        });
    }
}
