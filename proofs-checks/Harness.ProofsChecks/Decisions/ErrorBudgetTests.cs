using Harness.Claims;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

public sealed class ErrorBudgetTests
{
    [Test]
    public void PerDecision_AnyNumber_SumsToTheBudget([Values(1, 3, 240)] int decisions) =>
        Assert.That(decisions * ErrorBudget.PerDecision(decisions), Is.EqualTo(1e-6).Within(1e-21));

    [Test]
    public void PerDecision_None_Throws() => Assert.That(() => ErrorBudget.PerDecision(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
