using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>diagnose: tables, page and JSON of one run, what is sampled is said, and bad input is refused before anything is written.</summary>
public sealed class DiagnoseTests : CliFixture
{
    private static readonly string[] Quick = ["--width", "64", "--depth", "2", "--steps", "20"];

    [SetUp]
    public void WriteSamples() => File.WriteAllText(Path.Combine(Folder, "points.csv"), "x,y,kind\n0,1,a\n1,0.5,b\n-1,2,a\n0.3,-0.3,b\n0,1,b\n");

    [Test]
    public void Diagnose_WritesTablesAndAPage()
    {
        var finished = Run(["diagnose", "points.csv", "--out", "page.html", .. Quick]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finished.ExitCode, Is.Zero, finished.Error);
            Assert.That(finished.Output.ReplaceLineEndings(" "), Does.Contain("100 % accuracy is impossible, and the best possible is 80 %").And.Contain("lines 2, 6").And.Contain("λ_min, m → ∞").And.Contain("from λ_min alone")
                .And.Contain("d† with 10 % noise").And.Contain("Allen-Zhu, Li, Song").And.EndWith(Path.Combine(Folder, "page.html") + " "));
            Assert.That(finished.Error, Does.Contain("kernel of infinite width: ").And.Contain(" % done, about "), "progress, with the time left");
            Assert.That(File.ReadAllText(Path.Combine(Folder, "page.html")), Does.Contain("What the theory says of points.csv"));
        }
    }

    [Test]
    public void Diagnose_OfALargerFile_SaysWhatItTook()
    {
        File.WriteAllText(Path.Combine(Folder, "many.csv"), string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i * i % 7},{(i % 2 == 0 ? "a" : "b")}\n")));
        var finished = Run(["diagnose", "many.csv", "--rows", "40", "--kernel-rows", "8", "--format", "json", "--out", "page.html", .. Quick]);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        var json = JsonNode.Parse(finished.Output)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)json["data"]!["rowsInFile"]!, (int)json["data"]!["rows"]!, (int)json["network"]!["samples"]!), Is.EqualTo((60, 40, 8)));
            Assert.That(json["finiteWidth"]!["eigenvalues"]!.AsArray(), Has.Count.EqualTo(16));
            Assert.That(json["readings"]!.AsArray(), Has.Count.EqualTo(6));
            Assert.That(File.ReadAllText(Path.Combine(Folder, "page.html")), Does.Contain("Of 60 rows, 40 were drawn at random").And.Contain("take 8 of the 40 different inputs"));
        }
    }

    [TestCase("--rows 1", "at least 2 samples")]
    [TestCase("--accuracy 1", "a number between 0 and 1")]
    [TestCase("--label z", "there is no column 'z'")]
    [TestCase("--width 0", "expected a whole number of at least 1")]
    [TestCase("--out .", "is a folder; name a file in it")]
    public void Diagnose_WhatDoesNotFit_IsRefusedAndNothingIsWritten(string options, string complaint)
    {
        var finished = Run(["diagnose", "points.csv", .. options.Split(' ')]);
        Assert.That((finished.ExitCode, finished.Error.Contains(complaint, StringComparison.Ordinal)), Is.EqualTo((1, true)), finished.Error);
        Assert.That(Directory.GetFileSystemEntries(Folder), Has.Length.EqualTo(1));
    }
}
