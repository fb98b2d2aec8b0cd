using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// The two-layer network of Du, Zhai, Póczos and Singh (arXiv:1810.02054): f(x) = (1/√m) Σ_r a_r φ(⟨w_r, x⟩), of which w₁…w_m ∈ ℝ^𝔡 are trained and a_r = ±1 stay as they were drawn;
/// and the same with any piecewise affine activation (arXiv:2102.11840). Biases are weights of a constant coordinate (<see cref="Data.InputBias"/>).
/// </summary>
/// <remarks>
/// Initially w_r ~ N(0, I) and a_r = ±1 with probability ½ each, all independent. Neurons meet in the output alone, so every pass takes them a block at a time:
/// a workspace holds one block, and a million neurons need no more scratch than a thousand.
/// <para>Bits: an output is the sum over blocks, in ascending order, of sums over the block's neurons by fused multiply-add in ascending order, times 1/√m.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ShallowNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Neurons in a block; the last one has what is left. With a dozen samples the passes of a block stay within a second-level cache.</summary>
    public const int BlockWidth = 512;

    private readonly Weights<T>[] hidden;
    private readonly Weights<T>[] output;

    /// <summary>A network of the given shape with all weights zero.</summary>
    /// <param name="inputDimension">𝔡 ≥ 1.</param>
    /// <param name="width">m ≥ 1.</param>
    /// <param name="activation">φ; left out, the rectifier.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than one.</exception>
    public ShallowNetwork(int inputDimension, int width, PiecewiseAffine? activation = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (InputDimension, Width, Activation) = (inputDimension, width, activation ?? PiecewiseAffine.Rectifier);
        Blocks = (width + BlockWidth - 1) / BlockWidth;
        (hidden, output) = (new Weights<T>[Blocks], new Weights<T>[Blocks]);
        for (var b = 0; b < Blocks; b++)
        {
            var rows = Math.Min(BlockWidth, width - (b * BlockWidth));
            (hidden[b], output[b]) = (new(rows, inputDimension), new(rows, 1));
        }
    }

    /// <summary>𝔡.</summary>
    public int InputDimension { get; }

    /// <summary>m.</summary>
    public int Width { get; }

    /// <summary>φ.</summary>
    public PiecewiseAffine Activation { get; }

    /// <summary>Number of blocks, ⌈m / <see cref="BlockWidth"/>⌉.</summary>
    public int Blocks { get; }

    /// <summary>1/√m.</summary>
    internal T OutputScale => T.One / T.Sqrt(T.CreateChecked(Width));

    /// <summary>The rows w_r of a block, r from <paramref name="block"/> · <see cref="BlockWidth"/> on; trained.</summary>
    public Weights<T> Hidden(int block) => hidden[block];

    /// <summary>The column of a_r of a block; not trained.</summary>
    public Weights<T> Output(int block) => output[block];

    /// <summary>Draws w_r ~ N(0, I) and a_r = ±1 from independent children of <paramref name="stream"/>, block by block.</summary>
    public void Initialise(RandomStream stream)
    {
        var (rows, signs) = (stream.Derive("w"), stream.Derive("a"));
        for (var b = 0; b < Blocks; b++)
        {
            hidden[b].FillGaussian(rows.Derive((ulong)b), 1.0);
            for (var r = 0; r < output[b].Rows; r++)
            {
                output[b][r, 0] = (long)signs.UInt64((ulong)((b * (long)BlockWidth) + r)) < 0 ? -T.One : T.One;
            }
        }
    }

    /// <summary>Draws neurons in pairs with the same w ~ N(0, I) and a = 1, −1, so that f = 0, to the bit. Of the m neurons m/2 are independent.</summary>
    /// <param name="stream">The random stream.</param>
    /// <exception cref="InvalidOperationException">m is odd.</exception>
    public void InitialiseMirrored(RandomStream stream)
    {
        if (Width % 2 != 0)
        {
            throw new InvalidOperationException($"Neurons are mirrored in pairs, and {Width} is odd. Take an even width.");
        }

        var rows = stream.Derive("w");
        for (var b = 0; b < Blocks; b++)
        {
            var (w, a) = (hidden[b], output[b]);
            w.FillGaussian(rows.Derive((ulong)b), 1.0);
            for (var r = 0; r < w.Rows; r += 2)
            {
                (a[r, 0], a[r + 1, 0]) = (T.One, -T.One);
                for (var k = 0; k < InputDimension; k++)
                {
                    w[r + 1, k] = w[r, k];
                }
            }
        }
    }

    /// <summary>Copies all weights of a network of the same shape; the activation stays what it is.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(ShallowNetwork<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Width != Width || other.InputDimension != InputDimension)
        {
            throw new ArgumentException($"The networks differ in shape: {Width} neurons on {InputDimension} inputs and {other.Width} on {other.InputDimension}.", nameof(other));
        }

        for (var b = 0; b < Blocks; b++)
        {
            hidden[b].CopyFrom(other.hidden[b]);
            output[b].CopyFrom(other.output[b]);
        }
    }

    /// <summary>Takes the inputs into the state and fills its outputs u_i = f(x_i). Allocates nothing.</summary>
    /// <param name="inputs">n × 𝔡, one sample a row.</param>
    /// <param name="state">Workspace for n samples.</param>
    /// <exception cref="ArgumentException">The inputs do not fill the state's batch.</exception>
    public void Forward(ReadOnlySpan<T> inputs, ShallowState<T> state)
    {
        Load(inputs, state);
        Array.Clear(state.Output);
        for (var b = 0; b < Blocks; b++)
        {
            AddOutput(b, state);
        }

        TensorPrimitives.Multiply(state.Output, OutputScale, state.Output);
    }

    internal void Load(ReadOnlySpan<T> inputs, ShallowState<T> state)
    {
        if (inputs.Length != state.Samples * InputDimension || state.InputDimension != InputDimension || state.Width != Width)
        {
            throw new ArgumentException(
                $"A state for {state.Samples} samples of dimension {state.InputDimension} (width {state.Width}) does not fit {inputs.Length} numbers as inputs of dimension {InputDimension} (width {Width}).", nameof(inputs));
        }

        for (var i = 0; i < state.Samples; i++)
        {
            for (var k = 0; k < InputDimension; k++)
            {
                state.InputMatrix[(k * state.Stride) + i] = inputs[(i * InputDimension) + k];
            }
        }
    }

    /// <summary>g = W x on a block; φ(g) as well where that costs nothing.</summary>
    internal void PreActivate(int block, ShallowState<T> state) =>
        hidden[block].Multiply(state.InputMatrix, state.PreActivations, Activation.IsRectifier ? state.Features : [], state.Stride, state.Stride, team: null);

    /// <summary>Adds a block's Σ a_r φ(g_r) to the outputs, which are not scaled yet.</summary>
    internal void AddOutput(int block, ShallowState<T> state)
    {
        PreActivate(block, state);
        if (!Activation.IsRectifier)
        {
            var length = hidden[block].Rows * state.Stride;
            Activation.Activate<T>(state.PreActivations.AsSpan(0, length), state.Features.AsSpan(0, length));
        }

        output[block].MultiplyTransposed(state.Features, state.BlockOutput, state.Stride, state.Stride);
        TensorPrimitives.Add(state.Output, state.BlockOutput, state.Output);
    }

    /// <summary>w_r ← w_r − η Σ_i v_i a_r φ′(g_{r,i}) x_i on a block, v the state's output signal; leaves g of the weights before.</summary>
    internal void Descend(int block, T learningRate, ShallowState<T> state)
    {
        PreActivate(block, state);
        var (rows, stride) = (hidden[block].Rows, state.Stride);
        var g = state.PreActivations.AsSpan(0, rows * stride);
        var signals = state.Features.AsSpan(0, rows * stride);
        output[block].Multiply(state.OutputSignal, signals, stride, stride);
        if (Activation.IsRectifier)
        {
            Relu.Gate<T>(g, signals, signals);
        }
        else
        {
            Activation.Gate<T>(g, signals, signals);
        }

        hidden[block].Descend(-learningRate, signals, state.InputMatrix, [], [], state.Transposed, state.Samples, stride, team: null);
    }
}
