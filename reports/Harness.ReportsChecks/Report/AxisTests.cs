using FsCheck;
using FsCheck.Fluent;
using Harness.Reports.Report.Figures;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed class AxisTests
{
    /// <summary>Values as they occur on axes: a centre of any size, and a spread from none to twelve decades. Shrinks by leaving values out.</summary>
    private static readonly Arbitrary<double[]> Positive = Arb.From(
        from centre in Gen.Choose(-12, 12)
        from spread in Gen.Choose(0, 120)
        from count in Gen.Choose(1, 20)
        from places in Gen.ArrayOf(Gen.Choose(0, 1000), count)
        select places.Select(place => Math.Pow(10, centre + (spread / 10.0 * place / 1000.0))).ToArray(),
        values => values.Length > 1 ? [values[1..], values[..^1]] : []);

    [Test]
    public void Logarithmic_AnyPositiveValues_AreShownInOrder() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Positive, values => IsSound(Axis.Logarithmic("x", values), values)));

    [Test]
    public void Linear_AnyValues_AreShownInOrder() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Positive, values => IsSound(Axis.Linear("x", [.. values, .. values.Select(v => -v)]), values)));

    [TestCase(0.003, 0.3, "0.01 0.1")]
    [TestCase(128, 2048, "200 500 1000 2000")]
    [TestCase(1, 3, "1 2 3")]
    [TestCase(200, 320, "200 250 300 350")]
    [TestCase(1e-9, 1e9, "10⁻⁸ 10⁻⁴ 1 10⁴ 10⁸")]
    public void Logarithmic_Range_HasTheTicksAReaderExpects(double from, double to, string labels) =>
        Assert.That(string.Join(' ', Axis.Logarithmic("x", [from, to]).Ticks.Select(t => t.Label).OfType<string>()), Is.EqualTo(labels));

    [Test]
    public void Suited_ValuesOfBothSigns_IsLinear() => Assert.That(Axis.Suited("x", [-1, 2]).IsLogarithmic, Is.False);

    [Test]
    public void Position_OfZeroOnALogarithmicAxis_IsFiniteAndOutOfSight() => Assert.That(Axis.Logarithmic("x", [1, 10]).Position(0), Is.EqualTo(-10));

    [Test]
    public void Axis_WithoutValues_StillHasTicks() => Assert.That(Axis.Logarithmic("x", [0, double.NaN]).Ticks, Is.Not.Empty);

    private static bool IsSound(Axis axis, double[] values) =>
        values.All(axis.Shows)
        && values.All(v => axis.Position(v) is > 0 and < 1)
        && values.Order().Select(axis.Position).SequenceEqual(values.Select(axis.Position).Order())
        && axis.Ticks.Length is >= 1 and <= 40
        && axis.Ticks.Count(t => t.Label is not null) is >= 1 and <= 9
        && axis.Ticks.Zip(axis.Ticks.Skip(1)).All(pair => pair.First.Value < pair.Second.Value);
}
