using Harness.Claims;
using NUnit.Framework;

namespace Harness.ProofsChecks.Model;

/// <summary>Which cells a domain has, and which of their values.</summary>
public sealed class DomainTests
{
    private static readonly VariableRange Width = new("m", 16, (64, 256, 1024), IsInteger: true);
    private static readonly VariableRange Separation = new("δ", 1, (0.25, 0.0625, 0.015625), IsInteger: false);
    private static readonly VariableRange One = new("L", 1, 1, IsInteger: true);

    [Test]
    public void Range_Fraction_IsGeometricOrEvenOnTheWayToTheProfilesEnd()
    {
        Assert.That(Separation.At(0, Profile.Gate), Is.EqualTo(1));
        Assert.That(Separation.At(0.5, Profile.Gate), Is.EqualTo(0.5));
        Assert.That(Separation.At(1, Profile.Standard), Is.EqualTo(0.0625));
        Assert.That(Separation.At(1, Profile.Thorough), Is.EqualTo(0.015625));
        Assert.That(Separation.Between(0.5, Profile.Gate), Is.EqualTo(0.625));
        Assert.That(Width.At(0.3, Profile.Gate), Is.EqualTo(Math.Round(16 * Math.Pow(4, 0.3))));
        Assert.That(Width.Between(0.31, Profile.Gate), Is.EqualTo(31), "16 + 0.31·48 = 30.88");
    }

    [Test]
    public void Range_Limit_IsZeroForOneThatFalls()
    {
        Assert.That((Separation.TowardsZero, Width.TowardsZero, One.TowardsZero), Is.EqualTo((true, false, false)));
        Assert.That(new[] { One, Width, new("a", 1, (2, 1, 1), false), new("b", 1, (1, 2, 1), false), new("c", 1, (1, 1, 2), false) }.Select(r => r.IsSingle), Is.EqualTo(new[] { true, false, false, false, false }));
    }

    [Test]
    public void Filling_Cells_AreHaltonPointsInTheLogarithms()
    {
        // From 1 to e: the logarithm of a value is its fraction. Digits of 1, 2, 3 reversed in the first eight primes.
        int[] primes = [2, 3, 5, 7, 11, 13, 17, 19];
        var cells = Domain.Filling(20, 1, [.. primes.Select(p => new VariableRange($"x{p}", 1, Math.E, IsInteger: false))]).Cells(Profile.Standard);
        Assert.That(cells.Select(c => c.Index), Is.EqualTo(Enumerable.Range(0, 20)));
        foreach (var prime in primes)
        {
            var fractions = cells.Select(c => Math.Log(c.Variables[$"x{prime}"]));
            Assert.That(fractions, Is.EqualTo(Enumerable.Range(1, 20).Select(i => Reversed(i, prime))).Within(1e-15));
        }

        Assert.That(cells.Take(4).Select(c => c.IsCalibration), Is.EqualTo(new[] { false, true, false, true }), "fractions ½, ¼, ¾, ⅛ of the first range; the milder half calibrates");
    }

    [Test]
    public void Cells_OfEachProfile_HaveItsCountAndItsEnd()
    {
        var domain = Domain.Filling((2, 3, 5), (7, 8, 9), Width, One);
        Assert.That(new[] { Profile.Gate, Profile.Standard, Profile.Thorough }.Select(p => (domain.Cells(p).Count, domain.Cells(p)[0].Variables.m)), Is.EqualTo(new[] { (2, 32.0), (3, 64), (5, 128) }));
        Assert.That(domain.Trials, Is.EqualTo(new ByProfile(7, 8, 9)));
        Assert.That(domain.Ladder, Is.Null);
    }

    [Test]
    public void Climbing_Cells_AreAGeometricLadderOfOneVariable()
    {
        var ladder = Domain.Climbing("δ", 3, 1, One, Separation);
        Assert.That(ladder.Cells(Profile.Gate).Select(c => (c.Variables.L, c.Variables.δ)), Is.EqualTo(new[] { (1.0, 1.0), (1, 0.5), (1, 0.25) }));
        Assert.That(ladder.Ladder, Is.EqualTo("δ"));
        Assert.That(Domain.Climbing("δ", 1, 1, Separation).Cells(Profile.Gate).Single().Variables.δ, Is.EqualTo(1), "one rung is the mild end");
        Assert.That(() => Domain.Climbing("δ", 3, 1, Separation, Width), Throws.ArgumentException.With.Message.Contains("climbs one variable, δ; m must be a single value"));
    }

    [Test]
    public void Lines_FewerThanTwoPoints_Throws()
    {
        Assert.That(() => Domain.Lines(1, Width), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(Domain.Lines(2, Width).Cells(Profile.Gate).Select(c => c.Variables.m), Is.EqualTo(new[] { 16.0, 64 }));
        Assert.That(Domain.Lines(3, Width).Trials, Is.EqualTo((ByProfile)1));
    }

    [Test]
    public void Computing_Variable_FollowsTheOthersAndStandsForItsCombination()
    {
        var domain = Domain.Filling(3, 2, new VariableRange("mδ", 20, 200, IsInteger: false), Separation, One).Computing("m", "mδ", v => v["mδ"] / v.δ).Computing("half", v => v.m / 2);
        Assert.That(domain.Symbols, Is.EqualTo(new[] { "mδ", "δ", "L", "m", "half" }));
        Assert.That(domain.Swept, Is.EqualTo(new SweptVariable[] { new("mδ", false), new("δ", true) }), "what is single is not swept");
        Assert.That(domain.Stated, Is.EqualTo(new SweptVariable[] { new("m", false), new("δ", true) }));
        Assert.That(domain.Cells(Profile.Gate), Is.All.Matches<Cell>(c => c!.Variables.m == c.Variables["mδ"] / c.Variables.δ && c.Variables["half"] == c.Variables.m / 2));
    }

    [Test]
    public void Computing_FromWhatIsNotSwept_SaysWhatIs() => Assert.That(
        () => Domain.Filling(1, 1, Width, Separation).Computing("m", "mδ", v => v.m), Throws.ArgumentException.With.Message.Contains("mδ is none of the ranges: m, δ."));

    [Test]
    public void Stated_VariableThatFallsWhereItsCombinationGrows_HasItsOwnLimit() => Assert.That(
        Domain.Filling(1, 1, new VariableRange("1/ε", 1, 100, IsInteger: false)).Computing("ε", "1/ε", v => 1 / v["1/ε"]).Stated, Is.EqualTo(new SweptVariable[] { new("ε", true) }));

    [Test]
    public void Stated_VariableThatIsItselfComputed_IsNotItsOwnCombination() =>
        Assert.That(Domain.Filling(1, 1, Separation).Computing("δ", v => v.δ).Computing("q", _ => 1).Stated, Is.EqualTo(new SweptVariable[] { new("δ", true) }));

    [Test]
    public void IsWhole_RangeOrSize_SaysSo()
    {
        var domain = Domain.Filling(1, 1, Width, Separation, new VariableRange("n", 1, 2, IsInteger: false)).Computing("L", _ => 2).Computing("ω", _ => 0.5).Computing("d", _ => 1);
        Assert.That(new[] { "m", "δ", "n", "L", "ω", "d" }.Select(domain.IsWhole), Is.EqualTo(new[] { true, false, false, true, false, true }));
        Assert.That(new[] { "n", "m", "L", "d", "ε" }.Select(Domain.Filling(1, 1, Separation).IsWhole), Is.EqualTo(new[] { true, true, true, true, false }));
    }

    [Test]
    public void Reduced_Domain_HasOtherCountsAndTheSameRest()
    {
        var own = Domain.Filling(4, 4, Width);
        var domain = Domain.Climbing("δ", 9, 8, Separation, One).Computing("m", _ => 3).OnData(own);
        var reduced = domain.Reduced(3, 2);
        Assert.That(reduced.Cells(Profile.Standard).Select(c => (c.Variables.δ, c.Variables.m)), Is.EqualTo(new[] { (1.0, 3.0), (0.25, 3), (0.0625, 3) }));
        Assert.That((reduced.Trials, reduced.Ladder), Is.EqualTo(((ByProfile)2, "δ")));
        Assert.That(reduced.ForData, Is.SameAs(own));
        Assert.That(() => Domain.Lines(3, Width).Reduced(1, 1), Throws.InvalidOperationException.With.Message.Contains("Lines have as many cells as their points"));
    }

    [Test]
    public void ForData_NothingSaid_IsAThirdOfTheCellsWithoutWhatSamplesBring()
    {
        var domain = Domain.Filling((4, 6, 8), (1, 2, 3), Width, Separation, new VariableRange("d", 1, 4, IsInteger: true), One).Computing("q", v => v.m + 1).ForData;
        Assert.That(domain.Symbols, Is.EqualTo(new[] { "m", "L", "q" }));
        Assert.That(new[] { Profile.Gate, Profile.Standard, Profile.Thorough }.Select(p => domain.Cells(p).Count), Is.EqualTo(new[] { 2, 2, 3 }));
        Assert.That(domain.Trials, Is.EqualTo(new ByProfile(1, 2, 3)));
        Assert.That(Domain.Climbing("m", 9, 1, Width, Separation with { To = 1 }).ForData.Cells(Profile.Gate).Select(c => c.Variables.m), Is.EqualTo(new[] { 16.0, 32, 64 }), "a ladder stays one");
    }

    [Test]
    public void OnData_OfLines_KeepsTheLines()
    {
        var lines = Domain.Lines(3, Width).OnData(Domain.Filling(1, 1, One)).Computing("q", _ => 1);
        Assert.That(lines.Cells(Profile.Gate).Select(c => c.Variables.m), Is.EqualTo(new[] { 16.0, 40, 64 }));
        Assert.That(lines.ForData.Symbols, Is.EqualTo(new[] { "L" }));
    }

    [Test]
    public void ByProfile_NumberOrThree_IsTheProfiles()
    {
        ByProfile same = 3, three = (1, 2, 4);
        Profile[] profiles = [Profile.Gate, Profile.Standard, Profile.Thorough];
        Assert.That(profiles.Select(same.In), Is.All.EqualTo(3));
        Assert.That(profiles.Select(three.In), Is.EqualTo(new[] { 1, 2, 4 }));
    }

    private static double Reversed(int index, int prime)
    {
        var (digits, place) = (0.0, 1.0);
        for (; index > 0; index /= prime)
        {
            (digits, place) = ((digits * prime) + (index % prime), place * prime);
        }

        return digits / place;
    }
}
