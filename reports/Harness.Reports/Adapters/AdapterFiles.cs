using System.Collections.Immutable;
using System.Text.Json;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Adapters;

/// <summary>Adapters in the two layouts that are in use: a folder as the library peft writes it, and a NumPy archive.</summary>
public static class AdapterFiles
{
    private const string Down = ".lora_A.weight", Up = ".lora_B.weight";

    /// <summary>Reads a folder with <c>adapter_config.json</c> (<c>r</c>, <c>lora_alpha</c>, <c>use_rslora</c>) and <c>adapter_model.safetensors</c> (<c>NAME.lora_A.weight</c>, r × k, and <c>NAME.lora_B.weight</c>, d × r).</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The adapters by the name of their layer.</returns>
    /// <exception cref="DataFileException">A file is missing or damaged, a factor has no partner, or the ranks differ from the configuration's.</exception>
    public static IReadOnlyDictionary<string, LowRankAdapter<double>> ReadPeft(string folder)
    {
        var (file, configuration) = (Path.Combine(folder, "adapter_model.safetensors"), Path.Combine(folder, "adapter_config.json"));
        var (rank, scale) = Configuration(configuration);
        var tensors = SafetensorsFile.Read(file).ToDictionary(t => t.Key, t => (t.Value.Shape, t.Value.Values));
        return Pair(tensors, Down, Up, file, (_, r) => r == rank ? scale : throw new DataFileException(file, $"has an adapter of rank {r}, and {configuration} says {rank}."));
    }

    /// <summary>Writes a folder that <see cref="ReadPeft"/> and peft read, in single precision. All adapters must have one rank and one scale.</summary>
    /// <param name="folder">The folder, which must exist.</param>
    /// <param name="adapters">The adapters by the name of their layer.</param>
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
            tensors.Add((name + Down, [adapter.Down.Rows, adapter.Down.Columns], Array.ConvertAll(RowMajor(adapter.Down), x => (float)x)));
            tensors.Add((name + Up, [adapter.Up.Rows, adapter.Up.Columns], Array.ConvertAll(RowMajor(adapter.Up), x => (float)x)));
        }

        SafetensorsFile.Write(Path.Combine(folder, "adapter_model.safetensors"), tensors);
        AtomicFile.Write(Path.Combine(folder, "adapter_config.json"), stream => JsonSerializer.Serialize(
            stream, new Dictionary<string, object> { ["peft_type"] = "LORA", ["r"] = any.Down.Rows, ["lora_alpha"] = any.Scale * any.Down.Rows, ["use_rslora"] = false }));
    }

    /// <summary>Reads an archive with arrays <c>NAME.A</c>, <c>NAME.B</c> and <c>NAME.scale</c>.</summary>
    /// <param name="path">The archive.</param>
    /// <exception cref="DataFileException">The archive is damaged, or a factor has no partner.</exception>
    public static IReadOnlyDictionary<string, LowRankAdapter<double>> ReadNpz(string path)
    {
        var arrays = NpzFile.Read(path);
        return Pair(
            arrays.ToDictionary(a => a.Key, a => (a.Value.Shape, a.Value.Values)), ".A", ".B", path,
            (name, _) => arrays.TryGetValue(name + ".scale", out var scale) && scale.Values is [var s] && double.IsFinite(s) ? s : throw new DataFileException(path, $"has no number {DataFileException.Quote(name + ".scale")}."));
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

    private static Dictionary<string, LowRankAdapter<double>> Pair(
        Dictionary<string, (ImmutableArray<int> Shape, double[] Values)> arrays, string down, string up, string path, Func<string, int, double> scale)
    {
        var adapters = new Dictionary<string, LowRankAdapter<double>>(StringComparer.Ordinal);
        foreach (var (key, (shape, values)) in arrays)
        {
            var isDown = key.EndsWith(down, StringComparison.Ordinal);
            if (!isDown && !key.EndsWith(up, StringComparison.Ordinal))
            {
                continue;
            }

            var name = key[..^(isDown ? down : up).Length];
            if (!arrays.TryGetValue(name + (isDown ? up : down), out var other) || shape.Length != 2 || other.Shape.Length != 2)
            {
                throw new DataFileException(path, $"has {DataFileException.Quote(key)} without its other factor, or one of the two is no matrix.");
            }

            if (!isDown)
            {
                continue;
            }

            if (other.Shape[1] != shape[0] || shape[0] < 1 || shape[1] < 1 || other.Shape[0] < 1)
            {
                throw new DataFileException(path, $"has factors of {DataFileException.Quote(name)} that do not fit: A is {shape[0]} × {shape[1]} and B is {other.Shape[0]} × {other.Shape[1]}.");
            }

            var adapter = new LowRankAdapter<double>(other.Shape[0], shape[1], shape[0], scale(name, shape[0]));
            adapter.Down.CopyFrom(values);
            adapter.Up.CopyFrom(other.Values);
            adapters.Add(name, adapter);
        }

        return adapters;
    }

    private static (int Rank, double Scale) Configuration(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var (rank, alpha) = (json.RootElement.GetProperty("r").GetInt32(), json.RootElement.GetProperty("lora_alpha").GetDouble());
            var isRankStabilised = json.RootElement.TryGetProperty("use_rslora", out var stabilised) && stabilised.ValueKind == JsonValueKind.True;
            return (rank, isRankStabilised ? AdapterScale.ByRootOfRank(alpha, rank) : AdapterScale.ByRank(alpha, rank));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new DataFileException(path, "has no whole number \"r\" of at least 1 and no number \"lora_alpha\".", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be read: {e.Message}", e);
        }
    }

    private static double[] RowMajor(Weights<double> matrix)
    {
        var values = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(values);
        return values;
    }
}
