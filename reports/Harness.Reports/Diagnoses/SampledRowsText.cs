using System.Globalization;

namespace Harness.Reports.Diagnoses;

/// <summary>Which rows a diagnosis is about: nothing is sampled silently.</summary>
public static class SampledRowsText
{
    /// <summary>A sentence for every time that rows were left out.</summary>
    public static IEnumerable<string> Of(Diagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        var (data, n) = (diagnosis.Data, diagnosis.Network.Samples);
        if (data.Rows < data.RowsInFile)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Of {data.RowsInFile} rows, {data.Rows} were drawn at random without replacement; every row of the file was checked.");
        }

        var different = data.Rows - data.RepeatedRows;
        if (n < different)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Kernels and training take {n} of the {different} different inputs, drawn in the same way.");
        }
    }
}
