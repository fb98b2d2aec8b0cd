using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Fuzzing;
using NUnit.Framework;

namespace Harness.ProofsChecks.Fuzzing;

/// <summary>No certificate is false on a hundred thousand hard cases; and the fuzzer that says so finds bounds that are wrong by a constant, and reduces them to the least network that shows it.</summary>
public sealed class FuzzTests
{
    private const ulong Seed = 1;

    [Test]
    public void Targets_HundredThousandCases_NothingFalseIsCertified()
    {
        var run = new FuzzRun(FuzzTargets.Create, Seed, 100_000);
        run.Run(Environment.ProcessorCount, CancellationToken.None);
        Assert.That(run.Failures, Is.Empty);
        Assert.That(run.Counts.Sum(c => c.Cases), Is.EqualTo(run.Cases));

        // A target whose cases all overflow or throw would pass too.
        Assert.That(run.Counts, Has.Count.EqualTo(FuzzTargets.Create().Count).And.All.Matches<FuzzCount>(c => c!.Statements > c.Cases));
    }

    /// <summary>The same target by target on a few cases each: what a mutation run can afford (mutation.cake).</summary>
    [Test]
    public void Target_HundredCases_NothingFalseIsCertified([Range(0, 11)] int which)
    {
        var target = FuzzTargets.Create()[which];
        Assert.That(Enumerable.Range(0, 100).Select(i => target.Refute(target.Draw(Seed, i))), Is.All.Null);
    }

    private static IEnumerable<TestCaseData> Faults() =>
    [
        new TestCaseData(() => new FaultyProduct(γ: 0.5, radius: 1, τ: 1)).SetArgDisplayNames("half of γ"),
        new TestCaseData(() => new FaultyProduct(γ: 1, radius: 0.9999, τ: 1)).SetArgDisplayNames("radii of the operand a little too small"),
        new TestCaseData(() => new FaultyProduct(γ: 1, radius: 1, τ: 0)).SetArgDisplayNames("nothing for underflow"),
        new TestCaseData(() => new HalvedForward()).SetArgDisplayNames("half of γ in the first layer"),
        new TestCaseData(() => new SettledSigns()).SetArgDisplayNames("open signs settled"),
    ];

    [TestCaseSource(nameof(Faults))]
    public void Run_PlantedFault_IsFound(Func<FuzzTarget> create)
    {
        // A tenth of the share that one target has of the run above.
        var run = new FuzzRun(() => [create()], Seed, 1000);
        run.Run(1, CancellationToken.None);
        Assert.That(run.Failures, Is.Not.Empty);
        Assert.That(create().Refute(create().Draw(Seed, run.Failures[0].Key.Index)), Is.EqualTo(run.Failures[0].Refutation), "the key draws the case again");
    }

    [Test]
    public void Check_HalvedγInTheFirstLayer_ShrinksToOneNeuron()
    {
        var target = new HalvedForward();
        FuzzCase? smallest = null;
        var cases = Arb.From(Gen.Choose(0, 1_000_000).Select(index => target.Draw(Seed, index)), Shrinking.Smaller);
        Assert.That(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(cases, IsTrue)), Throws.Exception);
        Assert.That(smallest!.Operands.Select(o => o.Elements.Length), Is.All.EqualTo(1), "one sample, one coordinate, one neuron, one layer, one output");
        Assert.That(smallest.Operands.Where(o => o.Elements[0] != 0).Select(o => o.Name), Is.EquivalentTo(new[] { "X", "A" }), "the fault is in A·x");

        bool IsTrue(FuzzCase instance)
        {
            var isTrue = target.Refute(instance) is null;
            smallest = isTrue ? smallest : instance;
            return isTrue;
        }
    }

    [Test]
    public void Minimise_FailingCase_FailsStillAndNothingSmallerDoes()
    {
        var target = new HalvedForward();
        var failing = Enumerable.Range(0, 1000).Select(i => target.Draw(Seed, i)).First(c => target.Refute(c) is not null);
        var least = Shrinking.Minimise(failing, c => target.Refute(c) is not null);
        Assert.That(target.Refute(least), Is.Not.Null);
        Assert.That(Shrinking.Smaller(least).Where(c => target.Refute(c) is not null), Is.Empty);
        Assert.That(least.ToString(), Does.Contain("X (1 × 1):").And.Contain("A (1 × 1):"));
    }

    [Test]
    public void Draw_SameKey_SameCase([Range(0, 11)] int which)
    {
        var (target, other) = (FuzzTargets.Create()[which], FuzzTargets.Create()[which]);
        other.Draw(Seed, 5);
        Assert.That(other.Draw(Seed, 17).ToString(), Is.EqualTo(target.Draw(Seed, 17).ToString()).And.Not.EqualTo(target.Draw(Seed, 18).ToString()).And.Not.EqualTo(target.Draw(Seed + 1, 17).ToString()));
    }

    [Test]
    public void Run_AnyNumberOfThreads_SameFailures()
    {
        var runs = new[] { 1, 3 }.Select(threads =>
        {
            var run = new FuzzRun(() => [new HalvedForward()], Seed, 600);
            run.Run(threads, CancellationToken.None);
            return run.Failures;
        }).ToArray();
        Assert.That(runs[1], Is.EqualTo(runs[0]).And.Not.Empty);
    }

    [Test]
    public void Key_WrittenAndRead_Same()
    {
        var key = new FuzzKey("loss", ulong.MaxValue, long.MaxValue);
        Assert.That(FuzzKey.Parse(key.ToString()), Is.EqualTo(key));
    }

    [TestCase("")]
    [TestCase("loss")]
    [TestCase("loss/seed-1")]
    [TestCase("loss/case-1/seed-1")]
    [TestCase("loss/seed--1/case-1")]
    [TestCase("/seed-1/case-1")]
    public void Key_NotOne_Refused(string text) => Assert.That(() => FuzzKey.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("TARGET/seed-N/case-N"));
}
