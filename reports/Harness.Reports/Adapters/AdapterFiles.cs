using System.Collections.Immutable;
using System.Text.Json;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Adapters;

/// <summary>Adapters in the two layouts that are in use: a folder as the library peft writes it, and a NumPy archive.</summary>
public static class AdapterFiles
{
    /// <summary>Reading allocates at most so many bytes for every byte of the two files, and a mebibyte.</summary>
    internal const int MostBytesPerByte = 2 * SafetensorsFile.MostBytesPerByte;

    /// <summary>What peft puts before the names of the base model's modules.</summary>
    private const string Prefix = "base_model.model.";

    private const string ModelFile = "adapter_model.safetensors", ConfigurationFile = "adapter_config.json";

    /// <summary>Names of the factors of linear layers, without and with the adapter's own name in them, and of embeddings, whose factors are no modules.</summary>
    private static readonly (string Down, string Up, bool IsEmbedding)[] PeftNames = [("lora_A", "lora_B", false), ("lora_embedding_A", "lora_embedding_B", true)];

    /// <summary>Reads adapters in either layout.</summary>
    /// <param name="path">A folder as peft writes it, the <c>adapter_model.safetensors</c> in it, or an archive <c>.npz</c>.</param>
    /// <returns>The adapters by the name of their module.</returns>
    /// <exception cref="DataFileException">Files are missing, damaged or do not belong together.</exception>
    public static IReadOnlyDictionary<string, StoredAdapter> Read(string path) =>
        Directory.Exists(path) ? ReadPeft(path)
        : !File.Exists(path) ? throw new DataFileException(path, "does not exist; give an adapter's folder, its adapter_model.safetensors, or a .npz.")
        : path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? ReadNpz(path)
        : ReadPeft(path, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ConfigurationFile));

    /// <summary>
    /// Reads a folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>: <c>base_model.model.MODULE.lora_A.weight</c>, r × k, and <c>….lora_B.weight</c>, d × r; for embeddings <c>lora_embedding_A</c> and <c>_B</c>. The
    /// adapter's own name may stand in between (<c>lora_A.default.weight</c>), as in a model's own state. Other tensors, such as a trained head, are no adapters and are left out.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The adapters by the name of their module in the base model.</returns>
    /// <exception cref="DataFileException">A file is missing or damaged, a factor has no partner, the ranks differ from the configuration's, or the method is another (DoRA, convolutions).</exception>
    public static IReadOnlyDictionary<string, StoredAdapter> ReadPeft(string folder) => ReadPeft(Path.Combine(folder, ModelFile), Path.Combine(folder, ConfigurationFile));

    private static Dictionary<string, StoredAdapter> ReadPeft(string file, string configurationFile)
    {
        var configuration = PeftConfiguration.Read(configurationFile);
        var tensors = SafetensorsFile.Read(file, name => name.Contains("lora_", StringComparison.Ordinal));
        var factors = new Dictionary<(string Module, bool IsEmbedding), (SafeTensor? Down, SafeTensor? Up)>();
        foreach (var (key, tensor) in tensors)
        {
            var (module, isDown, isEmbedding) = Parse(key, file);
            var pair = factors.GetValueOrDefault((module, isEmbedding));
            factors[(module, isEmbedding)] = (isDown ? pair.Down : pair.Up) is null
                ? (isDown ? tensor : pair.Down, isDown ? pair.Up : tensor)
                : throw new DataFileException(file, $"has two adapters of {DataFileException.Quote(module)}; save one of them alone.");
        }

        var adapters = new Dictionary<string, StoredAdapter>(StringComparer.Ordinal);
        foreach (var ((module, isEmbedding), (down, up)) in factors)
        {
            if (down is null || up is null)
            {
                throw new DataFileException(file, $"has one factor of {DataFileException.Quote(module)} without its other factor.");
            }

            var adapter = Adapter(module, (down.Shape, down.Values), (up.Shape, up.Values), file, rank => configuration.Of(module, rank, file).Scale);
            if (!adapters.TryAdd(module, new(adapter, configuration.Of(module, adapter.Rank, file).Alpha, isEmbedding || configuration.IsTransposed)))
            {
                throw new DataFileException(file, $"has {DataFileException.Quote(module)} both as a linear layer and as an embedding.");
            }
        }

        return adapters.Count > 0 ? adapters : throw new DataFileException(file, "has no tensor with lora_A or lora_B in its name; it holds no adapter.");
    }

    /// <summary>Writes a folder that <see cref="ReadPeft(string)"/> and peft read, in single precision. All adapters must have one rank and one scale.</summary>
    /// <param name="folder">The folder, which must exist.</param>
    /// <param name="adapters">The adapters by the name of their module in the base model.</param>
    /// <exception cref="ArgumentException">There is no adapter, or ranks or scales differ.</exception>
    public static void WritePeft(string folder, IReadOnlyDictionary<string, LowRankAdapter<double>> adapters)
    {
        ArgumentNullException.ThrowIfNull(adapters);
        if (adapters.Values.Select(a => (a.Down.Rows, a.Scale)).Distinct().Count() != 1)
        {
            throw new ArgumentException("The configuration has one rank and one alpha: give adapters that agree in both, at least one.", nameof(adapters));
        }

        var any = adapters.Values.First();
        var tensors = new List<(string, ImmutableArray<int>, ReadOnlyMemory<float>)>();
        foreach (var (name, adapter) in adapters.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            tensors.Add(($"{Prefix}{name}.lora_A.weight", [adapter.Down.Rows, adapter.Down.Columns], Array.ConvertAll(RowMajor(adapter.Down), x => (float)x)));
            tensors.Add(($"{Prefix}{name}.lora_B.weight", [adapter.Up.Rows, adapter.Up.Columns], Array.ConvertAll(RowMajor(adapter.Up), x => (float)x)));
        }

        SafetensorsFile.Write(Path.Combine(folder, ModelFile), tensors);
        AtomicFile.Write(Path.Combine(folder, ConfigurationFile), stream => JsonSerializer.Serialize(stream, new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["peft_type"] = "LORA", ["r"] = any.Down.Rows, ["lora_alpha"] = any.Scale * any.Down.Rows, ["use_rslora"] = false, ["fan_in_fan_out"] = false, ["bias"] = "none", ["lora_dropout"] = 0.0,
            ["target_modules"] = adapters.Keys.Order(StringComparer.Ordinal).ToArray(), ["base_model_name_or_path"] = null, ["task_type"] = null, ["inference_mode"] = true,
        }));
    }

    /// <summary>Reads an archive with arrays <c>NAME.A</c>, <c>NAME.B</c> and <c>NAME.scale</c>.</summary>
    /// <param name="path">The archive.</param>
    /// <exception cref="DataFileException">The archive is damaged, or a factor has no partner.</exception>
    public static IReadOnlyDictionary<string, StoredAdapter> ReadNpz(string path)
    {
        const string Down = ".A", Up = ".B", Scale = ".scale";
        var (arrays, adapters) = (NpzFile.Read(path), new Dictionary<string, StoredAdapter>(StringComparer.Ordinal));
        foreach (var name in arrays.Keys.Where(k => k.EndsWith(Down, StringComparison.Ordinal) || k.EndsWith(Up, StringComparison.Ordinal)).Select(k => k[..^Down.Length]).Distinct(StringComparer.Ordinal))
        {
            if (!arrays.TryGetValue(name + Down, out var down) || !arrays.TryGetValue(name + Up, out var up))
            {
                throw new DataFileException(path, $"has one factor of {DataFileException.Quote(name)} without its other factor.");
            }

            adapters.Add(name, new(Adapter(name, (down.Shape, down.Values), (up.Shape, up.Values), path, _ =>
                arrays.TryGetValue(name + Scale, out var scale) && scale.Values is [var s] && double.IsFinite(s) ? s : throw new DataFileException(path, $"has no number {DataFileException.Quote(name + Scale)}."))));
        }

        return adapters.Count > 0 ? adapters : throw new DataFileException(path, "has no arrays NAME.A and NAME.B; it holds no adapter.");
    }

    /// <summary>Writes an archive that <see cref="ReadNpz"/> reads, in double precision.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="adapters">The adapters by the name of their layer.</param>
    public static void WriteNpz(string path, IReadOnlyDictionary<string, LowRankAdapter<double>> adapters) => NpzFile.Write(path, npz =>
    {
        foreach (var (name, adapter) in adapters.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            npz.Add<double>(name + ".A", RowMajor(adapter.Down), adapter.Down.Rows, adapter.Down.Columns);
            npz.Add<double>(name + ".B", RowMajor(adapter.Up), adapter.Up.Rows, adapter.Up.Columns);
            npz.Add<double>(name + ".scale", [adapter.Scale], 1);
        }
    });

    /// <summary>base_model.model.MODULE.lora_A.weight, with any adapter's name before the last part; MODULE.lora_embedding_A.</summary>
    private static (string Module, bool IsDown, bool IsEmbedding) Parse(string key, string file)
    {
        var parts = key.Split('.');
        foreach (var (down, up, isEmbedding) in PeftNames)
        {
            var at = Array.FindLastIndex(parts, part => part == down || part == up);
            var after = parts.Length - 1 - at;
            if (at > 0 && (isEmbedding ? after <= 1 : after is 1 or 2 && parts[^1] == "weight"))
            {
                var module = string.Join('.', parts[..at]);
                return (module.StartsWith(Prefix, StringComparison.Ordinal) ? module[Prefix.Length..] : module, parts[at] == down, isEmbedding);
            }
        }

        throw new DataFileException(file, $"has the tensor {DataFileException.Quote(key)}, which is no factor of s·BA: adapters with biases or magnitudes (DoRA) of their own are not read.");
    }

    private static LowRankAdapter<double> Adapter(string name, (ImmutableArray<int> Shape, double[] Values) down, (ImmutableArray<int> Shape, double[] Values) up, string path, Func<int, double> scale)
    {
        if (down.Shape.Length != 2 || up.Shape.Length != 2)
        {
            throw new DataFileException(path, $"has factors of {DataFileException.Quote(name)} that are no matrices; adapters of convolutions are not read.");
        }

        if (up.Shape[1] != down.Shape[0] || down.Shape[0] < 1 || down.Shape[1] < 1 || up.Shape[0] < 1)
        {
            throw new DataFileException(path, $"has factors of {DataFileException.Quote(name)} that do not fit: A is {down.Shape[0]} × {down.Shape[1]} and B is {up.Shape[0]} × {up.Shape[1]}.");
        }

        if (down.Values.Concat(up.Values).Any(x => !double.IsFinite(x)))
        {
            throw new DataFileException(path, $"has a factor of {DataFileException.Quote(name)} with an infinity or NaN.");
        }

        var adapter = new LowRankAdapter<double>(up.Shape[0], down.Shape[1], down.Shape[0], scale(down.Shape[0]));
        adapter.Down.CopyFrom(down.Values);
        adapter.Up.CopyFrom(up.Values);
        return adapter;
    }

    private static double[] RowMajor(Weights<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(values);
        return values;
    }
}
