using System.Text.Json;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>transfer: the table of the library, and estimators from an assembly that was really compiled.</summary>
public sealed class TransferTests : CliFixture
{
    /// <summary>Halfway is a function of the means; Remembering is not, but keeps an average over the calls before, in which it sees θ.</summary>
    internal const string Source = """
        using System;
        using Harness.Core.Transfer;

        public sealed class Halfway : ITransferEstimator
        {
            public string Name => "halfway";
            public string Description => "Half the target, half the first source.";
            public bool Supports(TransferModel model) => model.Sources >= 1;
            public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace)
            {
                for (var i = 0; i < estimate.Length; i++)
                {
                    estimate[i] = (model.Mean(means, 0)[i] + model.Mean(means, 1)[i]) / 2;
                }
            }
        }

        public sealed class Remembering : ITransferEstimator
        {
            [ThreadStatic]
            private static double average;

            public string Name => "remembering";
            public string Description => "A moving average over the calls before.";
            public bool Supports(TransferModel model) => model.Dimension == 1;
            public void Estimate(TransferModel model, ReadOnlySpan<double> means, Span<double> estimate, Span<double> workspace) =>
                estimate[0] = average += 0.02 * (means[0] - average);
        }
        """;

    [Test]
    public void Transfer_Alone_HasARowForEveryEstimatorAndTheBound()
    {
        var finished = Run("transfer", "--ratio", "1", "10", "--draws", "256");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain("target-only").And.Contain("lepski").And.Contain("n/n₀ = 10").And.Match(@"james-stein +–").And.Match(@"at least +1\.00 +5\.27"));
    }

    [Test]
    public void Transfer_Json_TwiceTheSame()
    {
        string[] line = ["transfer", "--ratio", "2", "--sources", "3", "--dimension", "4", "--draws", "512", "--format", "json"];
        var finished = Run(line);
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(Run(line).Output, Is.EqualTo(finished.Output));
        using var json = JsonDocument.Parse(finished.Output);
        var column = json.RootElement.GetProperty("ratios")[0];
        Assert.That(column.GetProperty("estimators").EnumerateArray().Select(e => e.GetProperty("estimator").GetString()), Has.Member("james-stein"));

        // The target alone has the ratio 1 + N/n₀ without bias, and no larger one: 7, to within five of its standard errors.
        var any = column.GetProperty("estimators")[0].GetProperty("any");
        Assert.That(any.GetProperty("ratio").GetDouble(), Is.EqualTo(7).Within(5 * any.GetProperty("standardError").GetDouble()));
    }

    [Test]
    public void Transfer_OwnEstimators_JoinTheTableAndTheOneThatRemembersIsFoundOut()
    {
        var finished = Run("transfer", "--ratio", "1", "--draws", "256", "--estimator", OwnAssembly.Path);
        Assert.That(finished.ExitCode, Is.EqualTo(10), finished.Error);
        Assert.That(finished.Output, Does.Contain("halfway: obeys the bound").And.Contain("remembering: BEATS the bound"));
    }

    [Test]
    public void Transfer_NoAssembly_OneLineThatHelps()
    {
        File.WriteAllText(Path.Combine(Folder, "text.dll"), "no assembly");
        var core = Path.Combine(Path.GetDirectoryName(OwnAssembly.Path)!, "Harness.Core.dll");
        Assert.That(Complaint("missing.dll"), Does.Contain("missing.dll").And.Contain("no such file"));
        Assert.That(Complaint("text.dll"), Does.Contain("no .NET assembly"));
        Assert.That(Complaint(core), Does.Contain("no public class that implements"));
    }

    [TestCase("--ratio", "-1", "1e-6 to 1e9")]
    [TestCase("--sources", "0", "at least 1")]
    [TestCase("--draw", "1", "Did you mean '--draws'")]
    public void Transfer_WrongWord_OneLineThatHelps(string option, string value, string help)
    {
        var finished = Run("transfer", option, value);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain(help).And.Not.Contain("   at "));
    }

    private string Complaint(string path)
    {
        var finished = Run("transfer", "--estimator", path);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        return finished.Error;
    }
}
