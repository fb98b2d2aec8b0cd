using System.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// The fully connected network of arXiv:1811.03962, section 2: g₀ = A x, h₀ = φ(g₀); g_l = W_l h_{l−1}, h_l = φ(g_l) for l = 1…L; y = B h_L.
/// </summary>
/// <remarks>A is m × 𝔡, W_l is m × m, B is d × m. Initially A, W ~ N(0, 2/m) and B ~ N(0, 1/d), entry by entry.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FullyConnected<T> : Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A network of the given shape with all weights zero.</summary>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="width">m ≥ 1.</param>
    /// <param name="depth">L ≥ 1, the number of hidden layers.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public FullyConnected(int inputDimension, int width, int depth, int outputDimension)
        : base(Layers(inputDimension, width, depth, outputDimension))
    {
    }

    private static LayerForm[] Layers(int inputDimension, int width, int depth, int outputDimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        var forms = new LayerForm[depth + 2];
        Array.Fill(forms, new(width, width));
        forms[0] = new(width, inputDimension);
        forms[^1] = new(outputDimension, width);
        return forms;
    }
}
