using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Data;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Data;

public class UnitNormalisationTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    [Test]
    public void Apply_AnyFiniteInputs_GivesUnitVectorsWithTheConstantLast() => Hold((raw, unit, dimension) =>
    {
        // The bound that the documentation derives, plus the first-order remainder of the twofold sum (below u).
        var tolerance = (FixedOrder.RoundingDepth<double>(raw.Dimension) + 17) * UnitRoundoff;
        for (var i = 0; i < raw.Count; i++)
        {
            var x = unit.AsSpan(i * dimension, dimension);
            if (x[^1] != Math.Sqrt(0.5) || x[^2] < 0 || !(Math.Abs(TwofoldSum.Dot(x, x).Less(1)) <= tolerance))
            {
                return false;
            }
        }

        return true;
    });

    [Test]
    public void Apply_AnyFiniteInputs_LeavesNoNegativeInnerProduct() => Hold((raw, unit, dimension) =>
    {
        // ⟨xᵢ, xⱼ⟩ = ½ + ⟨x′ᵢ, x′ⱼ⟩ ≥ ½ − max ‖x′‖², and ‖x′‖² ≤ ½ + (k + 16)u by the bound on the norms.
        var tolerance = (FixedOrder.RoundingDepth<double>(raw.Dimension) + 17) * UnitRoundoff;
        for (var i = 0; i < raw.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!(TwofoldSum.Dot(unit.AsSpan(i * dimension, dimension), unit.AsSpan(j * dimension, dimension)).High >= -tolerance))
                {
                    return false;
                }
            }
        }

        return true;
    });

    [Test]
    public void Apply_LargestRow_NeedsNoPadding() => Hold((raw, unit, dimension) =>
        raw.Values.All(v => v == 0) || Enumerable.Range(0, raw.Count).Any(i => unit[((i + 1) * dimension) - 2] == 0));

    [Test]
    public void Apply_EqualRows_StayEqual() => Hold((raw, unit, dimension) =>
        Enumerable.Range(1, raw.Count - 1).All(i => !raw.Row(i).SequenceEqual(raw.Row(0)) || unit.AsSpan(i * dimension, dimension).SequenceEqual(unit.AsSpan(0, dimension))));

    [Test]
    public void Apply_PowerOfTwoScale_ChangesNoBit() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(RawInputs.Arbitrary, raw =>
    {
        // Exact unless a coordinate becomes subnormal, hence the bound on the exponents.
        var smallest = raw.Values.Where(v => v != 0).Select(Math.Abs).DefaultIfEmpty(1).Min();
        var largest = raw.Values.Select(Math.Abs).Max();
        return smallest < 1e-280 || largest > 1e280 || Normalise(raw).SequenceEqual(Normalise(raw with { Values = [.. raw.Values.Select(v => v * 1024)] }));
    }));

    [Test]
    public void Apply_AllZero_GivesOneUnitVector()
    {
        var unit = new double[8];
        UnitNormalisation.Apply([0, 0, 0, 0], 2, unit);
        Assert.That(unit, Is.EqualTo([0, 0, Math.Sqrt(0.5), Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5), Math.Sqrt(0.5)]));
    }

    [Test]
    public void Apply_HugeAndTinyNumbers_NeitherOverflowNorVanish()
    {
        var unit = new double[4];
        UnitNormalisation.Apply([double.MaxValue, double.MaxValue], 2, unit);
        Assert.That(unit[0], Is.EqualTo(0.5).Within(4 * UnitRoundoff), "1/√2 · 1/√2 with the three roundings of scale and product");
        UnitNormalisation.Apply([double.Epsilon, 0], 2, unit);
        Assert.That(unit[0], Is.EqualTo(Math.Sqrt(0.5)).Within(4 * UnitRoundoff));
    }

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void Apply_NotANumber_IsRefusedWithItsPlace(double bad) => Assert.That(
        () => UnitNormalisation.Apply([1, 2, 3, bad], 2, new double[8]),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains("Input 1").And.Message.Contains("coordinate 1"));

    [Test]
    public void Apply_DestinationOfTheRawSize_IsRefused() => Assert.That(
        () => UnitNormalisation.Apply([1, 2, 3, 4], 2, new double[4]),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains("2 × 4"));

    [Test]
    public void Apply_DataSet_KeepsTargetsLabelsAndName()
    {
        var raw = new DataSet("two.csv", [3, 4, 0, 1], 2, [1, 0, 0, 1], 2, [0, 1], ["a", "b"]);
        var unit = UnitNormalisation.Apply(raw);
        Assert.Multiple(() =>
        {
            Assert.That(unit.Name, Is.EqualTo("two.csv"));
            Assert.That(unit.InputDimension, Is.EqualTo(4));
            Assert.That(unit.Targets, Is.EqualTo(raw.Targets));
            Assert.That(unit.Labels, Is.EqualTo(raw.Labels));
            Assert.That(unit.Classes, Is.EqualTo(raw.Classes));
        });
    }

    private static void Hold(Func<RawInputs, double[], int, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(RawInputs.Arbitrary, raw => property(raw, Normalise(raw), raw.Dimension + UnitNormalisation.AddedCoordinates)));

    private static double[] Normalise(RawInputs raw)
    {
        var unit = new double[raw.Count * (raw.Dimension + UnitNormalisation.AddedCoordinates)];
        UnitNormalisation.Apply(raw.Values, raw.Dimension, unit);
        return unit;
    }
}
