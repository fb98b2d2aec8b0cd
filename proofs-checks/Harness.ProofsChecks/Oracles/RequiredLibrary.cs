using System.Runtime.InteropServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Harness.ProofsChecks.Oracles;

/// <summary>
/// Tests that need a shared library of a Debian package: where it is missing they are skipped and say which package they want and what for. With <c>HARNESS_NO_SKIP=1</c>, which CI sets after it has installed
/// the packages, a missing library is a failure.
/// </summary>
/// <param name="package">The Debian package.</param>
/// <param name="library">The library it installs.</param>
/// <param name="purpose">What the tests do with it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiredLibrary(string package, string library, string purpose) : NUnitAttribute, IApplyToTest
{
    /// <summary>Marks the tests before anything of them runs.</summary>
    public void ApplyToTest(Test test)
    {
        if (test.RunState == RunState.NotRunnable || NativeLibrary.TryLoad(library, out _))
        {
            return;
        }

        test.RunState = Environment.GetEnvironmentVariable("HARNESS_NO_SKIP") == "1" ? RunState.NotRunnable : RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, $"needs the Debian package '{package}' {purpose} ({library} is missing): apt-get install {package}");
    }
}
