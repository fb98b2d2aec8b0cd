namespace Harness.Core.Tangents;

/// <summary>How the output layer of a convolutional network reads the p positions below it.</summary>
public enum KernelReadout
{
    /// <summary>A weight of its own for every channel at every position: the kernel is the sum over equal positions.</summary>
    Flatten,

    /// <summary>Global average pooling: one weight for the mean of a channel, the mean over all pairs of positions.</summary>
    AveragePooling,
}
