using System.Numerics;
using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// The residual network of arXiv:1811.03962, appendix C: h₀ = φ(A x); h_l = φ(h_{l−1} + τ W_l h_{l−1}) for l = 1…L − 1; h_L = φ(W_L h_{L−1}); y = B h_L.
/// </summary>
/// <remarks>
/// A is m × 𝔡, W_l is m × m, B is d × m, with A, W ~ N(0, 2/m) and B ~ N(0, 1/d). The paper's τ is of order 1/(L log m), <see cref="Step"/>; up to τ = 1/√L the features stay bounded, because
/// E‖h_l‖² ≤ (1 + 2τ²) E‖h_{l−1}‖².
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Residual<T> : Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A network of the given shape with all weights zero.</summary>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="width">m ≥ 1.</param>
    /// <param name="depth">L ≥ 1: L − 1 residual layers and the dense layer above them.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <param name="step">τ &gt; 0, or null for the paper's 1/(L ln m) (1/L where m = 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one, or τ is not positive and finite.</exception>
    public Residual(int inputDimension, int width, int depth, int outputDimension, double? step = null)
        : base(Layers(inputDimension, width, depth, outputDimension, step)) => Step = Forms[1].Step ?? 1;

    /// <summary>τ; 1 where L = 1 and no layer is residual.</summary>
    public double Step { get; }

    private static LayerForm[] Layers(int inputDimension, int width, int depth, int outputDimension, double? step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        var τ = step ?? 1 / (depth * Math.Max(1, ElementaryFunctions.Log(Vector512.Create((double)width))[0]));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(τ, nameof(step));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(τ, double.MaxValue, nameof(step));
        var forms = new LayerForm[depth + 2];
        Array.Fill(forms, new(width, width, Step: τ));
        forms[0] = new(width, inputDimension);
        forms[depth] = new(width, width);
        forms[^1] = new(outputDimension, width);
        return forms;
    }
}
