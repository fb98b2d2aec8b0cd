using System.Numerics;
using System.Numerics.Tensors;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// A rectifier network of arXiv:1811.03962: an input layer W₀ = A, L hidden layers W₁…W_L, an output layer W_{L+1} = B; h_l = φ(g_l), y = B h_L.
/// </summary>
/// <remarks>
/// <see cref="FullyConnected{T}"/>: g_l = W_l h_{l−1}. <see cref="Convolutional{T}"/>: W_l is a filter shared by all positions. <see cref="Residual{T}"/>: g_l = h_{l−1} + τ W_l h_{l−1}.
/// Passes, gradients, kernels and certificates are written once, for this class. There are L + 1 rectifiers; index l of features and sign matrices starts at 0, index l of W at 1, as in the paper.
/// <para>Trained are W₁…W_L, as in the paper, or all layers (<see cref="TrainsAllLayers"/>).</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerForm[] forms;
    private readonly Weights<T>[] layers;

    /// <summary>A network with all weights zero.</summary>
    private protected Network(params LayerForm[] forms)
    {
        this.forms = forms;
        layers = Array.ConvertAll(forms, form => new Weights<T>(form.Rows, form.Columns));
    }

    /// <summary>𝔡, numbers in one input.</summary>
    public int InputDimension => forms[0].Reads is { } graph ? forms[0].Columns / graph.Offsets * graph.Positions : forms[0].Columns;

    /// <summary>m: neurons of a hidden layer, at each position where there are several.</summary>
    public int Width => forms[0].Rows;

    /// <summary>L.</summary>
    public int Depth => forms.Length - 2;

    /// <summary>d.</summary>
    public int OutputDimension => forms[^1].Rows;

    /// <summary>Whether A and B are trained too; the paper leaves them as they were drawn.</summary>
    public bool TrainsAllLayers { get; init; }

    /// <summary>Index of the lowest trained layer: 1, or 0 where all are trained.</summary>
    public int FirstTrained => TrainsAllLayers ? 0 : 1;

    /// <summary>Index of the highest trained layer: L, or L + 1 where all are trained.</summary>
    public int LastTrained => TrainsAllLayers ? Depth + 1 : Depth;

    /// <summary>A.</summary>
    public Weights<T> Input => layers[0];

    /// <summary>B.</summary>
    public Weights<T> Output => layers[^1];

    internal ReadOnlySpan<LayerForm> Forms => forms;

    /// <summary>W_l for l = 0…L + 1, with W₀ = A and W_{L+1} = B.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is not in 0…L + 1.</exception>
    public Weights<T> Layer(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layer, Depth + 1);
        return layers[layer];
    }

    /// <summary>W_l, for l = 1…L.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is not in 1…L.</exception>
    public Weights<T> Hidden(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layer, Depth);
        return layers[layer];
    }

    /// <summary>p_l, the positions that share W_l: the columns that one sample has in g_l; 1 where the layer is dense.</summary>
    /// <param name="layer">l = 0…L + 1.</param>
    public int Positions(int layer) => forms[layer].Positions;

    /// <summary>Draws all weights from independent children of <paramref name="stream"/>: A, W_l with a variance that keeps the expected squared norm of the features (Lemma 7.1), B ~ N(0, 1/d).</summary>
    public void Initialise(RandomStream stream)
    {
        // In double whatever T is: the float network is then the rounded double network, entry by entry.
        Input.FillGaussian(stream.Derive("A"), Math.Sqrt(HiddenVariance(0)));
        for (var l = 1; l <= Depth; l++)
        {
            Hidden(l).FillGaussian(stream.Derive("W").Derive((ulong)l), Math.Sqrt(HiddenVariance(l)));
        }

        Output.FillGaussian(stream.Derive("B"), 1 / Math.Sqrt(OutputDimension));
    }

    /// <summary>Variance of the entries of A (l = 0) and W_l at initialisation: 2/(q m), as every number is read q times and half of it passes the rectifier.</summary>
    /// <param name="layer">l = 0…L.</param>
    public double HiddenVariance(int layer) => 2.0 / ((forms[layer].Reads?.Offsets ?? 1) * Width);

    /// <summary>Copies all weights of a network of the same shape.</summary>
    public void CopyFrom(Network<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var l = 0; l < layers.Length; l++)
        {
            layers[l].CopyFrom(other.layers[l]);
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
        for (var l = 0; l <= Depth; l++)
        {
            // The padding columns are computed too: they are zero, and whole vectors need no care at the edge.
            var (form, columns) = (forms[l], state.ColumnStride(l));
            form.Reads?.Gather<T>(state.Below(l), state.Arguments(l), state.Stride);
            if (form.Step is { } τ)
            {
                layers[l].Multiply(state.Arguments(l), state.PreActivations(l), columns, columns, state.Team);
                TensorPrimitives.FusedMultiplyAdd(state.PreActivations(l), T.CreateTruncating(τ), state.Below(l), state.PreActivations(l));
                Relu.Activate<T>(state.PreActivations(l), state.Features(l));
            }
            else
            {
                layers[l].Multiply(state.Arguments(l), state.PreActivations(l), state.Features(l), columns, columns, state.Team);
            }
        }

        Output.Multiply(state.Features(Depth), state.Output, state.Stride, state.Stride, state.Team);
    }

    /// <summary>
    /// Backward pass: from v = <see cref="BatchState{T}.OutputSignal"/> the signals u_l = ∂F/∂(W_l P h_{l−1}) of the trained layers, from the highest down.
    /// </summary>
    /// <remarks>In the fully connected network u_l = D_l·Back_{l+1}ᵀ·v with Back_l = B D_L W_L ⋯ D_l W_l and Back_{L+1} = B. The state must hold a forward pass of this network.</remarks>
    public void Backward(BatchState<T> state) => Backward(state, T.Zero);

    /// <summary>
    /// Backward pass that also moves each trained W_l by −η·∇_{W_l}F as soon as the signal has passed through it: one sweep of gradient descent.
    /// </summary>
    internal void Backward(BatchState<T> state, T learningRate)
    {
        for (var l = Depth + 1; l >= FirstTrained; l--)
        {
            var (form, η) = (forms[l], l <= LastTrained ? learningRate : T.Zero);
            if (form.Step is { } τ)
            {
                state.Signals(l).CopyTo(state.Skipped); // ∂F/∂g_l, which the layer below receives unchanged
                TensorPrimitives.Multiply(state.Signals(l), T.CreateTruncating(τ), state.Signals(l));
            }

            if (l == FirstTrained)
            {
                Pass(l, η, state, [], []);
                return;
            }

            var below = state.Signals(l - 1);
            var gate = state.PreActivations(l - 1);
            if (form.Reads is { } graph)
            {
                Pass(l, η, state, state.PatchSignals(l), []);
                graph.Scatter<T>(state.PatchSignals(l), below, state.Stride);
                Relu.Gate<T>(gate, below, below);
            }
            else if (form.Step is not null)
            {
                Pass(l, η, state, below, []);
                TensorPrimitives.Add(below, state.Skipped, below);
                Relu.Gate<T>(gate, below, below);
            }
            else
            {
                Pass(l, η, state, below, gate);
            }
        }
    }

    /// <summary>Back through W_l, and W_l moved where it learns.</summary>
    private void Pass(int l, T learningRate, BatchState<T> state, Span<T> below, ReadOnlySpan<T> gate)
    {
        var columns = state.ColumnStride(l);
        if (learningRate != T.Zero)
        {
            layers[l].Descend(-learningRate, state.Signals(l), state.Arguments(l), below, gate, state.Transposed, state.Columns(l), columns, state.Team);
        }
        else if (!below.IsEmpty)
        {
            layers[l].MultiplyTransposed(state.Signals(l), below, gate, columns, columns, state.Team);
        }
    }

    /// <summary>Transposes the inputs into the state, each sample <paramref name="copies"/> times in succession.</summary>
    internal void Load(ReadOnlySpan<T> inputs, BatchState<T> state, int copies)
    {
        if (inputs.Length * copies != state.Samples * InputDimension || !state.Fits(this))
        {
            throw new ArgumentException(
                $"A state for {state.Samples} samples (width {state.Width}, depth {state.Depth}) does not fit {inputs.Length} inputs of dimension {InputDimension} (width {Width}, depth {Depth}), or was made for another kind of network.");
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
