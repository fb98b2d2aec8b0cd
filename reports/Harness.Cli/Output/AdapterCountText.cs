using System.Globalization;
using Harness.Reports.Adapters;

namespace Harness.Cli.Output;

/// <summary>A count of adapters in a few lines.</summary>
internal static class AdapterCountText
{
    /// <summary>Writes the count, and what does not fit the paper's.</summary>
    public static void Write(TextWriter output, AdapterCount count)
    {
        var model = count.Model;
        Line(output, "model", FormattableString.Invariant($"{model.Name}: {model.Layers} layers, d_model {model.Hidden} ({model.Source})"));
        Line(output, "adapters", FormattableString.Invariant($"rank {count.Rank} on {string.Join(", ", count.Targets.Select(t => t.ToString().ToLowerInvariant()))}, {model.Layers * count.Targets.Count} matrices"));
        Line(output, "trainable", Grouped(count.Trainable) + " parameters");
        Line(output, "checkpoint", Bytes(count.Bytes, count.BytesPerNumber));
        if (count is { ModelBytes: { } bytes, Reduction: { } reduction })
        {
            Line(output, "whole model", $"{Grouped(model.Parameters!.Value)} parameters, {Bytes(bytes, count.BytesPerNumber)}");
            Line(output, "reduction", FormattableString.Invariant($"{reduction:N1} times"));
        }

        if (CountMisprint.Of(count) is { } misprint)
        {
            Line(output, "note", misprint);
        }
    }

    private static void Line(TextWriter output, string name, string text) => output.WriteLine($"{name,-12}{text}");

    private static string Bytes(long bytes, int each) => FormattableString.Invariant($"{Grouped(bytes)} bytes at {each} a number ({bytes / 1048576.0:N1} MiB)");

    private static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>What <c>lora count --format json</c> prints. Names and meaning are documented in docs/cli.md and stable.</summary>
internal sealed record AdapterCountJson(
    string Model, int Layers, int Hidden, int Rank, IReadOnlyList<string> Targets, int BytesPerNumber, long Trainable, long Bytes, long? ModelParameters, long? ModelBytes, double? Reduction, string Source, string? Note)
{
    /// <summary>The object of a count.</summary>
    public static AdapterCountJson Of(AdapterCount count) => new(
        count.Model.Name, count.Model.Layers, count.Model.Hidden, count.Rank, [.. count.Targets.Select(t => t.ToString().ToLowerInvariant())], count.BytesPerNumber, count.Trainable, count.Bytes,
        count.Model.Parameters, count.ModelBytes, count.Reduction, count.Model.Source, CountMisprint.Of(count));
}
