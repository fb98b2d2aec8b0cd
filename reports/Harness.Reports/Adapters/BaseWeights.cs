using System.Text.Json;
using Harness.Core.Numerics;
using Harness.Reports.Files;

namespace Harness.Reports.Adapters;

/// <summary>Weight matrices of a model, read one at a time: from a safetensors file, or from a folder with one or with shards and their index.</summary>
public sealed class BaseWeights
{
    private const string SingleFile = "model.safetensors", IndexFile = "model.safetensors.index.json";

    private readonly string path;

    /// <summary>The shard of each tensor; null where one file holds all.</summary>
    private readonly Dictionary<string, string>? shards;

    private BaseWeights(string path, Dictionary<string, string>? shards) => (this.path, this.shards) = (path, shards);

    /// <summary>Opens a model; tensors are read when they are asked for.</summary>
    /// <param name="path">A .safetensors file, or a folder with <c>model.safetensors</c> or <c>model.safetensors.index.json</c>.</param>
    /// <exception cref="DataFileException">There is no such file, or the index is damaged.</exception>
    public static BaseWeights Open(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? new(path, null) : throw new DataFileException(path, "does not exist; give a .safetensors file or a model's folder.");
        }

        var (single, index) = (Path.Combine(path, SingleFile), Path.Combine(path, IndexFile));
        if (File.Exists(single))
        {
            return new(single, null);
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(index));
            return new(path, json.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(p => p.Name, p => Path.Combine(path, Path.GetFileName(p.Value.GetString()!)), StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new DataFileException(index, $"is no index of shards: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"has neither {SingleFile} nor {IndexFile} that can be read.", e);
        }
    }

    /// <summary>The weight matrix of a module.</summary>
    /// <param name="module">The module's name: the tensor is MODULE.weight, or the only one that ends in it, as names may lack a prefix of the whole model's.</param>
    /// <param name="rows">d that its adapter expects.</param>
    /// <param name="columns">k.</param>
    /// <param name="isTransposed">Whether it is stored as k × d.</param>
    /// <exception cref="DataFileException">It is not there, or has another shape.</exception>
    public Weights<double> Read(string module, int rows, int columns, bool isTransposed)
    {
        var name = module + ".weight";
        bool Wanted(string key) => key == name || key.EndsWith("." + name, StringComparison.Ordinal) || name.EndsWith("." + key, StringComparison.Ordinal) || key == module;
        var file = shards is null ? path : shards.FirstOrDefault(s => Wanted(s.Key)).Value ?? throw Missing(name);
        var found = SafetensorsFile.Read(file, Wanted);
        var key = found.Count == 1 ? found.Keys.Single() : found.ContainsKey(name) ? name : throw Missing(name);
        var tensor = found[key];
        var (d, k) = isTransposed ? (columns, rows) : (rows, columns);
        if (tensor.Shape is not [var height, var width] || height != d || width != k)
        {
            throw new DataFileException(file, $"has {DataFileException.Quote(key)} of shape ({string.Join(", ", tensor.Shape)}), and the adapter of {DataFileException.Quote(module)} needs ({d}, {k}).");
        }

        var weights = new Weights<double>(rows, columns);
        if (!isTransposed)
        {
            weights.CopyFrom(tensor.Values);
            return weights;
        }

        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                weights[i, j] = tensor.Values[(j * rows) + i];
            }
        }

        return weights;
    }

    private DataFileException Missing(string name) => new(path, $"has no tensor {DataFileException.Quote(name)}, or several whose names end so; give the model that the adapter was trained on.");
}
