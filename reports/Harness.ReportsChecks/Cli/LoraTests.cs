using System.Text.Json;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>lora count: the published numbers, and what is refused.</summary>
public sealed class LoraTests : CliFixture
{
    [TestCase("gpt3-175b", 4, "q,v", 18_874_368)]
    [TestCase("gpt3-175b", 1, "q,v", 4_718_592)]
    [TestCase("roberta-base", 8, "q,v", 294_912)]
    [TestCase("roberta-large", 8, "v,q", 786_432)]
    [TestCase("gpt3-175b", 2, "q,k,v,o", 18_874_368)]
    public void Count_OfAPublishedModel_IsTheFormulas(string model, int rank, string targets, long trainable)
    {
        var finished = Run("lora", "count", "--model", model, "--rank", $"{rank}", "--targets", targets, "--format", "json");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        using var json = JsonDocument.Parse(finished.Output);
        Assert.That(json.RootElement.GetProperty("trainable").GetInt64(), Is.EqualTo(trainable));
        Assert.That(json.RootElement.GetProperty("bytes").GetInt64(), Is.EqualTo(2 * trainable));
        Assert.That(json.RootElement.GetProperty("note").ValueKind == JsonValueKind.String, Is.EqualTo(targets == "q,k,v,o"), "a note where the paper's count does not fit, and nowhere else");
    }

    [Test]
    public void Count_OfAShape_KnowsNoWholeModel()
    {
        var finished = Run("lora", "count", "--layers", "2", "--hidden", "8", "--rank", "3", "--targets", "up,down");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain("480 parameters").And.Not.Contain("reduction"));
    }

    [TestCase("--model", "gpt3-175", "gpt3-175b")]
    [TestCase("--layers", "3", "--hidden")]
    [TestCase("--targets", "q,q", "each at most once")]
    [TestCase("--targets", "7", "each at most once")]
    [TestCase("--rank", "0", "at least 1")]
    public void Count_OfSomethingElse_SaysWhatToDo(string option, string value, string expected)
    {
        var finished = Run("lora", "count", option, value);
        Assert.That(finished.ExitCode, Is.Not.Zero);
        Assert.That(finished.Error, Does.Contain(expected));
    }
}
