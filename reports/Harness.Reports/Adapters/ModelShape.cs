using System.Text.Json;

namespace Harness.Reports.Adapters;

/// <summary>The shape of a transformer, as far as adapters of its weight matrices depend on it.</summary>
/// <param name="Name">"gpt3-175b".</param>
/// <param name="Layers">Number of blocks.</param>
/// <param name="Hidden">d_model.</param>
/// <param name="KeyValue">Rows of the key and value projections; d_model unless heads share them.</param>
/// <param name="FeedForward">Rows of the first feed-forward matrix.</param>
/// <param name="Parameters">All parameters of the model, or null where they are not known.</param>
/// <param name="Source">Where the numbers are from.</param>
public sealed record ModelShape(string Name, int Layers, int Hidden, int KeyValue, int FeedForward, long? Parameters, string Source)
{
    /// <summary>The published models of data/models.json.</summary>
    public static IReadOnlyList<ModelShape> Published { get; } = Load();

    private static ModelShape[] Load()
    {
        using var stream = typeof(ModelShape).Assembly.GetManifestResourceStream("Harness.Reports.Adapters.models.json")!;
        return JsonSerializer.Deserialize<ModelShape[]>(stream, JsonSerializerOptions.Web)!;
    }
}
