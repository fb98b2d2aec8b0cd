using System.Numerics;
using System.Runtime.CompilerServices;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>The workspace of a two-layer network on a batch of n samples: its inputs, its outputs and one block of neurons.</summary>
/// <remarks>Batches are feature-major with rows padded to whole 64-byte vectors, as in <see cref="BatchState{T}"/>. The caller creates one state and reuses it: no pass allocates.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ShallowState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Allocates the workspace for <paramref name="samples"/> samples of networks shaped like <paramref name="network"/>.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="samples">n.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than one.</exception>
    public ShallowState(ShallowNetwork<T> network, int samples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (Samples, InputDimension, Width) = (samples, network.InputDimension, network.Width);
        var lanes = 64 / Unsafe.SizeOf<T>();
        Stride = (samples + lanes - 1) / lanes * lanes;
        var rows = Math.Min(network.Width, ShallowNetwork<T>.BlockWidth);
        (InputMatrix, PreActivations, Features) = (new T[InputDimension * Stride], new T[rows * Stride], new T[rows * Stride]);
        (Output, OutputSignal, BlockOutput, Crossings) = (new T[Stride], new T[Stride], new T[Stride], new T[Stride]);
        Previous = new T[rows * Stride];
        Transposed = new T[Weights<T>.TransposedLength(rows, Stride)];
    }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>n rounded up to whole vectors: the length of <see cref="Output"/>, whose elements from n on are padding.</summary>
    public int Stride { get; }

    internal int InputDimension { get; }

    internal int Width { get; }

    internal T[] InputMatrix { get; }

    /// <summary>u_i = f(x_i) at the network's present weights, for i &lt; n.</summary>
    public T[] Output { get; }

    /// <summary>(u − y)/√m, the signal that every neuron receives.</summary>
    internal T[] OutputSignal { get; }

    internal T[] BlockOutput { get; }

    /// <summary>g of the block at hand.</summary>
    internal T[] PreActivations { get; }

    /// <summary>g of the block at hand before a step, where crossings are counted.</summary>
    internal T[] Previous { get; }

    /// <summary>Crossings of the block at hand, a number a sample.</summary>
    internal T[] Crossings { get; }

    /// <summary>φ(g) of the block at hand, or what takes its place on the way back.</summary>
    internal T[] Features { get; }

    /// <summary>Scratch of the update.</summary>
    internal T[] Transposed { get; }
}
