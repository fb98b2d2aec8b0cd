using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Harness.ReportsChecks;

/// <summary>A test that only the superuser can make; others skip it, as with <see cref="RequiredPackage"/>.</summary>
/// <param name="because">What needs it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiredRoot(string because) : NUnitAttribute, IApplyToTest
{
    /// <summary>Marks the test before anything of it runs.</summary>
    public void ApplyToTest(Test test)
    {
        if (test.RunState != RunState.Runnable || Environment.IsPrivilegedProcess)
        {
            return;
        }

        test.RunState = Environment.GetEnvironmentVariable("HARNESS_NO_SKIP") == "1" ? RunState.NotRunnable : RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, $"needs root: {because}");
    }
}
