using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Training;

/// <summary>The deep linear network x ↦ w W_L ⋯ W_1 x with one output and square layers, fitted to responses by the loss (1/n) Σ (w W_L ⋯ W_1 x_i − y_i)².</summary>
/// <remarks>
/// It computes ⟨θ, x⟩ with θᵀ = w W_L ⋯ W_1. With g = (2/n) Xᵀ(Xθ − y) the gradient of W_l is the outer product of (w W_L ⋯ W_{l+1})ᵀ and W_{l−1} ⋯ W_1 g, and that of w is W_L ⋯ W_1 g: an epoch takes 2L products of a matrix with a vector, and none of two matrices.
/// Sums are <see cref="FixedOrder"/>'s or fused multiply-adds by rising index. Parameters are W_1, …, W_L, each row by row, and then w.
/// </remarks>
/// <param name="width">p, the dimension of inputs and layers.</param>
/// <param name="depth">L ≥ 1.</param>
public readonly struct DeepLinearNetwork(int width, int depth)
{
    /// <summary>Lp² + p.</summary>
    public int ParametersLength => (depth * width * width) + width;

    /// <summary>Numbers in the factors of all gradients: a left and a right one a layer, and the gradient of w.</summary>
    public int FactorsLength => ((2 * depth) + 1) * width;

    /// <summary>θ = (w W_L ⋯ W_1)ᵀ.</summary>
    /// <param name="parameters"><see cref="ParametersLength"/> numbers.</param>
    /// <param name="coefficients">Receives p numbers.</param>
    /// <param name="factors"><see cref="FactorsLength"/> numbers; its first Lp receive the left factors (w W_L ⋯ W_{l+1})ᵀ, l = 1, …, L.</param>
    public void Coefficients(ReadOnlySpan<double> parameters, Span<double> coefficients, Span<double> factors)
    {
        parameters[(depth * width * width)..].CopyTo(Left(factors, depth - 1));
        for (var l = depth - 1; l >= 0; l--)
        {
            var product = l == 0 ? coefficients[..width] : Left(factors, l - 1);
            product.Clear();
            for (var i = 0; i < width; i++)
            {
                TensorPrimitives.FusedMultiplyAdd(Layer(parameters, l).Slice(i * width, width), Left(factors, l)[i], product, product);
            }
        }
    }

    /// <summary>Factors of the gradients at the current parameters.</summary>
    /// <param name="parameters"><see cref="ParametersLength"/> numbers.</param>
    /// <param name="design">X, n × p, row by row.</param>
    /// <param name="responses">y: n numbers.</param>
    /// <param name="factors">Receives the left factors, the right factors, and the gradient of w.</param>
    /// <param name="workspace">p numbers.</param>
    /// <exception cref="ArgumentException">The design is not n × p.</exception>
    public void Gradients(ReadOnlySpan<double> parameters, ReadOnlySpan<double> design, ReadOnlySpan<double> responses, Span<double> factors, Span<double> workspace)
    {
        if (design.Length != responses.Length * width)
        {
            throw new ArgumentException($"A design of {responses.Length} samples in {width} dimensions has {responses.Length * width} entries; got {design.Length}.", nameof(design));
        }

        var coefficients = workspace[..width];
        Coefficients(parameters, coefficients, factors);
        var gradient = Right(factors, 0);
        gradient.Clear();
        for (var i = 0; i < responses.Length; i++)
        {
            var row = design.Slice(i * width, width);
            var residual = 2 * (FixedOrder.Dot<double>(row, coefficients) - responses[i]) / responses.Length;
            TensorPrimitives.FusedMultiplyAdd(row, residual, gradient, gradient);
        }

        for (var l = 0; l < depth; l++)
        {
            var from = Right(factors, l);
            var to = Right(factors, l + 1);
            for (var i = 0; i < width; i++)
            {
                to[i] = FixedOrder.Dot(Layer(parameters, l).Slice(i * width, width), from);
            }
        }
    }

    /// <summary>One step of Adam.</summary>
    /// <param name="adam">The optimiser.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="factors">What <see cref="Gradients"/> left.</param>
    /// <param name="layersMove">False to train w alone.</param>
    /// <param name="parameters"><see cref="ParametersLength"/> numbers; move.</param>
    /// <param name="means">As many, zero before the first step.</param>
    /// <param name="squares">As many, zero before the first step.</param>
    public void Step(Adam adam, int step, ReadOnlySpan<double> factors, bool layersMove, Span<double> parameters, Span<double> means, Span<double> squares)
    {
        var area = width * width;
        for (var l = 0; layersMove && l < depth; l++)
        {
            var layer = new Range(l * area, (l + 1) * area);
            adam.Step(step, factors.Slice(l * width, width), factors.Slice((depth + l) * width, width), parameters[layer], means[layer], squares[layer]);
        }

        var head = (depth * area)..;
        adam.Step(step, [1], factors.Slice(2 * depth * width, width), parameters[head], means[head], squares[head]);
    }

    /// <summary>The representation A = W_L ⋯ W_1.</summary>
    /// <param name="parameters"><see cref="ParametersLength"/> numbers.</param>
    /// <param name="product">Receives A, p × p, row by row.</param>
    /// <param name="workspace">p² numbers.</param>
    public void Representation(ReadOnlySpan<double> parameters, Span<double> product, Span<double> workspace)
    {
        Layer(parameters, 0).CopyTo(product);
        for (var l = 1; l < depth; l++)
        {
            product.CopyTo(workspace);
            product.Clear();
            for (var i = 0; i < width; i++)
            {
                var row = product.Slice(i * width, width);
                for (var k = 0; k < width; k++)
                {
                    TensorPrimitives.FusedMultiplyAdd(workspace.Slice(k * width, width), Layer(parameters, l)[(i * width) + k], row, row);
                }
            }
        }
    }

    private ReadOnlySpan<double> Layer(ReadOnlySpan<double> parameters, int l) => parameters.Slice(l * width * width, width * width);

    private Span<double> Left(Span<double> factors, int l) => factors.Slice(l * width, width);

    private Span<double> Right(Span<double> factors, int l) => factors.Slice((depth + l) * width, width);
}
