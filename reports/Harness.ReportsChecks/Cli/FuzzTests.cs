using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>fuzz: tries cases, names them, and tries one of them again.</summary>
public sealed class FuzzTests : CliFixture
{
    [Test]
    public void Fuzz_FewCases_CountsThemByTarget()
    {
        var finished = Run("fuzz", "--cases", "1000", "--seed", "3", "--threads", "2");
        Assert.That(finished.ExitCode, Is.Zero, finished.Output + finished.Error);
        Assert.That(finished.Output, Does.Contain("1000 cases in").And.Contain("0 with a false certificate").And.Contain("extreme-eigenvalues"));
    }

    [Test]
    public void Fuzz_OneTarget_TriesNoOther()
    {
        var finished = Run("fuzz", "--cases", "100", "--target", "ball");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Match(@"ball +100 cases").And.Not.Contain("loss"));
    }

    [Test]
    public void Replay_CaseThatIsTrue_ShowsItsNumbers()
    {
        var finished = Run("fuzz", "--replay", "loss/seed-1/case-3");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.StartWith("loss/seed-1/case-3: nothing false is certified").And.Contain("W1 (").And.Contain("X ("));
    }

    [TestCase("--target", "los", "Did you mean 'loss'?")]
    [TestCase("--replay", "los/seed-1/case-3", "Did you mean 'loss'?")]
    [TestCase("--replay", "loss/3", "TARGET/seed-N/case-N")]
    [TestCase("--cases", "0", "at least 1")]
    public void Fuzz_WrongWord_OneLineThatHelps(string option, string value, string help)
    {
        var finished = Run("fuzz", option, value);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain(help).And.Not.Contain("   at "));
    }
}
