namespace Harness.Core.Data;

/// <summary>
/// n samples (xᵢ, yᵢ*): inputs of dimension 𝔡 and targets of dimension d, in rows, with class labels where the task is classification.
/// </summary>
/// <remarks>The symbols are the paper's (arXiv:1811.03962, section 2): d is the <em>output</em> dimension; the input dimension enters no bound.</remarks>
public sealed class DataSet
{
    /// <summary>Takes ownership of the arrays.</summary>
    /// <param name="name">Where the samples come from, for messages and reports: a file name or the name of a generator.</param>
    /// <param name="inputs">n × 𝔡, row-major.</param>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="targets">n × d, row-major.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <param name="labels">Class of every sample as an index into <paramref name="classes"/>, or empty for regression.</param>
    /// <param name="classes">Names of the classes, or empty for regression.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public DataSet(string name, double[] inputs, int inputDimension, double[] targets, int outputDimension, int[]? labels = null, string[]? classes = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        var count = inputs.Length / inputDimension;
        if (inputs.Length != count * inputDimension || targets.Length != count * outputDimension || (labels is { Length: > 0 } && labels.Length != count))
        {
            throw new ArgumentException(
                $"{name}: {inputs.Length} inputs in rows of {inputDimension}, {targets.Length} targets in rows of {outputDimension} and {labels?.Length ?? 0} labels do not describe the same samples.");
        }

        (Name, Inputs, InputDimension, Targets, OutputDimension, Labels, Classes) = (name, inputs, inputDimension, targets, outputDimension, labels ?? [], classes ?? []);
    }

    /// <summary>Where the samples come from.</summary>
    public string Name { get; }

    /// <summary>n.</summary>
    public int Count => Inputs.Length / InputDimension;

    /// <summary>𝔡.</summary>
    public int InputDimension { get; }

    /// <summary>d.</summary>
    public int OutputDimension { get; }

    /// <summary>n × 𝔡, row-major.</summary>
    public double[] Inputs { get; }

    /// <summary>n × d, row-major.</summary>
    public double[] Targets { get; }

    /// <summary>Class index of every sample; empty for regression.</summary>
    public int[] Labels { get; }

    /// <summary>Class names; empty for regression.</summary>
    public string[] Classes { get; }

    /// <summary>xᵢ.</summary>
    public ReadOnlySpan<double> Input(int i) => Inputs.AsSpan(i * InputDimension, InputDimension);

    /// <summary>yᵢ*.</summary>
    public ReadOnlySpan<double> Target(int i) => Targets.AsSpan(i * OutputDimension, OutputDimension);
}
