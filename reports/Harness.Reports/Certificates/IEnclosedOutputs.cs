namespace Harness.Reports.Certificates;

/// <summary>The outputs of a network on every sample, between bounds.</summary>
internal interface IEnclosedOutputs
{
    /// <summary>Output j of sample i.</summary>
    Range Output(int sample, int output);

    /// <summary>Output j of sample i less output k of it.</summary>
    Range Difference(int sample, int output, int other);
}
