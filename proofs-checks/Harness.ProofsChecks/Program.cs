using Harness.ProofsChecks.Core.Numerics;

// The test program. With --bits it prints the fingerprints of the core's results instead of running tests: tests start it again under other vector widths.
if (args is ["--bits"])
{
    BitFingerprints.Print(Console.Out);
    return 0;
}

// Stryker.NET passes no options to tests on this platform and would run every one of them for every mutant, so that they come from the environment (mutation.cake).
string[] options = Environment.GetEnvironmentVariable("HARNESS_CHECKS_OPTIONS")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
return await Harness.ProofsChecks.MicrosoftTestingPlatformApplication.RunAsync([.. args, .. options]);
