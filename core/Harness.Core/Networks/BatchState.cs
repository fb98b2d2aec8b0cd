using System.Numerics;
using System.Runtime.CompilerServices;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Core.Networks;

/// <summary>
/// The workspace of a fully connected network on a batch of n samples: everything that a forward and a backward pass leave behind.
/// </summary>
/// <remarks>
/// All matrices are feature-major: feature k of sample i is element k·<see cref="Stride"/> + i, so that a row holds one feature of the whole
/// batch and vector lanes run over samples. Rows are padded to whole 64-byte vectors; the padding columns are zero inputs, hence zero throughout.
/// The caller creates one state per batch size and reuses it: passes allocate nothing.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BatchState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] pre;
    private readonly T[][] features;
    private readonly T[][] signals;

    /// <summary>Allocates the workspace for <paramref name="samples"/> samples of networks shaped like <paramref name="network"/>.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n.</param>
    /// <param name="team">Threads that share each product of the passes on this state, or null for the calling one alone; the bits are the same. The caller keeps and disposes it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than one.</exception>
    public BatchState(FullyConnected<T> network, int samples, ThreadTeam? team = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (Samples, Width, Depth) = (samples, network.Width, network.Depth);
        var lanes = 64 / Unsafe.SizeOf<T>();
        Stride = (samples + lanes - 1) / lanes * lanes;
        var length = network.Width * Stride;
        InputMatrix = new T[network.InputDimension * Stride];
        Output = new T[network.OutputDimension * Stride];
        OutputSignal = new T[network.OutputDimension * Stride];
        Transposed = new T[Weights<T>.TransposedLength(network.Width, Stride)];
        Team = team;
        pre = Layers(Depth + 1, length);
        features = Layers(Depth + 1, length);
        signals = Layers(Depth, length);
    }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>Distance between successive features, in elements; at least n.</summary>
    public int Stride { get; }

    internal int Width { get; }

    internal int Depth { get; }

    internal T[] InputMatrix { get; }

    /// <summary>Outputs y = B·h_L, d × n.</summary>
    public T[] Output { get; }

    /// <summary>v = ∂F/∂y, d × n: set by the loss, read by the backward pass. For the squared loss v = y − y*.</summary>
    public T[] OutputSignal { get; }

    /// <summary>Scratch of the gradient step.</summary>
    internal T[] Transposed { get; }

    internal ThreadTeam? Team { get; }

    /// <summary>g_l, the pre-activations of layer l = 0…L, m × n.</summary>
    public Span<T> PreActivations(int layer) => pre[layer];

    /// <summary>h_l = φ(g_l), l = 0…L, m × n.</summary>
    public Span<T> Features(int layer) => features[layer];

    /// <summary>u_l = D_l·Back_{l+1}ᵀ·v, l = 1…L, m × n: with it ∇_{W_l}F = u_l·h_{l−1}ᵀ (Fact 2.6).</summary>
    public Span<T> Signals(int layer) => signals[layer - 1];

    private static T[][] Layers(int count, int length)
    {
        var layers = new T[count][];
        for (var l = 0; l < count; l++)
        {
            layers[l] = new T[length];
        }

        return layers;
    }
}
