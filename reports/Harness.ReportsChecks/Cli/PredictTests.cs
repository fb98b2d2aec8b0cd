using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>predict: what is proved is run and kept, what is not proved is said, and bad input is refused.</summary>
public sealed class PredictTests : CliFixture
{
    [SetUp]
    public void WriteSamples() => File.WriteAllText(Path.Combine(Folder, "points.csv"), "x,y,kind\n0,1,a\n1,0.5,b\n-1,2,a\n0.3,-0.3,b\n");

    [Test]
    public void Predict_SmallTargets_IsProvedAndKept()
    {
        File.WriteAllText(Path.Combine(Folder, "values.csv"), "x,y,value\n0,1,1.5\n1,0.5,-1\n-1,2,0.3\n0.3,-0.3,0.7\n");
        var finished = Run("predict", "values.csv", "--target-scale", "1e-4", "--steps", "60");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finished.ExitCode, Is.Zero, finished.Error);
            Assert.That(finished.Output, Does.Contain("proved: |r_k| ≤ (1 − ηλ/2)^k |r_0|").And.Contain("Every residual was within its bound.").And.Contain("width that suffices"));
        }
    }

    [Test]
    public void Predict_LargeTargets_SaysWhatFailsAndRunsAllTheSame()
    {
        var finished = Run("predict", "points.csv", "--label", "kind", "--class", "b", "--width", "1000", "--activation", "leaky:0.1", "--steps", "10");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finished.ExitCode, Is.EqualTo(20), finished.Error);
            Assert.That(finished.Output, Does.Contain("not proved: sign changes may cost").And.Contain("slopes 0.1 and 1").And.Contain("if it were proved"));
        }
    }

    [Test]
    public void Predict_RepeatedInputs_SaysThatNoWidthSuffices()
    {
        File.WriteAllText(Path.Combine(Folder, "twice.csv"), "x,y,value\n0,1,1\n0,1,-1\n1,0,0.5\n");
        var finished = Run("predict", "twice.csv", "--steps", "1", "--width", "100");
        Assert.That((finished.ExitCode, finished.Output.Contains("because inputs are repeated", StringComparison.Ordinal)), Is.EqualTo((20, true)), finished.Error);
    }

    [TestCase("--width", "7", "mirrored pairs. Take 8")]
    [TestCase("--activation", "tanh", "expected relu, abs, or leaky:X")]
    [TestCase("--target-scale", "0", "a positive number")]
    [TestCase("--class", "z", "the classes of points.csv are a, b")]
    public void Predict_WhatDoesNotFit_IsRefused(string option, string value, string complaint)
    {
        var finished = Run("predict", "points.csv", "--label", "kind", option, value);
        Assert.That((finished.ExitCode, finished.Error.Contains(complaint, StringComparison.Ordinal)), Is.EqualTo((1, true)), finished.Error);
    }
}
