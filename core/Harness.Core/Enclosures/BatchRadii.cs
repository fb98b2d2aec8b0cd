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
    private readonly int firstTrained;

    /// <summary>Allocates radii for a state of <paramref name="network"/>.</summary>
    /// <param name="network">Gives the shape.</param>
    /// <param name="state">Gives the number of samples.</param>
    /// <exception cref="ArgumentException">The state was made for another network.</exception>
    public BatchRadii(Network<T> network, BatchState<T> state)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Fits(network))
        {
            throw new ArgumentException("The state was made for a network of another shape.", nameof(state));
        }

        firstTrained = network.FirstTrained;
        pre = new T[network.Depth + 1][];
        signals = new T[network.Depth + 1 - firstTrained][];
        var (scratch, patches) = (Math.Max(state.InputMatrix.Length, state.Output.Length), 0);
        for (var l = 0; l < pre.Length; l++)
        {
            pre[l] = new T[state.PreActivations(l).Length];
            scratch = Math.Max(scratch, pre[l].Length);
            patches = Math.Max(patches, network.Forms[l].Reads is null ? 0 : state.Arguments(l).Length);
        }

        for (var l = firstTrained; l <= network.Depth; l++)
        {
            signals[l - firstTrained] = new T[pre[l].Length];
        }

        Output = new T[state.Output.Length];
        OutputSignal = new T[state.Output.Length];
        (OutputBalls, OutputGradients, OutputTargets) = (new Ball[network.OutputDimension], new Ball[network.OutputDimension], new double[network.OutputDimension]);
        (Scratch, Patches, PatchSignals, Skipped) = (new T[scratch], new T[patches], new T[patches], new T[state.Skipped.Length]);
    }

    /// <summary>Radii of the outputs y, d × n.</summary>
    public T[] Output { get; }

    /// <summary>Radii of v = ∂F/∂y, d × n.</summary>
    public T[] OutputSignal { get; }

    /// <summary>What a product of magnitudes is applied to.</summary>
    internal T[] Scratch { get; }

    /// <summary>Outputs, derivatives and targets of the sample whose loss is being enclosed.</summary>
    internal Ball[] OutputBalls { get; }

    internal Ball[] OutputGradients { get; }

    internal double[] OutputTargets { get; }

    /// <summary>The same where a filter reads, and the radii of an argument that was gathered.</summary>
    internal T[] Patches { get; }

    /// <summary>Radii of what a filter sends back, before it is scattered.</summary>
    internal T[] PatchSignals { get; }

    /// <summary>Radii of ∂F/∂g_l of the residual layer that a backward pass is in.</summary>
    internal T[] Skipped { get; }

    /// <summary>Radii of g_l, l = 0…L, m × n.</summary>
    public Span<T> PreActivations(int layer) => pre[layer];

    /// <summary>Radii of u_l, l = 1…L, m × n.</summary>
    public Span<T> Signals(int layer) => layer == pre.Length ? OutputSignal : signals[layer - firstTrained];

    /// <summary>Throws unless these radii have the shape of <paramref name="state"/>.</summary>
    internal void RequireFit(BatchState<T> state)
    {
        if (pre.Length != state.Depth + 1 || firstTrained != state.FirstTrained || pre[0].Length != state.PreActivations(0).Length || pre[^1].Length != state.PreActivations(state.Depth).Length
            || Output.Length != state.Output.Length || Scratch.Length < state.InputMatrix.Length || Skipped.Length != state.Skipped.Length)
        {
            throw new ArgumentException($"The radii were made for another state than one of {state.Samples} samples, width {state.Width}, depth {state.Depth}: create one BatchRadii for every BatchState.");
        }
    }
}
