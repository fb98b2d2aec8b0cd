using System.Collections.Immutable;
using System.Globalization;
using Harness.Reports.Report;

namespace Harness.Reports.Diagnoses;

/// <summary>What the numbers of a diagnosis mean to whoever owns the data: one reading a part.</summary>
internal static class PlainWords
{
    /// <summary>A column that holds this share of all squared lengths decides alone what is close.</summary>
    private const double Dominant = 0.9;

    /// <summary>Up to here the linearised network tells what the network does.</summary>
    private const double Lazy = 0.1;

    /// <summary>The noise level that the reading of the labels is about.</summary>
    private const double Noise = 0.1;

    /// <summary>The readings.</summary>
    public static ImmutableArray<Reading> Of(Diagnosis d) =>
        [new("data", Data(d.Data)), new("kernel", Kernel(d)), new("descent", DescentIn(d.Descent)), new("movement", Movement(d)), new("labels", Labels(d.Labels)), new("theorems", Theorems(d))];

    /// <summary>"lines 3 and 9".</summary>
    public static string Lines(ClosePair pair) => string.Create(CultureInfo.InvariantCulture, $"lines {pair.FirstLine} and {pair.SecondLine}");

    private static string Data(DataDiagnosis d)
    {
        List<string> sentences = [];
        if (d.ClosestPairs is [var closest, ..])
        {
            sentences.Add($"The closest two different inputs, {Lines(closest)}, are {Number(closest.Distance)} apart where the longest input has length 1"
                + (closest.HasSameLabel ? " and have the same label." : " and have different labels: training must tell them apart, and the closer they are the longer that takes."));
            if (closest.HasSameLabel && d.ClosestPairs.FirstOrDefault(pair => !pair.HasSameLabel) is { } apart)
            {
                sentences.Add($"The closest that training must tell apart, since their labels differ, are {Lines(apart)}, at {Number(apart.Distance)}.");
            }
        }
        else
        {
            sentences.Add("All inputs are equal: no function of them can tell one row from another. Check that the right columns are the inputs.");
        }

        if (d.RepeatedRows > 0)
        {
            sentences.Add($"{Count(d.RepeatedRows, "row repeats an earlier input", "rows repeat an earlier input")}; the theorems ask for different inputs, so what follows takes one of each.");
        }

        if (d.ConflictingInputs > 0)
        {
            sentences.Add(
                $"{Count(d.ConflictingInputs, "input occurs", "inputs occur")} with different labels. No network of any size can fit them all: "
                + (d.BestAccuracy is { } best ? $"100 % accuracy is impossible, and the best possible is {Percent(best)}." : $"the loss cannot fall below F = {Number(d.LeastLoss)}."));
        }

        if (d.LongestColumn is { } column && d.LongestColumnShare > Dominant && d.InputDimension > 1)
        {
            sentences.Add($"{Capital(column)} makes up {Percent(d.LongestColumnShare)} of the squared length of the inputs, so it alone decides which rows are close. Scale the columns to similar sizes, unless that is meant.");
        }

        if (d.ConstantColumns.Length > 0)
        {
            sentences.Add($"{Count(d.ConstantColumns.Length, "column is", "columns are")} constant and {(d.ConstantColumns.Length == 1 ? "tells" : "tell")} nothing: {string.Join(", ", d.ConstantColumns.Take(3))}{(d.ConstantColumns.Length > 3 ? ", …" : "")}.");
        }

        return string.Join(' ', sentences);
    }

    private static string Kernel(Diagnosis d)
    {
        var (limit, finite) = (d.InfiniteWidth, d.FiniteWidth);
        var proved = limit.IsPositive
            ? $"In the limit of infinite width the kernel is proved to be positive definite, λ_min ≥ {Number(limit.SmallestAtLeast!.Value)}: every labelling of these inputs can be fitted, and gradient descent would get there."
            : "In the limit of infinite width the smallest eigenvalue is too small to be told from rounding: two inputs are nearly equal, and no rate is proved.";
        var atWidth = finite.IsPositive
            ? $"At m = {d.Network.Width} it is positive too, λ_min ≥ {Number(finite.SmallestAtLeast!.Value)}: {(limit.IsPositive ? $"{Percent(finite.Smallest / limit.Smallest)} of the limit's" : "larger than rounding")}."
            : $"At m = {d.Network.Width} it is not proved to be: the network is too narrow for {d.Network.Samples} samples with {Count(d.Network.Outputs, "output")}, or inputs are too close.";
        return $"{proved} {atWidth} Eigenvalues say how fast a direction of the labels is learnt: the slowest takes about {Number(limit.Largest / Math.Max(limit.Smallest, double.Epsilon))} times as long as the fastest.";
    }

    private static string DescentIn(DescentDiagnosis d)
    {
        if (d.HasDiverged)
        {
            return $"The loss grew without bound after {d.Steps} steps, although η = 1/λ_max is stable for the network linearised at its start: at this width the kernel changes so much that the theory says nothing. Take a larger --width.";
        }

        var target = $"{Percent(d.Accuracy)} of the initial loss";
        var measured = d.StepsMeasured is { } steps ? $"It took {Count(steps, "step")} to {target}" : $"{Count(d.Steps, "step")} were not enough for {target}";
        var predicted = d.StepsLinearised is { } linear ? $"the linearised network needs {Count(linear, "step")}" : "the linearised network never gets there";
        var worst = d.StepsAtWorst is { } slowest ? $" From λ_min alone, {Number(slowest)} steps are proved to be enough for the linearised network: that counts the slowest direction, in which these labels need not lie." : "";
        return $"{measured}; {predicted}.{worst}"
            + (d.Misclassified is { } wrong ? $" {(wrong == 0 ? "Every sample is" : Count(wrong, "sample is", "samples are") + " not")} classified rightly at the end." : "");
    }

    private static string Movement(Diagnosis d)
    {
        var (descent, relative) = (d.Descent, d.Descent.Movement / d.Descent.InitialNorm);
        var regime = descent.LinearisationError <= Lazy
            ? $"Outputs stay within {Percent(descent.LinearisationError)} of the linearised network's: training is lazy, and kernel theory describes it."
            : $"Outputs part from the linearised network's by {Percent(descent.LinearisationError)}: features change, which kernel theory does not describe. A larger --width brings the two together, like 1/√m.";
        return $"Weights moved by {Percent(relative)} of their norm. {regime}";
    }

    private static string Labels(LabelDiagnosis d)
    {
        var (at, n) = (d.Spans.First(span => span.NoiseFraction == Noise), d.Energies.Length);
        var sense = at.Most < at.Unrelated / 4 ? "the labels lie where the kernel learns fast"
            : at.Most < 3 * at.Unrelated / 4 ? "the labels lie partly where the kernel learns slowly"
            : "the labels lie as if they had nothing to do with the inputs, as far as this kernel can tell";
        return $"If {Percent(Noise)} of the variance of the labels is noise, {at.Most} of {n} directions are worth fitting (labels unrelated to the inputs: {at.Unrelated}; the best order of directions: {at.BestOrder}): {sense}.";
    }

    private static string Theorems(Diagnosis d)
    {
        double[] widths = [.. d.Theorems.Widths.Where(w => w.Width is not null).Select(w => w.Width!.Value)];
        return widths.Length == 0
            ? "Without a separation δ > 0, or within the range of numbers, the theorems ask for no width."
            : $"With every hidden constant set to 1, theorems ask for widths from {Number(widths.Min())} to {Number(widths.Max())}: no machine has them, so none of their hypotheses is met here. What was computed above is about this data and this network, and needs no such width.";
    }

    private static string Number(double value) => ReadableNumber.Of(value);

    private static string Percent(double fraction) => $"{ReadableNumber.Of(100 * fraction)} %";

    private static string Count(long count, string noun, string? plural = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? noun + "s")}");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
