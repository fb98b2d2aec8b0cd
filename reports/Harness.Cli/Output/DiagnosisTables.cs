using System.Globalization;
using Harness.Reports.Diagnoses;
using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>A diagnosis for reading: for every part its numbers, and what they mean.</summary>
internal static class DiagnosisTables
{
    /// <summary>The widest quantity of a table, which keeps the tables in line with each other.</summary>
    private const int QuantityWidth = 44;

    /// <summary>Writes the tables.</summary>
    public static void Write(IAnsiConsole console, Diagnosis d)
    {
        var (network, data) = (d.Network, d.Data);
        var task = data.Classes.IsEmpty ? "regression" : Count(data.Classes.Length, "class", "classes");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: {Count(data.RowsInFile, "row")}, {Count(data.InputDimension, "input")}, {task}. Network: L = {network.Depth}, m = {network.Width}, seed {network.Seed}."));
        foreach (var sentence in SampledRowsText.Of(d))
        {
            console.WriteLine(sentence);
        }

        Part(console, d, "data", Data(data));
        Part(console, d, "kernel", Kernels(d));
        Part(console, d, "descent", Descent(d.Descent));
        Part(console, d, "movement", Movement(d));
        Part(console, d, "labels", d.Labels.Spans.Select(span => (
            $"d† with {Number(100 * span.NoiseFraction)} % noise",
            string.Create(CultureInfo.InvariantCulture, $"{(span.Least == span.Most ? $"{span.Most}" : $"{span.Least} or {span.Most}")} of {d.Labels.Energies.Length}; best order {span.BestOrder}; unrelated labels {span.Unrelated}"))));
        Part(console, d, "theorems", d.Theorems.Widths.Select(w => ($"{w.Paper}, {w.Item}", w.Width is { } width ? $"m ≥ {Number(width)}" : "no number")));
    }

    private static IEnumerable<(string, string)> Data(DataDiagnosis data)
    {
        yield return ("δ, smallest distance of different inputs", data.Separation is { } δ ? Number(δ) : "none: all inputs are equal");
        foreach (var pair in data.ClosestPairs)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"  lines {pair.FirstLine} and {pair.SecondLine}"), $"{Number(pair.Distance)}, {(pair.HasSameLabel ? "same label" : "different labels")}");
        }

        yield return ("rows that repeat an earlier input", Whole(data.RepeatedRows));
        yield return ("inputs with different labels", Whole(data.ConflictingInputs));
        foreach (var conflict in data.Conflicts)
        {
            yield return ($"  lines {conflict.LinesInWords()}", conflict.LabelsInWords());
        }

        yield return data.BestAccuracy is { } best ? ("best possible accuracy", $"{Number(100 * best)} %") : ("least possible loss F", Number(data.LeastLoss));
    }

    private static IEnumerable<(string, string)> Kernels(Diagnosis d)
    {
        foreach (var (name, kernel) in new[] { ("m → ∞", d.InfiniteWidth), ($"m = {Whole(d.Network.Width)}", d.FiniteWidth) })
        {
            yield return ($"λ_min, {name}, {Count(kernel.Order, "row")}", $"{Number(kernel.Smallest)}; {(kernel.SmallestAtLeast is { } least ? $"proved ≥ {Number(least)}" : "nothing proved")}");
            yield return ($"λ_max, {name}", $"{Number(kernel.Largest)}; {(kernel.LargestAtMost is { } most ? $"proved ≤ {Number(most)}" : "nothing proved")}");
        }
    }

    private static IEnumerable<(string, string)> Descent(DescentDiagnosis descent)
    {
        yield return ("η = 1/λ_max", Number(descent.LearningRate));
        yield return ($"steps to {Number(100 * descent.Accuracy)} % of the loss, measured", descent.StepsMeasured is { } steps ? Whole(steps) : $"more than {Whole(descent.Steps)}");
        yield return ("  linearised network", descent.StepsLinearised is { } linearised ? Whole(linearised) : "never");
        yield return ("  infinite width", descent.StepsInfiniteWidth is { } limiting ? Whole(limiting) : "never");
        yield return ("  from λ_min alone", descent.StepsAtWorst is { } worst ? $"at most {Number(worst)}" : "nothing proved");
        yield return ("the loss falls in a step by, measured", Fall(descent.RateMeasured));
        yield return ("  linearised network", Fall(descent.RateLinearised));
        yield return ("  from λ_min alone", Fall(descent.RateAtWorst));
    }

    private static IEnumerable<(string, string)> Movement(Diagnosis d)
    {
        yield return ("‖W − W(0)‖, measured", Number(d.Descent.Movement));
        yield return ("  linearised network", Number(d.Descent.MovementLinearised));
        yield return ("  where that ends, √(r₀ᵀK⁻¹r₀)", d.Descent.MovementLimit is { } limit ? Number(limit) : "not proved to exist");
        yield return ("  bound of Theorem 1, constant 1", d.Theorems.Movement is { } bound ? Number(bound) : "none");
        yield return ("‖W(0)‖", Number(d.Descent.InitialNorm));
        yield return ("distance from linearised outputs", Number(d.Descent.LinearisationError));
    }

    private static void Part(IAnsiConsole console, Diagnosis d, string topic, IEnumerable<(string Quantity, string Value)> rows)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn(topic).Width(QuantityWidth))
            .AddColumn(new TableColumn("").Width(TableWidth.Left(console, QuantityWidth)));
        foreach (var (quantity, value) in rows)
        {
            table.AddRow(new Text(quantity), new Text(value));
        }

        console.Write(table);
        console.WriteLine(TableWidth.Prose(console, d.Readings.First(reading => reading.Topic == topic).Text));
    }

    private static string Fall(double? rate) => rate is { } r ? $"{Number(100 * (1 - r))} %" : "no number";

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Count(int count, string noun, string? plural = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? noun + "s")}");
}
