using System.Numerics;
using System.Runtime.CompilerServices;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Core.Networks;

/// <summary>
/// The workspace of a network on a batch of n samples: everything that a forward and a backward pass leave behind.
/// </summary>
/// <remarks>
/// All matrices are feature-major: feature k of sample i is element k·<see cref="Stride"/> + i, so that a row holds one feature of the whole
/// batch and vector lanes run over samples. Rows are padded to whole 64-byte vectors; the padding columns are zero inputs, hence zero throughout.
/// Where a layer has p positions, feature k at position j of sample i is element (k·p + j)·<see cref="Stride"/> + i: a row of p·stride columns for the layer, and rows of stride columns for the dense layer above it.
/// The caller creates one state per batch size and reuses it: passes allocate nothing.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BatchState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerForm[] forms;
    private readonly T[][] pre;
    private readonly T[][] features;
    private readonly T[]?[] patches;
    private readonly T[][] signals;
    private readonly int firstTrained;
    private readonly T[] patchSignals;

    /// <summary>Allocates the workspace for <paramref name="samples"/> samples of networks shaped like <paramref name="network"/>.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n.</param>
    /// <param name="team">Threads that share each product of the passes on this state, or null for the calling one alone; the bits are the same. The caller keeps and disposes it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than one.</exception>
    public BatchState(Network<T> network, int samples, ThreadTeam? team = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (Samples, Width, Depth, firstTrained) = (samples, network.Width, network.Depth, network.FirstTrained);
        forms = network.Forms.ToArray();
        var lanes = 64 / Unsafe.SizeOf<T>();
        Stride = (samples + lanes - 1) / lanes * lanes;
        InputMatrix = new T[network.InputDimension * Stride];
        Output = new T[network.OutputDimension * Stride];
        OutputSignal = new T[network.OutputDimension * Stride];
        Team = team;
        var (transposed, patch, skipped) = (network.TrainsAllLayers ? Weights<T>.TransposedLength(network.OutputDimension, Stride) : 0, 0, 0);
        (pre, features, patches) = (new T[Depth + 1][], new T[Depth + 1][], new T[]?[Depth + 1]);
        for (var l = 0; l <= Depth; l++)
        {
            var length = checked(forms[l].Rows * ColumnStride(l));
            (pre[l], features[l]) = (new T[length], new T[length]);
            if (forms[l].Reads is not null)
            {
                patches[l] = new T[checked(forms[l].Columns * ColumnStride(l))];
                patch = l > firstTrained ? Math.Max(patch, patches[l]!.Length) : patch;
            }

            skipped = forms[l].Step is null ? skipped : length;
            transposed = Math.Max(transposed, Weights<T>.TransposedLength(forms[l].Rows, ColumnStride(l)));
        }

        signals = new T[Depth + 1 - firstTrained][];
        for (var l = firstTrained; l <= Depth; l++)
        {
            signals[l - firstTrained] = new T[pre[l].Length];
        }

        Transposed = new T[transposed];
        (patchSignals, Skipped) = (new T[patch], new T[skipped]);
    }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>Distance between successive features, in elements; at least n.</summary>
    public int Stride { get; }

    /// <summary>Outputs y = B·h_L, d × n.</summary>
    public T[] Output { get; }

    /// <summary>v = ∂F/∂y, d × n: set by the loss, read by the backward pass. For the squared loss v = y − y*.</summary>
    public T[] OutputSignal { get; }

    internal int Width { get; }

    internal int Depth { get; }

    internal T[] InputMatrix { get; }

    /// <summary>Scratch of the gradient step.</summary>
    internal T[] Transposed { get; }

    /// <summary>∂F/∂g_l of the residual layer that a backward pass is in.</summary>
    internal T[] Skipped { get; }

    internal ThreadTeam? Team { get; }

    /// <summary>g_l, the pre-activations of layer l = 0…L, m × n (m × pn with p positions).</summary>
    public Span<T> PreActivations(int layer) => pre[layer];

    /// <summary>h_l = φ(g_l), l = 0…L, laid out like g_l.</summary>
    public Span<T> Features(int layer) => features[layer];

    /// <summary>What W_l multiplies, l = 0…L + 1: x, h_{l−1}, or their patches.</summary>
    public Span<T> Arguments(int layer) => layer <= Depth && patches[layer] is { } patch ? patch : Below(layer);

    /// <summary>u_l, the derivative of F in the product of W_l, for every trained layer and l = L, L + 1: with it ∇_{W_l}F = u_l · argumentᵀ, summed over samples and positions (Fact 2.6).</summary>
    public Span<T> Signals(int layer) => layer > Depth ? OutputSignal : signals[layer - firstTrained];

    /// <summary>Columns of the argument and the signal of W_l that a gradient sums over: n, or all of <see cref="ColumnStride"/>, padding included, where positions share W_l.</summary>
    public int Columns(int layer) => forms[layer].Positions == 1 ? Samples : ColumnStride(layer);

    /// <summary>Distance between successive rows of the argument and the signal of W_l: <see cref="Stride"/> times the number of positions.</summary>
    public int ColumnStride(int layer) => checked(forms[layer].Positions * Stride);

    /// <summary>Rows of the argument of W_l.</summary>
    internal int ArgumentFeatures(int layer) => forms[layer].Columns;

    /// <summary>Rows of the signal of W_l.</summary>
    internal int SignalFeatures(int layer) => forms[layer].Rows;

    /// <summary>Where the filter of layer l reads, or null.</summary>
    internal PositionGraph? Reads(int layer) => forms[layer].Reads;

    /// <summary>p_l.</summary>
    internal int Positions(int layer) => forms[layer].Positions;

    /// <summary>Lowest trained layer.</summary>
    internal int FirstTrained => firstTrained;

    /// <summary>Highest trained layer.</summary>
    internal int LastTrained => firstTrained == 0 ? Depth + 1 : Depth;

    /// <summary>x or h_{l−1}.</summary>
    internal Span<T> Below(int layer) => layer == 0 ? InputMatrix : features[layer - 1];

    /// <summary>The derivative of F in the patches that W_l multiplies, before it is scattered.</summary>
    internal Span<T> PatchSignals(int layer) => patchSignals.AsSpan(0, patches[layer]!.Length);

    /// <summary>Whether the network has the shape that this state was made for.</summary>
    internal bool Fits(Network<T> network) => firstTrained == network.FirstTrained && network.Forms.SequenceEqual(forms);
}
