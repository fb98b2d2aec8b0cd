using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Harness.ReportsChecks;

/// <summary>
/// A test that needs a Debian package: where the package's program is missing the test is skipped and says which package it wants, as NUnit's own
/// <c>[Platform]</c> does. With <c>HARNESS_NO_SKIP=1</c>, which CI sets after it has installed the packages, a missing program is a failure.
/// </summary>
/// <param name="package">The Debian package.</param>
/// <param name="program">The program it installs.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiredPackage(string package, string program) : NUnitAttribute, IApplyToTest
{
    /// <summary>Marks the test before anything of it runs.</summary>
    public void ApplyToTest(Test test)
    {
        if (test.RunState == RunState.NotRunnable || File.Exists(program))
        {
            return;
        }

        test.RunState = Environment.GetEnvironmentVariable("HARNESS_NO_SKIP") == "1" ? RunState.NotRunnable : RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, $"needs the Debian package '{package}' ({program} is missing): apt-get install {package}");
    }
}
