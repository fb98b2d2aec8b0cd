using System.Text.Json;
using Harness.Core.Networks;
using Harness.Reports.Adapters;
using Harness.Reports.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>lora: the published counts, adapters whose singular values are known, and what is refused.</summary>
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

    /// <summary>ΔW = 2·diag(3, 4): σ = 8, 6. W has 1 and 2 there, so ΔW amplifies by 10/√5; a full training that changed a third entry by 1 besides is missed by that 1.</summary>
    [Test]
    public void Inspect_OfAKnownAdapter_GivesItsNumbers()
    {
        AdapterFiles.WritePeft(FolderOf("one"), new Dictionary<string, LowRankAdapter<double>> { ["h.0.q"] = Diagonal(0, 3, 1, 4), ["h.1.q"] = new(3, 4, 2, 2) });
        AdapterFiles.WritePeft(FolderOf("two"), new Dictionary<string, LowRankAdapter<double>> { ["h.0.q"] = Diagonal(1, 4, 2, 3) });
        float[] weights = [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0], tuned = [7, 0, 0, 0, 0, 10, 0, 0, 0, 0, 6, 0];
        SafetensorsFile.Write(Path.Combine(Folder, "base.safetensors"), [("model.h.0.q.weight", [3, 4], weights), ("model.h.1.q.weight", [3, 4], weights)]);
        SafetensorsFile.Write(Path.Combine(Folder, "tuned.safetensors"), [("h.0.q.weight", [3, 4], tuned), ("h.1.q.weight", [3, 4], tuned)]);
        var finished = Run("lora", "inspect", "one", "--against", "two", "--base", "base.safetensors", "--tuned", "tuned.safetensors", "--format", "json");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        using var json = JsonDocument.Parse(finished.Output);
        var (trained, untrained) = (json.RootElement[0], json.RootElement[1]);
        double Number(string name) => trained.GetProperty(name).GetDouble();
        Assert.Multiple(() =>
        {
            Assert.That(trained.GetProperty("singularValues").EnumerateArray().Select(σ => σ.GetDouble()), Is.EqualTo([8.0, 6.0]).Within(1e-14));
            Assert.That(Number("updateNorm"), Is.EqualTo(10).Within(1e-14));
            Assert.That((Number("alpha"), Number("scale"), Number("rank"), Number("numericalRank")), Is.EqualTo((4.0, 2.0, 2.0, 2.0)));
            Assert.That(Number("effectiveRank"), Is.EqualTo(Math.Exp(-(4 / 7.0 * Math.Log(4 / 7.0)) - (3 / 7.0 * Math.Log(3 / 7.0)))).Within(1e-14));

            // The first directions are e₂ and e₂; of both pairs e₁, e₂ and e₂, e₃ one is shared.
            Assert.That(trained.GetProperty("similarity")[0][0].GetDouble(), Is.EqualTo(1).Within(1e-14));
            Assert.That(trained.GetProperty("similarity")[1][1].GetDouble(), Is.EqualTo(0.5).Within(1e-14));
            Assert.That(Number("amplification"), Is.EqualTo(10 / Math.Sqrt(5)).Within(1e-14));
            Assert.That(Number("changeNorm"), Is.EqualTo(Math.Sqrt(101)).Within(1e-13));
            Assert.That(Number("floor"), Is.EqualTo(1).Within(1e-12));
            Assert.That(Number("distance"), Is.EqualTo(1).Within(1e-14));
            Assert.That(untrained.GetProperty("updateNorm").GetDouble(), Is.Zero);
            Assert.That(untrained.GetProperty("numericalRank").GetInt32(), Is.Zero);
            Assert.That(untrained.GetProperty("amplification").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
        var table = Run("lora", "inspect", "one", "--module", "h.0");
        Assert.That(table.Output, Does.Contain("3 × 4").And.Contain("8 6").And.Not.Contain("h.1.q"));
    }

    [TestCase("nowhere", "does not exist")]
    [TestCase("one --module k_proj", "No module")]
    [TestCase("one --tuned base.safetensors", "--base")]
    [TestCase("one --base nowhere", "does not exist")]
    [TestCase("one --base one/adapter_model.safetensors", "no tensor 'h.0.q.weight'")]
    public void Inspect_OfWhatIsMissing_SaysWhatToDo(string arguments, string expected)
    {
        AdapterFiles.WritePeft(FolderOf("one"), new Dictionary<string, LowRankAdapter<double>> { ["h.0.q"] = Diagonal(0, 3, 1, 4) });
        var finished = Run(["lora", "inspect", .. arguments.Split(' ')]);
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain(expected));
    }

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    /// <summary>ΔW = 2·(a·e_ie_iᵀ + b·e_je_jᵀ), 3 × 4, the sizes in A.</summary>
    private static LowRankAdapter<double> Diagonal(int i, double a, int j, double b)
    {
        var adapter = new LowRankAdapter<double>(3, 4, 2, 2);
        (adapter.Up[i, 0], adapter.Down[0, i], adapter.Up[j, 1], adapter.Down[1, j]) = (1, a, 1, b);
        return adapter;
    }
}
