using System.Diagnostics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>The same bits at every vector width: this program runs again in child processes with instruction sets switched off, and its fingerprints must not change.</summary>
public sealed class SimdWidthTests
{
    [TestCase("EnableAVX512", "0", 256)]
    [TestCase("EnableAVX2", "0", 128)]
    [TestCase("PreferredVectorBitWidth", "128", 128)]
    [TestCase("PreferredVectorBitWidth", "256", 256)]
    [TestCase("EnableHWIntrinsic", "0", 0)]
    public void Fingerprints_NarrowerVectors_SameBits(string switchName, string value, int widest)
    {
        var lines = RunChild(switchName, value);
        Assert.That(int.Parse(lines[0].Split(' ')[1]), Is.LessThanOrEqualTo(widest), "the switch took effect in the child");
        Assert.That(lines[1..], Is.EqualTo(BitFingerprints.Compute().Select(f => $"{f.Name} {f.Hash}")));
    }

    [TestCaseSource(nameof(Recorded))]
    public void Fingerprint_ThisMachine_AsRecorded(string name, string hash) =>
        Assert.That(BitFingerprints.Compute().Single(f => f.Name == name).Hash, Is.EqualTo(hash), "a change of these bits changes every recorded result: it must be meant");

    private static IEnumerable<TestCaseData> Recorded() => [];

    private static string[] RunChild(string switchName, string value)
    {
        // Started by its host the process is the test program itself; started by "dotnet", the program is its first argument.
        var (host, assembly) = (Environment.ProcessPath!, typeof(SimdWidthTests).Assembly.Location);
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        start.ArgumentList.Add("--bits");
        start.Environment[$"DOTNET_{switchName}"] = value;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.That(child.ExitCode, Is.Zero, output);
        return output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
