using System.Text.Json;
using Harness.ReportsChecks.Cli;
using NUnit.Framework;

namespace Harness.ReportsChecks.Benchmarks;

/// <summary>`ratios` in a process of its own: what a row says agrees with itself and with the arithmetic of its workload. No test asks for a time.</summary>
public sealed class RatiosTests : CliFixture
{
    // Each figure is rounded once or twice from a few others.
    private const double Rounded = 1e-14;

    [Test]
    public void Ratios_RowAsJson_AgreesWithItself()
    {
        const double Operations = 512.0 * 512 * 512 / 3;
        var finished = HarnessProcess.RunBenchmarks(Folder, "ratios", "--only", "Cholesky, n = 512", "--seconds", "0.01", "--format", "json");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        using var document = JsonDocument.Parse(finished.Output);
        var row = document.RootElement.GetProperty("rows").EnumerateArray().Single();
        var milliseconds = Number(row, "milliseconds");
        Assert.Multiple(() =>
        {
            Assert.That(row.GetProperty("type").GetString(), Is.EqualTo("double"));
            Assert.That(Number(row, "gigaflopsPerSecond") * milliseconds * 1e6, Is.EqualTo(Operations).Within(Rounded * Operations));
            Assert.That(Number(row, "shareOfLimit"), Is.EqualTo(Number(row, "limitMilliseconds") / milliseconds).Within(Rounded * Number(row, "shareOfLimit")));

            // The only row in double: the rate that its limit was taken from is the machine's.
            var limit = Operations / Number(document.RootElement.GetProperty("machine"), "doubleGigaflopsPerSecond") / 1e6;
            Assert.That(Number(row, "limitMilliseconds"), Is.EqualTo(limit).Within(Rounded * limit));
            Assert.That(document.RootElement.GetProperty("machine").GetProperty("floatGigaflopsPerSecond").ValueKind, Is.EqualTo(JsonValueKind.Null), "no row was in float");
            Assert.That(Number(row, "bytesOnThread"), Is.Zero);
        });

        // MathNet at least: it needs no installation.
        var peers = row.GetProperty("peers").EnumerateArray().ToArray();
        Assert.That(peers, Is.Not.Empty);
        foreach (var peer in peers)
        {
            Assert.That(Number(peer, "ratio"), Is.EqualTo(Number(peer, "milliseconds") / milliseconds).Within(Rounded * Number(peer, "ratio")));
        }
    }

    [Test]
    public void Ratios_NoSuchRow_NamesTheRowsThereAre()
    {
        var finished = HarnessProcess.RunBenchmarks(Folder, "ratios", "--only", "no such row");
        Assert.Multiple(() =>
        {
            Assert.That(finished.ExitCode, Is.EqualTo(1));
            Assert.That(finished.Output, Is.Empty);
            Assert.That(finished.Error, Does.Contain("no such row").And.Contain("Cholesky, n = 512"));
        });
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
