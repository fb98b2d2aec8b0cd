using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>The same seed leaves the same bits in the ledger with any number of threads and at every vector width.</summary>
public sealed class ReproducibilityTests : CliFixture
{
    /// <summary>Exact arithmetic, products, eigenvalues, Gaussian draws and radii, on generated and real samples.</summary>
    private static readonly string[] Line = ["verify", CheapClaim, DataClaim, "azls.flip-budget", "azls.forward-difference", "azls.backward-norm", "--profile", "gate", "--out"];

    private string expected = null!;

    [OneTimeSetUp]
    public void RunOnOneThread()
    {
        expected = Directory.CreateTempSubdirectory("harness-cli-").FullName;
        Assert.That(HarnessProcess.Run(expected, [.. Line, "run", "--threads", "1"]).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void DeleteExpected() => Directory.Delete(expected, recursive: true);

    [TestCase(2, null, null)]
    [TestCase(3, null, null)]
    [TestCase(2, "DOTNET_PreferredVectorBitWidth", "128")]
    [TestCase(2, "DOTNET_PreferredVectorBitWidth", "256")]
    [TestCase(1, "DOTNET_EnableAVX512", "0")]
    [TestCase(2, "DOTNET_EnableAVX2", "0")]
    public void Verify_AnyThreadsAndVectorWidth_LeavesTheSameBits(int threads, string? variable, string? value)
    {
        using var harness = HarnessProcess.Start(Folder, [.. Line, "run", "--threads", $"{threads}"], variable is null ? [] : [(variable, value!)]);
        var finished = harness.WaitForEnd();
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        foreach (var file in ReproducibleFiles)
        {
            Assert.That(File.ReadAllText(Path.Combine(Folder, "run", file)), Is.EqualTo(File.ReadAllText(Path.Combine(expected, "run", file))), file);
        }
    }
}
