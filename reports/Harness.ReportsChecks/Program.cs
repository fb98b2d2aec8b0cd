using System.Globalization;
using Harness.ReportsChecks.Fuzzing;

// The test program. It can also fuzz a reader of files for longer than a test may: with files of its own, or driven by AFL++ (build.cake, Fuzz), which begins with the files that --valid writes.
switch (args)
{
    case ["--damage", var reader, var cases, var seed]:
        var failure = new ReaderFuzz(ReaderTargets.Create(reader)).Run(int.Parse(seed, CultureInfo.InvariantCulture), 0, int.Parse(cases, CultureInfo.InvariantCulture));
        Console.WriteLine(failure?.ToString() ?? $"{reader}: {cases} damaged files, every promise kept");
        return failure is null ? 0 : 1;
    case ["--valid", var reader, var folder]:
        AflSession.WriteValid(ReaderTargets.Create(reader), folder);
        return 0;
    case ["--afl", var reader]:
        AflSession.Run(ReaderTargets.Create(reader));
        return 0;
    case ["--readers"]:
        Console.WriteLine(string.Join(Environment.NewLine, ReaderTargets.Names));
        return 0;
    default:
        return await Harness.ReportsChecks.MicrosoftTestingPlatformApplication.RunAsync(args);
}
