using System.Diagnostics;
using System.Text.Json.Nodes;
using Harness.Reports.Certificates;
using Harness.ReportsChecks.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Certificates;

/// <summary>docs/recheck_certificate.py: a program in another language, in exact arithmetic and with no code of ours, agrees with true certificates and refutes false ones.</summary>
public sealed class RecheckScriptTests
{
    private const string Python = "/usr/bin/python3";

    [RequiredPackage("python3", Python)]
    [TestCase("ordinary")]
    [TestCase("fortran-order")]
    [TestCase("single-precision")]
    [TestCase("graded")]
    [TestCase("exact-ties")]
    [TestCase("large")]
    [TestCase("nearly-tied-signs")]
    [TestCase("nearly-tied-outputs")]
    [TestCase("interpolated")]
    [TestCase("subnormal")]
    [TestCase("one-eighth")]
    public void Recheck_TrueCertificate_FindsEveryStatementTrue(string name)
    {
        using var folder = new TemporaryFolder();
        var snapshot = SnapshotFiles.Path(name);
        Certifier.Enclose(TrainedNetwork.Read(snapshot)).Write(folder["c.json"]);
        var (exitCode, output) = Recheck(folder["c.json"], snapshot);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("true: F(W)").And.Contain("true: the gradient's norm").And.Contain("true: no eigenvalue").And.Not.Contain("FALSE"));
    }

    // F = 8794.5, ‖∇F‖ = √84345430, eigenvalues from 1.6674 to 11985.1: each claim is a little beyond.
    [RequiredPackage("python3", Python)]
    [TestCase("loss", "atMost", 8794.4999999999982)]
    [TestCase("loss", "atLeast", 8794.5000000000018)]
    [TestCase("gradientNorm", "atMost", 9183.9768)]
    [TestCase("kernel", "smallestAtLeast", 1.668)]
    [TestCase("kernel", "largestAtMost", 11985)]
    public void Recheck_FalseCertificate_IsRefuted(string part, string bound, double claimed)
    {
        using var folder = new TemporaryFolder();
        var snapshot = SnapshotFiles.Path("exact-ties");
        Certifier.Enclose(TrainedNetwork.Read(snapshot)).Write(folder["c.json"]);
        var certificate = JsonNode.Parse(File.ReadAllText(folder["c.json"]))!;
        certificate[part]![bound] = claimed;
        folder.Write("c.json", certificate.ToJsonString());
        var (exitCode, output) = Recheck(folder["c.json"], snapshot);
        Assert.That(exitCode, Is.EqualTo(10), output);
        Assert.That(output.Split('\n').Count(line => line.StartsWith("FALSE", StringComparison.Ordinal)), Is.EqualTo(1), output);
    }

    /// <summary>Runs the script.</summary>
    internal static (int ExitCode, string Output) Recheck(string certificate, string snapshot)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Certificates", "recheck_certificate.py");
        using var python = Process.Start(new ProcessStartInfo(Python, [script, certificate, snapshot]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, output + error.Result);
    }
}
