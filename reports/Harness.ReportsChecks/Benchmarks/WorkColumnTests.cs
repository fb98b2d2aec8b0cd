using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.ReportsChecks.Cli;
using NUnit.Framework;

namespace Harness.ReportsChecks.Benchmarks;

/// <summary>The benchmark program's own columns, from a benchmark of one iteration.</summary>
public sealed partial class WorkColumnTests : CliFixture
{
    private const double Width = 1024, Samples = 256;

    // Of a number that is printed to one digit, and the reader's own rounding.
    private const double HalfDigit = 0.05 + 1e-9;

    [Test]
    public void WorkColumns_OfALayersProduct_AreCountedWorkOverTheMedianTime()
    {
        if (HarnessProcess.Configuration == "debug")
        {
            Assert.Ignore("BenchmarkDotNet refuses to time a debug build; run the tests with -c Release.");
        }

        var finished = HarnessProcess.RunBenchmarks(
            Folder, "--filter", "*LayerProducts<Single>.Multiply(Samples: 256, Width: 1024)", "--inProcess", "--iterationCount", "1", "--warmupCount", "1", "--artifacts", Folder);
        Assert.That(finished.ExitCode, Is.Zero, finished.Output + finished.Error);
        var results = Path.Combine(Folder, "results");
        using var report = JsonDocument.Parse(File.ReadAllText(Directory.EnumerateFiles(results, "*-report-full.json").Single()));
        var nanoseconds = report.RootElement.GetProperty("Benchmarks").EnumerateArray().Single().GetProperty("Statistics").GetProperty("Median").GetDouble();
        var row = Table(Directory.EnumerateFiles(results, "*-report-github.md").Single());
        var rate = 2 * Samples * Width * Width / nanoseconds;
        var legend = Peak().Match(finished.Output);
        Assert.That(legend.Success, finished.Output);
        var peak = Number(legend.Groups["float"].Value);
        Assert.Multiple(() =>
        {
            // n·m² multiply-adds of two operations; m² weights and two batches of n·m in four bytes.
            Assert.That(Number(row["GF/s"]), Is.EqualTo(rate).Within(HalfDigit));
            Assert.That(Number(row["GB/s"]), Is.EqualTo(4 * ((Width * Width) + (2 * Samples * Width)) / nanoseconds).Within(HalfDigit));

            // The share is printed to two digits; that the peak is printed to one moves it by at most so much.
            Assert.That(Number(row["Of peak"]), Is.EqualTo(rate / peak).Within((HalfDigit / 10) + (rate / peak * HalfDigit / (peak - HalfDigit))));
        });
    }

    /// <summary>The only row of a markdown table, by heading.</summary>
    private static Dictionary<string, string> Table(string file)
    {
        var lines = File.ReadLines(file).Where(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        Assert.That(lines, Has.Length.EqualTo(3), "A heading, a rule and one row.");
        return lines[0].Zip(lines[2]).Where(cell => cell.First.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second);
    }

    [GeneratedRegex(@"Of peak +: .* (?<float>\d+\.\d) GF/s in float, \d+\.\d in double", RegexOptions.ExplicitCapture)]
    private static partial Regex Peak();

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
