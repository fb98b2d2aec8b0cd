using System.Numerics;
using Harness.Core.Networks;

namespace Harness.Core.Enclosures;

/// <summary>
/// The radii beside a <see cref="BatchState{T}"/>: together they are the balls that certified passes leave behind. Midpoints are the plain passes, bit for bit.
/// </summary>
/// <remarks>Laid out like the state. The caller creates one for a state and reuses it: certified passes allocate nothing. The radius of a feature is that of its rectified pre-activation and is not kept.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BatchRadii<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] pre;
    private readonly T[][] signals;

    /// <summary>Allocates radii for a state of <paramref name="network"/>.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="state">Gives the number of samples.</param>
    public BatchRadii(FullyConnected<T> network, BatchState<T> state)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        pre = new T[network.Depth + 1][];
        signals = new T[network.Depth][];
        for (var l = 0; l < pre.Length; l++)
        {
            pre[l] = new T[network.Width * state.Stride];
        }

        for (var l = 0; l < signals.Length; l++)
        {
            signals[l] = new T[network.Width * state.Stride];
        }

        Output = new T[network.OutputDimension * state.Stride];
        OutputSignal = new T[network.OutputDimension * state.Stride];
        Scratch = new T[Math.Max(network.Width, Math.Max(network.InputDimension, network.OutputDimension)) * state.Stride];
    }

    /// <summary>Radii of the outputs y, d × n.</summary>
    public T[] Output { get; }

    /// <summary>Radii of v = ∂F/∂y, d × n.</summary>
    public T[] OutputSignal { get; }

    /// <summary>What a product of magnitudes is applied to.</summary>
    internal T[] Scratch { get; }

    /// <summary>Radii of g_l, l = 0…L, m × n.</summary>
    public Span<T> PreActivations(int layer) => pre[layer];

    /// <summary>Radii of u_l, l = 1…L, m × n.</summary>
    public Span<T> Signals(int layer) => signals[layer - 1];

    /// <summary>Throws unless these radii have the shape of <paramref name="state"/>.</summary>
    internal void RequireFit(BatchState<T> state)
    {
        if (pre.Length != state.Depth + 1 || pre[0].Length != state.Width * state.Stride || Output.Length != state.Output.Length || Scratch.Length < state.InputMatrix.Length)
        {
            throw new ArgumentException($"The radii were made for another state than one of {state.Samples} samples, width {state.Width}, depth {state.Depth}: create one BatchRadii for every BatchState.");
        }
    }
}
