using System.Numerics;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// The fully connected network of arXiv:1811.03962, section 2: g₀ = A x, h₀ = φ(g₀); g_l = W_l h_{l−1}, h_l = φ(g_l) for l = 1…L; y = B h_L.
/// </summary>
/// <remarks>
/// A is m × 𝔡, W_l is m × m, B is d × m. Only W₁…W_L are trained. Initially A, W ~ N(0, 2/m) and B ~ N(0, 1/d), entry by entry.
/// There are L + 1 rectifiers; index l of features and sign matrices starts at 0, index l of W at 1, as in the paper.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FullyConnected<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Weights<T>[] hidden;

    /// <summary>A network of the given shape with all weights zero.</summary>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="width">m ≥ 1.</param>
    /// <param name="depth">L ≥ 1, the number of trained layers.</param>
    /// <param name="outputDimension">d ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public FullyConnected(int inputDimension, int width, int depth, int outputDimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputDimension, 1);
        (InputDimension, Width, Depth, OutputDimension) = (inputDimension, width, depth, outputDimension);
        Input = new(width, inputDimension);
        Output = new(outputDimension, width);
        hidden = new Weights<T>[depth];
        for (var l = 0; l < depth; l++)
        {
            hidden[l] = new(width, width);
        }
    }

    /// <summary>𝔡.</summary>
    public int InputDimension { get; }

    /// <summary>m.</summary>
    public int Width { get; }

    /// <summary>L.</summary>
    public int Depth { get; }

    /// <summary>d.</summary>
    public int OutputDimension { get; }

    /// <summary>A, m × 𝔡; frozen.</summary>
    public Weights<T> Input { get; }

    /// <summary>B, d × m; frozen.</summary>
    public Weights<T> Output { get; }

    /// <summary>W_l, m × m, for l = 1…L; trained.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is not in 1…L.</exception>
    public Weights<T> Hidden(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layer, Depth);
        return hidden[layer - 1];
    }

    /// <summary>Draws A, W ~ N(0, 2/m) and B ~ N(0, 1/d) from independent children of <paramref name="stream"/>.</summary>
    public void Initialise(RandomStream stream)
    {
        // In double whatever T is: the float network is then the rounded double network, entry by entry.
        var hiddenDeviation = Math.Sqrt(2.0 / Width);
        Input.FillGaussian(stream.Derive("A"), hiddenDeviation);
        for (var l = 1; l <= Depth; l++)
        {
            Hidden(l).FillGaussian(stream.Derive("W").Derive((ulong)l), hiddenDeviation);
        }

        Output.FillGaussian(stream.Derive("B"), 1 / Math.Sqrt(OutputDimension));
    }

    /// <summary>Copies all weights of a network of the same shape.</summary>
    public void CopyFrom(FullyConnected<T> other)
    {
        Input.CopyFrom(other.Input);
        Output.CopyFrom(other.Output);
        for (var l = 1; l <= Depth; l++)
        {
            Hidden(l).CopyFrom(other.Hidden(l));
        }
    }

    /// <summary>Forward pass: fills the state's pre-activations, features and outputs.</summary>
    /// <param name="inputs">n × 𝔡, one sample a row.</param>
    /// <param name="state">Workspace for n samples.</param>
    /// <exception cref="ArgumentException">The inputs do not fill the state's batch.</exception>
    public void Forward(ReadOnlySpan<T> inputs, BatchState<T> state)
    {
        Load(inputs, state, copies: 1);
        Forward(state);
    }

    /// <summary>Forward pass on inputs that are already in the state.</summary>
    internal void Forward(BatchState<T> state)
    {
        // The padding columns are computed too: they are zero, and whole vectors need no care at the edge.
        int n = state.Stride, stride = state.Stride;
        Input.Multiply(state.InputMatrix, state.PreActivations(0), state.Features(0), n, stride, state.Team);
        for (var l = 1; l <= Depth; l++)
        {
            Hidden(l).Multiply(state.Features(l - 1), state.PreActivations(l), state.Features(l), n, stride, state.Team);
        }

        Output.Multiply(state.Features(Depth), state.Output, n, stride, state.Team);
    }

    /// <summary>
    /// Backward pass: from v = <see cref="BatchState{T}.OutputSignal"/> the signals u_l = D_l·Back_{l+1}ᵀ·v of the trained layers, l = L…1.
    /// </summary>
    /// <remarks>Back_l = B D_L W_L ⋯ D_l W_l and Back_{L+1} = B. The state must hold a forward pass of this network.</remarks>
    public void Backward(BatchState<T> state) => Backward(state, T.Zero);

    /// <summary>
    /// Backward pass that also moves each W_l by −η·u_l·h_{l−1}ᵀ as soon as the signal has passed through it: one sweep of gradient descent.
    /// </summary>
    internal void Backward(BatchState<T> state, T learningRate)
    {
        int n = state.Stride, stride = state.Stride;
        Output.MultiplyTransposed(state.OutputSignal, state.Signals(Depth), state.PreActivations(Depth), n, stride, state.Team);
        for (var l = Depth; l >= 1; l--)
        {
            var below = l > 1 ? state.Signals(l - 1) : [];
            var gate = l > 1 ? state.PreActivations(l - 1) : [];
            if (learningRate != T.Zero)
            {
                Hidden(l).Descend(-learningRate, state.Signals(l), state.Features(l - 1), below, gate, state.Transposed, state.Samples, stride, state.Team);
            }
            else if (l > 1)
            {
                Hidden(l).MultiplyTransposed(state.Signals(l), below, gate, n, stride, state.Team);
            }
        }
    }

    /// <summary>Transposes the inputs into the state, each sample <paramref name="copies"/> times in succession.</summary>
    internal void Load(ReadOnlySpan<T> inputs, BatchState<T> state, int copies)
    {
        if (inputs.Length * copies != state.Samples * InputDimension || state.Width != Width || state.Depth != Depth)
        {
            throw new ArgumentException(
                $"A state for {state.Samples} samples (width {state.Width}, depth {state.Depth}) does not fit {inputs.Length} inputs of dimension {InputDimension} (width {Width}, depth {Depth}).");
        }

        for (var i = 0; i < state.Samples; i++)
        {
            var row = inputs.Slice(i / copies * InputDimension, InputDimension);
            for (var k = 0; k < row.Length; k++)
            {
                state.InputMatrix[(k * state.Stride) + i] = row[k];
            }
        }
    }
}
