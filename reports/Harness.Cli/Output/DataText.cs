using System.Globalization;
using Harness.Reports.Report;

namespace Harness.Cli.Output;

/// <summary>What a data set is like in the terms of the theory, in a few lines.</summary>
internal static class DataText
{
    private const int Depth = 3;

    /// <summary>Writes the summary.</summary>
    public static void Write(TextWriter writer, DataSummary data)
    {
        var task = data.Classes > 0 ? $"{data.Classes} classes" : "regression";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: n = {data.Rows}, 𝔡 = {data.InputDimension}, d = {data.OutputDimension}, {task}"));
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  δ = {data.Separation:G4} after normalisation, between samples {data.ClosestPair.First} and {data.ClosestPair.Second}"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {data.Duplicates} repeated inputs, {data.Conflicts} of them with another target"));
        writer.WriteLine(data.Separation == 0
            ? "  δ = 0: λ_min = 0, so gradient descent never tells two equal inputs apart; trials take one of each."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  the closest pair limits λ_min of the limit kernel to {data.ClosestPairEigenvalue(Depth):G3} (L = {Depth}; diagonal {Depth}): at η = d/(nLm) on all samples, about {data.StepsOnClosestPair(Depth):G3} steps to tell the two apart by a factor e in loss"));

        writer.WriteLine();
    }
}
