using System.Globalization;
using Harness.Reports.Report;

namespace Harness.Cli.Output;

/// <summary>What a data set is like in the terms of the theory, in a few lines.</summary>
internal static class DataText
{
    /// <summary>Writes the summary.</summary>
    public static void Write(TextWriter writer, DataSummary data)
    {
        var task = data.Classes > 0 ? $"{data.Classes} classes" : "regression";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: n = {data.Rows}, 𝔡 = {data.InputDimension}, d = {data.OutputDimension}, {task}"));
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  δ = {data.Separation:G4} after normalisation, between samples {data.ClosestPair.First} and {data.ClosestPair.Second}"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {data.Duplicates} repeated inputs, {data.Conflicts} of them with another target"));
        if (data.Separation == 0)
        {
            writer.WriteLine("  δ = 0: the theory's bounds say nothing on samples that include both of a pair of equal inputs.");
        }

        writer.WriteLine();
    }
}
