using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Reports.Adapters;
using Harness.Reports.Files;
using Harness.ReportsChecks.Files;
using NUnit.Framework;

namespace Harness.ReportsChecks.Adapters;

/// <summary>Adapters written and read again in both layouts, and sets of files that do not belong together.</summary>
public sealed class AdapterFilesTests
{
    [Test]
    public void Npz_WrittenAndRead_HasTheSameNumbers()
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WriteNpz(folder["a.npz"], Example());
        AssertSame(AdapterFiles.ReadNpz(folder["a.npz"]), Example());
    }

    [Test]
    public void Peft_WrittenAndRead_HasTheSameNumbers()
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        AssertSame(AdapterFiles.ReadPeft(folder[""]), Example());
    }

    [TestCase("false", 4.0)]
    [TestCase("true", 8 / 1.4142135623730951)]
    public void Peft_ScaleIsThatOfItsConfiguration(string stabilised, double scale)
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        File.WriteAllText(folder["adapter_config.json"], $$"""{"r": 2, "lora_alpha": 8, "use_rslora": {{stabilised}}, "target_modules": ["q_proj"]}""");
        Assert.That(AdapterFiles.ReadPeft(folder[""]).Values.Select(a => (a.Adapter.Scale, a.Alpha)), Has.All.EqualTo((scale, (double?)8)));
    }

    /// <summary>What peft's get_peft_model_state_dict leaves: a prefix, no adapter's name, embeddings that are parameters and not modules, a head that is no adapter; and the fields of a LoraConfig that bear on it.</summary>
    [Test]
    public void Peft_AsTheLibraryWritesIt_IsRead()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["adapter_model.safetensors"],
        [
            ("base_model.model.transformer.h.0.attn.c_attn.lora_A.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }),
            ("base_model.model.transformer.h.0.attn.c_attn.lora_B.weight", [9, 2], new float[18]),
            ("base_model.model.transformer.h.10.attn.c_proj.lora_A.weight", [1, 3], new float[3]),
            ("base_model.model.transformer.h.10.attn.c_proj.lora_B.weight", [3, 1], new float[3]),
            ("base_model.model.transformer.wte.lora_embedding_A", [2, 11], new float[22]),
            ("base_model.model.transformer.wte.lora_embedding_B", [3, 2], new float[6]),
            ("base_model.model.score.weight", [4], new float[4]),
        ]);
        File.WriteAllText(folder["adapter_config.json"], """
            {
              "alpha_pattern": {"c_proj": 3}, "auto_mapping": null, "base_model_name_or_path": "gpt2", "bias": "none", "fan_in_fan_out": true, "inference_mode": true, "layer_replication": null, "loftq_config": {}, "lora_alpha": 16,
              "lora_bias": false, "lora_dropout": 0.05, "modules_to_save": ["score"], "peft_type": "LORA", "r": 2, "rank_pattern": {"h\\.\\d+\\.attn\\.c_proj": 1}, "target_modules": ["c_attn", "c_proj", "wte"], "target_parameters": null,
              "task_type": "SEQ_CLS", "use_dora": false, "use_qalora": false, "use_rslora": false
            }
            """);
        var adapters = AdapterFiles.Read(folder[""]);
        Assert.That(
            adapters.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.Adapter.Up.Rows, a.Value.Adapter.Down.Columns, a.Value.Adapter.Rank, a.Value.Adapter.Scale, a.Value.IsTransposed)),
            Is.EqualTo([("transformer.h.0.attn.c_attn", 9, 3, 2, 8.0, true), ("transformer.h.10.attn.c_proj", 3, 3, 1, 3.0, true), ("transformer.wte", 3, 11, 2, 8.0, true)]));
        Assert.That(adapters["transformer.h.0.attn.c_attn"].Adapter.Down[1, 2], Is.EqualTo(6));
    }

    /// <summary>A model's own state has the adapter's name in every key.</summary>
    [TestCase("base_model.model.x.lora_A.default.weight", "base_model.model.x.lora_B.default.weight")]
    [TestCase("x.lora_A.weight", "x.lora_B.weight")]
    [TestCase("x.lora_embedding_A.default", "x.lora_embedding_B.default")]
    public void Peft_NamesOfFactors_AreUnderstood(string down, string up)
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        SafetensorsFile.Write(folder["adapter_model.safetensors"], [(down, [2, 3], new float[6]), (up, [4, 2], new float[8])]);
        Assert.That(AdapterFiles.Read(folder["adapter_model.safetensors"]).Keys, Is.EqualTo(["x"]));
    }

    [Test]
    public void Peft_WrittenHere_HasTheNamesThatPeftLoads()
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        Assert.That(SafetensorsFile.Read(folder["adapter_model.safetensors"]).Keys, Has.Member("base_model.model.layers.0.q_proj.lora_A.weight").And.Member("base_model.model.layers.0.v_proj.lora_B.weight"));
        Assert.That(File.ReadAllText(folder["adapter_config.json"]), Does.Contain("\"target_modules\":[\"layers.0.q_proj\",\"layers.0.v_proj\"]"));
    }

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"r\": 0, \"lora_alpha\": 8}")]
    [TestCase("{\"r\": 3, \"lora_alpha\": 8}")]
    [TestCase("{\"r\": 1e99, \"lora_alpha\": 8}")]
    [TestCase("{\"r\": 2, \"lora_alpha\": 8, \"use_dora\": true}")]
    [TestCase("{\"r\": 2, \"lora_alpha\": 8, \"peft_type\": \"LOHA\"}")]
    [TestCase("{\"r\": 2, \"lora_alpha\": 8, \"rank_pattern\": {\"(\": 2}}")]
    [TestCase("{\"r\": 2, \"lora_alpha\": 8, \"rank_pattern\": {\"q_proj\": 4}}")]
    [TestCase("not json")]
    public void Peft_WithAnotherConfiguration_IsRefused(string configuration)
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        File.WriteAllText(folder["adapter_config.json"], configuration);
        Assert.That(() => AdapterFiles.ReadPeft(folder[""]), Throws.TypeOf<DataFileException>());
    }

    [TestCase("x.lora_A.weight", "other factor")]
    [TestCase("x.lora_magnitude_vector", "DoRA")]
    [TestCase("x.lora_B.bias", "biases")]
    [TestCase("x.weight", "holds no adapter")]
    public void Peft_WithOtherTensors_IsRefused(string name, string expected)
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        SafetensorsFile.Write(folder["adapter_model.safetensors"], [(name, [2, 3], new float[6])]);
        Assert.That(() => AdapterFiles.ReadPeft(folder[""]), Throws.TypeOf<DataFileException>().With.Message.Contains(expected));
    }

    private static Dictionary<string, LowRankAdapter<double>> Example()
    {
        var adapters = new Dictionary<string, LowRankAdapter<double>>();
        foreach (var name in (string[])["layers.0.q_proj", "layers.0.v_proj"])
        {
            var adapter = new LowRankAdapter<double>(5, 7, 2, 0.25);
            for (var k = 0; k < 14; k++)
            {
                adapter.Down[k / 7, k % 7] = (k - 6) / 8.0; // exact in single precision too
            }

            adapter.Up[4, 1] = name.Length;
            adapters.Add(name, adapter);
        }

        return adapters;
    }

    private static void AssertSame(IReadOnlyDictionary<string, StoredAdapter> found, Dictionary<string, LowRankAdapter<double>> expected)
    {
        Assert.That(found.Keys, Is.EquivalentTo(expected.Keys));
        foreach (var (name, adapter) in expected)
        {
            Assert.That(found[name].Adapter.Scale, Is.EqualTo(adapter.Scale));
            Assert.That(Numbers(found[name].Adapter.Down), Is.EqualTo(Numbers(adapter.Down)));
            Assert.That(Numbers(found[name].Adapter.Up), Is.EqualTo(Numbers(adapter.Up)));
        }
    }

    private static double[] Numbers(Weights<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(values);
        return values;
    }
}
