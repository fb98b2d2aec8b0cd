using Harness.Claims;
using NUnit.Framework;

namespace Harness.ProofsChecks.Model;

/// <summary>A point outside a domain's design: what is given, what stays at its mild end, what is computed.</summary>
public sealed class DomainPointTests
{
    private static readonly Domain Sizes = Domain.Filling(3, 2, new VariableRange("m", 64, 512, IsInteger: true), new VariableRange("δ", 0.3, 0.01, IsInteger: false));

    /// <summary>Its width is computed from the range of mδ.</summary>
    private static readonly Domain Combined = Domain.Filling(3, 2, new VariableRange("mδ", 20, 200, IsInteger: false), new VariableRange("δ", 0.3, 0.01, IsInteger: false)).Computing("m", "mδ", v => Math.Ceiling(v["mδ"] / v["δ"]));

    [Test]
    public void Point_NothingGiven_IsTheMildEnd() => Assert.That(Of(Sizes), Is.EqualTo(new[] { ("m", 64.0), ("δ", 0.3) }));

    [Test]
    public void Point_Given_StaysGiven() => Assert.That(Of(Sizes, ("δ", 0.02)), Is.EqualTo(new[] { ("m", 64.0), ("δ", 0.02) }));

    [Test]
    public void Point_CombinationGiven_ComputesItsVariable() => Assert.That(Of(Combined, ("mδ", 30), ("δ", 0.1)), Is.EqualTo(new[] { ("mδ", 30.0), ("δ", 0.1), ("m", 300.0) }));

    [Test]
    public void Point_ComputedVariableGiven_LeavesItsCombinationOut() => Assert.That(Of(Combined, ("m", 48)), Is.EqualTo(new[] { ("δ", 0.3), ("m", 48.0) }));

    /// <summary>Exponents are stated in the variable that a combination was swept for, whose limit lies where the combination's range ends.</summary>
    [Test]
    public void Stated_CombinationSwept_IsTheVariableOnItsOwnSide()
    {
        var reciprocal = Domain.Filling(3, 2, new VariableRange("1/δ", 2, 50, IsInteger: false), new VariableRange("m", 64, 512, IsInteger: true)).Computing("δ", "1/δ", v => 1 / v["1/δ"]).Computing("m/2", v => v["m"] / 2);
        Assert.That(reciprocal.Stated, Is.EqualTo(new[] { new SweptVariable("δ", TowardsZero: true), new SweptVariable("m", TowardsZero: false) }));
        Assert.That(Combined.Stated, Is.EqualTo(new[] { new SweptVariable("m", TowardsZero: false), new SweptVariable("δ", TowardsZero: true) }));
    }

    [Test]
    public void Computing_InPlaceOfWhatIsNotSwept_IsRefused() => Assert.That(() => Sizes.Computing("ω", "ω√m", _ => 1), Throws.ArgumentException.With.Message.Contains("ω√m"));

    [Test]
    public void Point_Wrong_SaysWhat()
    {
        Assert.That(() => Of(Sizes, ("q", 1)), Throws.ArgumentException.With.Message.Contains("there is no variable q; there are m, δ"));
        Assert.That(() => Of(Sizes, ("m", 64.5)), Throws.ArgumentException.With.Message.Contains("m = 64.5: a whole number is expected"));
        Assert.That(() => Of(Combined, ("m", 64.5)), Throws.ArgumentException.With.Message.Contains("m = 64.5: a whole number is expected"), "a size that is computed is whole too");
    }

    private static IEnumerable<(string, double)> Of(Domain domain, params (string Symbol, double Value)[] given) => domain.Point(given.ToDictionary(v => v.Symbol, v => v.Value)).Select(v => (v.Key, v.Value));
}
