using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Core.Networks;
using Harness.Reports.Files;

namespace Harness.Reports.Adapters;

/// <summary>
/// What <c>adapter_config.json</c> says of ranks and scales: <c>r</c>, <c>lora_alpha</c>, <c>use_rslora</c>, <c>rank_pattern</c>, <c>alpha_pattern</c>, <c>fan_in_fan_out</c>, by the rules of peft's <c>LoraConfig</c> and <c>get_pattern_key</c>.
/// </summary>
internal sealed class PeftConfiguration
{
    /// <summary>Settings under which ΔW is not s·BA.</summary>
    private static readonly string[] OtherMethods = ["use_dora", "use_qalora", "use_bdlora", "lora_bias", "arrow_config", "kasa_config", "velora_config", "monteclora_config", "target_parameters"];

    /// <summary>A pattern is a regular expression from a file: it is given this long for a name.</summary>
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly int rank;
    private readonly double alpha;
    private readonly bool isRankStabilised;
    private readonly (Regex Pattern, double Value)[] ranks, alphas;

    private PeftConfiguration(string path, JsonElement json)
    {
        this.path = path;
        if (json.TryGetProperty("peft_type", out var type) && type.GetString() is var name && !string.Equals(name, "LORA", StringComparison.OrdinalIgnoreCase))
        {
            throw new DataFileException(path, $"has peft_type {DataFileException.Quote(name ?? "null")}; only LORA adapters are read.");
        }

        foreach (var method in OtherMethods)
        {
            if (json.TryGetProperty(method, out var value) && value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null) && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
            {
                throw new DataFileException(path, $"has {method}; its update is not a multiple of BA, and only such updates are read.");
            }
        }

        (rank, alpha) = (json.GetProperty("r").GetInt32(), json.GetProperty("lora_alpha").GetDouble());
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        (isRankStabilised, IsTransposed) = (IsTrue(json, "use_rslora"), IsTrue(json, "fan_in_fan_out"));
        (ranks, alphas) = (Patterns(json, "rank_pattern"), Patterns(json, "alpha_pattern"));
    }

    /// <summary>Whether the adapted matrices are stored with inputs first.</summary>
    public bool IsTransposed { get; }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="DataFileException">It is missing or damaged, or of another method.</exception>
    public static PeftConfiguration Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new(path, json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DataFileException(path, $"has no whole number \"r\" of at least 1 and no number \"lora_alpha\", or a pattern that cannot be read: {DataFileException.Words(e)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be read: {DataFileException.Words(e)}", e);
        }
    }

    /// <summary>α of a module, and its scale at the rank that its factors have.</summary>
    /// <param name="module">The module's name in the base model.</param>
    /// <param name="found">The rank of its factors.</param>
    /// <param name="file">The file of the factors.</param>
    /// <exception cref="DataFileException">The rank is not the configuration's.</exception>
    public (double Alpha, double Scale) Of(string module, int found, string file)
    {
        var (expected, α) = ((int)Match(ranks, module, rank), Match(alphas, module, alpha));
        if (found != expected)
        {
            throw new DataFileException(file, $"has an adapter of rank {found} for {DataFileException.Quote(module)}, and {path} says {expected}.");
        }

        var scale = isRankStabilised ? AdapterScale.ByRootOfRank(α, found) : AdapterScale.ByRank(α, found);
        return double.IsFinite(scale) ? (α, scale) : throw new DataFileException(path, $"has an alpha of {DataFileException.Quote(module)} beyond double precision.");
    }

    private static bool IsTrue(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A key is a regular expression for the end of a module's name, from a dot on.</summary>
    private static (Regex, double)[] Patterns(JsonElement json, string name) => json.TryGetProperty(name, out var patterns) && patterns.ValueKind != JsonValueKind.Null
        ? [.. patterns.EnumerateObject().Select(p => (new Regex($@"^(.*\.)?({p.Name})$", RegexOptions.CultureInvariant, PatternLimit), p.Value.GetDouble()))]
        : [];

    /// <summary>The first pattern decides.</summary>
    private double Match((Regex Pattern, double Value)[] patterns, string module, double otherwise)
    {
        try
        {
            foreach (var (pattern, value) in patterns)
            {
                if (pattern.IsMatch(module))
                {
                    return value;
                }
            }
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new DataFileException(path, $"has the pattern {DataFileException.Quote(e.Pattern)}, which takes longer than a second on a name.", e);
        }

        return otherwise;
    }
}
