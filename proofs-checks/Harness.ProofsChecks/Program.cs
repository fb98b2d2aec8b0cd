using Harness.ProofsChecks.Core.Numerics;

// The test program. With --bits it prints the fingerprints of the core's results instead of running tests: tests start it again under other vector widths.
if (args is ["--bits"])
{
    BitFingerprints.Print(Console.Out);
    return 0;
}

// Stryker.NET passes no filter to tests on this platform and would run every one of them for every mutant, so that it comes from the environment (build.cake, Mutate).
string[] filter = Environment.GetEnvironmentVariable("HARNESS_CHECKS_FILTER") is { Length: > 0 } chosen ? ["--filter", chosen] : [];
return await Harness.ProofsChecks.MicrosoftTestingPlatformApplication.RunAsync([.. args, .. filter]);
