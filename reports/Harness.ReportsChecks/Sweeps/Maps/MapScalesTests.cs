using Harness.Reports.Report.Figures;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps.Maps;

/// <summary>Places and colours of a map.</summary>
public sealed class MapScalesTests
{
    [Test]
    public void Around_EveryValue_MeetsItsNeighbours()
    {
        foreach (var (values, isLogarithmic) in new[] { (new double[] { 256, 8, 32, 64, 16, 128 }, true), ([1, 2, 3, 4], false), ([0, 1, 2], false), ([0.3, 0.1, 0.03], true), ([2, 16], false) })
        {
            var edges = new MapEdges(values);
            var around = edges.Values.Select(edges.Around).ToArray();
            Assert.Multiple(() =>
            {
                Assert.That(edges.IsLogarithmic, Is.EqualTo(isLogarithmic), string.Join(' ', values));
                Assert.That(edges.Values, Is.EqualTo(values.Order()));
                Assert.That(around.Skip(1).Select(cell => cell.From), Is.EqualTo(around.SkipLast(1).Select(cell => cell.To)), "no gap, no overlap");
                Assert.That(around.Zip(edges.Values).All(cell => cell.First.From < cell.Second && cell.Second < cell.First.To));
                Assert.That((edges.From, edges.To), Is.EqualTo((around[0].From, around[^1].To)));
            });
        }
    }

    /// <summary>Relative luminance as WCAG defines it, so that the order of colours survives grey printing and every colour vision that sees light.</summary>
    [Test]
    public void Of_GreaterNumbers_IsLighter()
    {
        var scale = ColourScale.Rates("rate");
        var light = Enumerable.Range(0, 101).Select(k => Luminance(scale.Of(k / 100.0)!)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(light, Is.Ordered.Ascending);
            Assert.That(light[^1] - light[0], Is.GreaterThan(0.7));

            // White text or black on it has the contrast of 4.5 that small text needs.
            Assert.That(Enumerable.Range(0, 101).Select(k => scale.IsDark(k / 100.0) ? 1.05 / (light[k] + 0.05) : (light[k] + 0.05) / 0.05), Is.All.GreaterThan(4.5));
        });
    }

    [Test]
    public void Around_AnyNumbers_HasAColourForEachAndNoneForNone()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ColourScale.Around("r", [1, 10, 100]).Axis.IsLogarithmic);
            Assert.That(ColourScale.Around("r", [-1, 10]).Axis.IsLogarithmic, Is.False);
            Assert.That(ColourScale.Around("r", [5, 5]).Of(5), Does.Match("^#[0-9a-f]{6}$"));
            Assert.That(ColourScale.Around("r", []).Of(5), Is.Not.Null);
            Assert.That(ColourScale.Around("r", [1, double.PositiveInfinity, 2]).Of(double.PositiveInfinity), Is.EqualTo("#fde725"), "beyond the end is at the end");
            Assert.That(ColourScale.Rates("r").Of(double.NaN), Is.Null);
        });
    }

    private static double Luminance(string colour)
    {
        double[] rgb = [.. Enumerable.Range(0, 3).Select(k => Convert.ToInt32(colour.Substring(1 + (2 * k), 2), 16) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
    }
}
