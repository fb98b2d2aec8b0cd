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
        Assert.That(AdapterFiles.ReadPeft(folder[""]).Values.Select(a => a.Scale), Has.All.EqualTo(scale));
    }

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"r\": 0, \"lora_alpha\": 8}")]
    [TestCase("{\"r\": 3, \"lora_alpha\": 8}")]
    [TestCase("{\"r\": 1e99, \"lora_alpha\": 8}")]
    [TestCase("not json")]
    public void Peft_WithAnotherConfiguration_IsRefused(string configuration)
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        File.WriteAllText(folder["adapter_config.json"], configuration);
        Assert.That(() => AdapterFiles.ReadPeft(folder[""]), Throws.TypeOf<DataFileException>());
    }

    [Test]
    public void Peft_WithoutAFactor_IsRefused()
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], Example());
        SafetensorsFile.Write(folder["adapter_model.safetensors"], [("x.lora_A.weight", [2, 3], new float[6])]);
        Assert.That(() => AdapterFiles.ReadPeft(folder[""]), Throws.TypeOf<DataFileException>().With.Message.Contains("other factor"));
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

    private static void AssertSame(IReadOnlyDictionary<string, LowRankAdapter<double>> found, Dictionary<string, LowRankAdapter<double>> expected)
    {
        Assert.That(found.Keys, Is.EquivalentTo(expected.Keys));
        foreach (var (name, adapter) in expected)
        {
            Assert.That(found[name].Scale, Is.EqualTo(adapter.Scale));
            Assert.That(Numbers(found[name].Down), Is.EqualTo(Numbers(adapter.Down)));
            Assert.That(Numbers(found[name].Up), Is.EqualTo(Numbers(adapter.Up)));
        }
    }

    private static double[] Numbers(Weights<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(values);
        return values;
    }
}
