using Harness.Core.Numerics;
using Harness.Reports.Sweeps.Maps;
using NUnit.Framework;

namespace Harness.ReportsChecks.Sweeps.Maps;

/// <summary>Where half of the trials succeed, found where it is, and with an interval that covers it.</summary>
public sealed class TransitionTests
{
    /// <summary>At a coverage of 95 % fewer than 181 of 200 come with a chance of 3 in 1000; the seeds are fixed.</summary>
    [Test]
    public void Of_SimulatedColumns_CoversTheTruthAsOftenAsItSays()
    {
        var stream = RandomStream.FromSeed(1).Derive("transition");
        var transitions = Enumerable.Range(0, 200).Select(k => Transition.Of(SimulatedDiagram.Column(stream.Derive((ulong)k), half: 80, steepness: 1.5))!.Value).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(transitions.Count(t => t.Lower <= 80 && 80 <= t.Upper), Is.GreaterThanOrEqualTo(181));
            Assert.That(transitions.Average(t => Math.Log(t.At / 80)), Is.EqualTo(0).Within(0.05), "no bias");
            Assert.That(transitions.All(t => t.Lower < t.At && t.At < t.Upper));
        });
    }

    [Test]
    public void Of_InOtherUnits_IsTheSameInThem()
    {
        var column = SimulatedDiagram.Column(RandomStream.FromSeed(2), half: 50, steepness: 2);
        var (here, there) = (Transition.Of(column)!.Value, Transition.Of([.. column.Select(cell => (1000 * cell.Y, cell.Successes, cell.Trials))])!.Value);
        Assert.Multiple(() =>
        {
            Assert.That(there.At / here.At, Is.EqualTo(1000).Within(1e-3));
            Assert.That(there.Lower / here.Lower, Is.EqualTo(1000).Within(1e-3));
            Assert.That(there.Upper / here.Upper, Is.EqualTo(1000).Within(1e-3));
        });
    }

    [Test]
    public void Of_AStep_LiesBetweenItsNeighbours()
    {
        var step = Transition.Of([.. SimulatedDiagram.Widths.Select(y => (y, y < 100 ? 0 : 50, 50))])!.Value;
        var (below, above) = (SimulatedDiagram.Widths.Last(y => y < 100), SimulatedDiagram.Widths.First(y => y >= 100));
        Assert.Multiple(() =>
        {
            Assert.That(step.At, Is.EqualTo(Math.Sqrt(below * above)).Within(1).Percent);
            Assert.That(step.Lower, Is.GreaterThan(below * 0.9));
            Assert.That(step.Upper, Is.LessThan(above * 1.1));
        });
    }

    [Test]
    public void Of_SuccessThatFalls_IsFoundToo() =>
        Assert.That(Transition.Of([.. SimulatedDiagram.Column(RandomStream.FromSeed(3), half: 80, steepness: 2).Select(cell => (cell.Y, cell.Trials - cell.Successes, cell.Trials))])!.Value.At, Is.EqualTo(80).Within(25).Percent);

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(50)]
    public void Of_OneRateEverywhere_IsNone(int successes) => Assert.That(Transition.Of([.. SimulatedDiagram.Widths.Select(y => (y, successes, 50))]), Is.Null);

    [Test]
    public void Of_AColumnThatEndsInItsTransition_HasNoUpperLimit()
    {
        var transition = Transition.Of([(8, 0, 10), (16, 1, 10), (32, 2, 10), (64, 6, 10)]);
        Assert.That(transition!.Value.Lower, Is.GreaterThan(16));
        Assert.That(transition.Value.Upper, Is.GreaterThan(64));
    }
}
