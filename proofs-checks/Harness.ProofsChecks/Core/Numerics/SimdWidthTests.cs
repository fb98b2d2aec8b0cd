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

    [TestCase("uniform", "6ffd0442597e2bc8")]
    [TestCase("gaussian", "bd273c336f439340")]
    [TestCase("gaussian-float", "b20b228ef805a5fb")]
    [TestCase("products-double-1", "82e261a98a8b8cb2")]
    [TestCase("products-float-1", "c90930f492705784")]
    [TestCase("products-double-3", "50a39d0ab36dee05")]
    [TestCase("products-float-3", "5fed70e25d190d53")]
    [TestCase("products-double-10", "4461ab41329a2617")]
    [TestCase("products-float-10", "676a8b19e1692760")]
    [TestCase("products-double-33", "c0036095c4f072cf")]
    [TestCase("products-float-33", "41fb2d98dde84e19")]
    [TestCase("sums", "6899f770b5736e69")]
    [TestCase("sums-float", "88f14d00d9c06d0e")]
    [TestCase("eigenvalues", "fcf554090dd6db48")]
    [TestCase("eigenvectors", "57865028466196b4")]
    [TestCase("spectral-norm", "46e8326450c8738f")]
    [TestCase("certificates", "17c2da4fc4dbb8d9")]
    [TestCase("certificates-float", "fd244214f6030a01")]
    [TestCase("double-double", "d0499c5a72d68387")]
    [TestCase("double-double-state", "561f8ce317ab1091")]
    [TestCase("eigenvalue-bound", "2579168ae8b36482")]
    [TestCase("elementary", "8cd569e49ba579d9")]
    [TestCase("elementary-float", "2ef22884f6cefd67")]
    [TestCase("limit-kernel", "5a07e96eba43417f")]
    [TestCase("shallow", "e678d4027b0f0241")]
    [TestCase("shallow-float", "04bab0a5d7e90857")]
    [TestCase("piecewise-affine", "35981264905d5614")]
    [TestCase("piecewise-affine-float", "424c7ae9e13583cc")]
    [TestCase("convergence-certificate", "b002de233ee05d47")]
    public void Fingerprint_ThisMachine_AsRecorded(string name, string hash) =>
        Assert.That(BitFingerprints.Compute().Single(f => f.Name == name).Hash, Is.EqualTo(hash), "a change of these bits changes every recorded result: it must be meant");

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
