using Harness.ProofsChecks.Core.Numerics;

// The test program. With --bits it prints the fingerprints of the core's results instead of running tests: tests start it again under other vector widths.
if (args is ["--bits"])
{
    BitFingerprints.Print(Console.Out);
    return 0;
}

return await Harness.ProofsChecks.MicrosoftTestingPlatformApplication.RunAsync(args);
