using FsCheck;
using FsCheck.Fluent;
using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>The degree of a counted polynomial is found exactly, and nothing else is called one.</summary>
public sealed class CostCountTests
{
    private static readonly Domain Lines = Domain.Lines(6, new VariableRange("m", 2, 7, IsInteger: true), new VariableRange("n", 1, 6, IsInteger: true));

    [Test]
    public void Decide_AnyPolynomialWithNonNegativeCoefficients_HasTheDegreesThatItHas() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Gen.Choose(0, 9).ArrayOf(25).ToArbitrary(), coefficients =>
        {
            // Σ c_ij mⁱ nʲ, i, j ≤ 4, all below 2⁵³. At m = 2 and n = 1 no non-negative term vanishes, so the degree along a line is the degree.
            var terms = from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, 5) where coefficients[(5 * i) + j] > 0 select (i, j);
            var (inM, inN) = (terms.Select(t => t.i).DefaultIfEmpty(0).Max(), terms.Select(t => t.j).DefaultIfEmpty(0).Max());
            var evidence = Count(v => Enumerable.Range(0, 25).Sum(k => coefficients[k] * Math.Pow(v.m, k / 5) * Math.Pow(v.n, k % 5)));
            return CostCount.OfDegree(("m", inM), ("n", inN)).Decide(evidence, 1e-8) is { Verdict: Verdict.Holds, IsCertified: true }
                && CostCount.OfDegree(("m", (inM + 1) % 5), ("n", inN)).Decide(evidence, 1e-8) is { Verdict: Verdict.Violated, IsCertified: true }
                && CostCount.OfDegree(("m", inM), ("n", (inN + 1) % 5)).Decide(evidence, 1e-8) is { Verdict: Verdict.Violated, IsCertified: true };
        }));

    [Test]
    public void Decide_Exponential_IsViolated() =>
        Assert.That(CostCount.OfDegree(("m", 2), ("n", 1)).Decide(Count(v => v.n * Math.Pow(2, v.m)), 1e-8).Because, Does.Contain("at least 5"));

    [Test]
    public void Decide_OneCountOffByOne_IsViolated() =>
        Assert.That(CostCount.OfDegree(("m", 2), ("n", 1)).Decide(Count(v => (v.n * v.m * v.m) + (v.m == 5 ? 1 : 0)), 1e-8).Verdict, Is.EqualTo(Verdict.Violated));

    [Test]
    public void Decide_FallingCount_IsViolated() =>
        Assert.That(CostCount.OfDegree(("m", 1), ("n", 0)).Decide(Count(v => 100 - v.m), 1e-8).Because, Does.Contain("negative"));

    [Test]
    public void Decide_TooFewValues_IsUndecided() =>
        Assert.That(CostCount.OfDegree(("m", 5), ("n", 1)).Decide(Count(v => v.n * Math.Pow(v.m, 5)), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [TestCase(0.5, 0)]
    [TestCase(-1, 0)]
    [TestCase(1, 0.1)]
    [TestCase(double.NaN, 0)]
    public void Decide_ValueThatIsNoCount_IsUndecided(double value, double radius)
    {
        var evidence = Count(v => v.m);
        var odd = evidence with { HeldOut = [.. evidence.HeldOut.Select((o, i) => i == 2 ? o with { Value = new(value, radius) } : o)] };
        Assert.That(CostCount.OfDegree(("m", 1), ("n", 0)).Decide(odd, 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));
    }

    [Test]
    public void Decide_NoObservations_IsUndecided() => Assert.That(CostCount.OfDegree(("m", 1)).Decide(new([], [], []), 1e-8).Verdict, Is.EqualTo(Verdict.Undecided));

    [Test]
    public void AsStated_AnotherPolynomialOfTheSameDegrees_IsViolated()
    {
        var evidence = Count(v => v.m * v.n, bound: v => (v.m * v.n) + 1);
        Assert.That(CostCount.OfDegree(("m", 1), ("n", 1)).Decide(evidence, 1e-8).Verdict, Is.EqualTo(Verdict.Holds));
        Assert.That(CostCount.OfDegree(("m", 1), ("n", 1)).AsStated.Decide(evidence, 1e-8).Verdict, Is.EqualTo(Verdict.Violated));
    }

    [Test]
    public void Lines_OfTwoVariables_ShareTheirCorner() => Assert.That(
        Lines.Cells(Profile.Gate).Select(c => (c.Variables.m, c.Variables.n)),
        Is.EqualTo(new (double, double)[] { (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (2, 2), (2, 3), (2, 4), (2, 5), (2, 6) }));

    [Test]
    public void Lines_Reduced_IsRefused() => Assert.That(() => Lines.Reduced(3, 1), Throws.InvalidOperationException);

    private static Evidence Count(Func<Variables, double> count, Func<Variables, double>? bound = null) => new(
        [],
        [.. Lines.Cells(Profile.Gate).Select(c => new Observation(c.Index, 0, false, c.Variables, Ball.Exactly(count(c.Variables)), Ball.Exactly((bound ?? count)(c.Variables)), []))],
        []);
}
