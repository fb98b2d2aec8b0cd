namespace Harness.Core.Data;

/// <summary>Two inputs and their distance.</summary>
/// <param name="First">Index i of the first; −1 where there is no pair.</param>
/// <param name="Second">Index j &gt; i of the second; −1 where there is no pair.</param>
/// <param name="Distance">‖xᵢ − xⱼ‖₂; +∞, the infimum of nothing, where there is no pair.</param>
public readonly record struct InputPair(int First, int Second, double Distance)
{
    /// <summary>No pair at all.</summary>
    public static InputPair None { get; } = new(-1, -1, double.PositiveInfinity);

    /// <summary>Order by distance, then by the indices, so that equal distances have one order.</summary>
    internal bool IsBefore(InputPair other) =>
        Distance != other.Distance ? Distance < other.Distance
        : First != other.First ? First < other.First
        : Second < other.Second;
}
