using System.Numerics;

namespace Harness.Core.Data;

/// <summary>A constant coordinate that makes biases weights like all others: x̃ = (x, 1), so that ⟨(w, b), x̃⟩ = ⟨w, x⟩ + b. Exact.</summary>
/// <remarks>No two of the x̃ are parallel unless their x are equal: that is what a bias buys (arXiv:2102.11840, whose inputs need only be distinct).</remarks>
public static class InputBias
{
    /// <summary>Fills x̃₁ … x̃_n.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="inputs">n × 𝔡, one sample a row.</param>
    /// <param name="dimension">𝔡 ≥ 0.</param>
    /// <param name="augmented">Receives n × (𝔡 + 1).</param>
    /// <exception cref="ArgumentException">The spans do not hold as many rows as each other.</exception>
    public static void Append<T>(ReadOnlySpan<T> inputs, int dimension, Span<T> augmented)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        var samples = augmented.Length / (dimension + 1);
        if (inputs.Length != samples * dimension || augmented.Length != samples * (dimension + 1))
        {
            throw new ArgumentException($"{inputs.Length} numbers in rows of {dimension} and {augmented.Length} in rows of {dimension + 1} are not as many rows.", nameof(augmented));
        }

        for (var i = 0; i < samples; i++)
        {
            inputs.Slice(i * dimension, dimension).CopyTo(augmented[(i * (dimension + 1))..]);
            augmented[(i * (dimension + 1)) + dimension] = T.One;
        }
    }
}
