namespace Harness.Core.Data;

/// <summary>
/// Samples whose input is exactly that of an earlier sample. One of them makes δ = 0; one with another target makes zero loss unreachable.
/// </summary>
/// <param name="Count">Samples whose input occurs earlier in the set.</param>
/// <param name="Conflicting">Those among them whose target is not that of the first occurrence.</param>
public readonly record struct RepeatedInputs(int Count, int Conflicting)
{
    /// <summary>Counts them: at most n²/2 comparisons, each of which ends at the first difference; no allocation.</summary>
    /// <param name="inputs">n × 𝔡, row-major.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="targets">n × d, row-major.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <exception cref="ArgumentException">Inputs and targets are not rows of the same samples.</exception>
    public static RepeatedInputs In(ReadOnlySpan<double> inputs, int inputDimension, ReadOnlySpan<double> targets, int outputDimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        var n = inputs.Length / inputDimension;
        if (inputs.Length != (long)n * inputDimension || targets.Length != (long)n * outputDimension)
        {
            throw new ArgumentException($"{inputs.Length} inputs in rows of {inputDimension} and {targets.Length} targets in rows of {outputDimension} are not the same samples.");
        }

        var (count, conflicting) = (0, 0);
        for (var j = 1; j < n; j++)
        {
            var first = FirstOccurrence(inputs, inputDimension, j);
            if (first < j)
            {
                count++;
                conflicting += targets.Slice(first * outputDimension, outputDimension).SequenceEqual(targets.Slice(j * outputDimension, outputDimension)) ? 0 : 1;
            }
        }

        return new(count, conflicting);
    }

    /// <summary>Counts them in a data set.</summary>
    public static RepeatedInputs In(DataSet data) => In(data.Inputs, data.InputDimension, data.Targets, data.OutputDimension);

    private static int FirstOccurrence(ReadOnlySpan<double> inputs, int inputDimension, int j)
    {
        var row = inputs.Slice(j * inputDimension, inputDimension);
        var i = 0;
        while (i < j && !inputs.Slice(i * inputDimension, inputDimension).SequenceEqual(row))
        {
            i++;
        }

        return i;
    }
}
