using System.Numerics;
using Harness.Core.Numerics;

namespace Harness.Core.Networks;

/// <summary>
/// A network of any architecture with low-rank adapters on some of its weight matrices (arXiv:2106.09685): the adapters are trained, the network's own weights are not.
/// </summary>
/// <remarks>
/// While merged the network is an ordinary one, so every pass, kernel, enclosure and certificate of the core is also one of the adapted network, at the cost that it has without adapters. A copy of the adapted matrices' base
/// weights is kept: merging starts from it, so that no number of steps lets the base drift, and unmerging restores it bit for bit.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AdaptedNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int Layer, LowRankAdapter<T> Adapter, Weights<T> Base)[] adapters;

    /// <summary>Adapters on a network's present weights; they are not merged yet.</summary>
    /// <param name="network">Its weights are changed by merging.</param>
    /// <param name="adapters">Layers l in 0…L + 1 with their adapters, at most one a layer; a layer must be within reach of the backward pass: all are where <see cref="Network{T}.TrainsAllLayers"/> is set, else 1…L.</param>
    /// <exception cref="ArgumentException">A layer has two adapters, one of another shape, or lies outside the backward pass.</exception>
    public AdaptedNetwork(Network<T> network, params ReadOnlySpan<(int Layer, LowRankAdapter<T> Adapter)> adapters)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Network, this.adapters) = (network, new (int, LowRankAdapter<T>, Weights<T>)[adapters.Length]);
        for (var k = 0; k < adapters.Length; k++)
        {
            var (layer, adapter) = adapters[k];
            var weights = network.Layer(layer);
            if (weights.Rows != adapter.Up.Rows || weights.Columns != adapter.Down.Columns)
            {
                throw new ArgumentException($"Layer {layer} is {weights.Rows} × {weights.Columns}; its adapter is for {adapter.Up.Rows} × {adapter.Down.Columns}.", nameof(adapters));
            }

            for (var j = 0; j < k; j++)
            {
                if (adapters[j].Layer == layer)
                {
                    throw new ArgumentException($"Layer {layer} has two adapters; one of twice the rank does the same.", nameof(adapters));
                }
            }

            if (layer < network.FirstTrained || layer > network.LastTrained)
            {
                throw new ArgumentException($"The backward pass reaches layers {network.FirstTrained} to {network.LastTrained}, not {layer}; set {nameof(network.TrainsAllLayers)}.", nameof(adapters));
            }

            var copy = new Weights<T>(weights.Rows, weights.Columns);
            copy.CopyFrom(weights);
            this.adapters[k] = (layer, adapter, copy);
        }
    }

    /// <summary>The network whose weights are merged into.</summary>
    public Network<T> Network { get; }

    /// <summary>Trained numbers of all adapters.</summary>
    public long Parameters
    {
        get
        {
            var sum = 0L;
            foreach (var (_, adapter, _) in adapters)
            {
                sum += adapter.Parameters;
            }

            return sum;
        }
    }

    /// <summary>Elements of workspace for <see cref="Descend"/>.</summary>
    /// <param name="state">A state of the network.</param>
    public int WorkspaceLength(BatchState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var length = 0;
        foreach (var (layer, adapter, _) in adapters)
        {
            length = Math.Max(length, adapter.WorkspaceLength(state.ColumnStride(layer)));
        }

        return length;
    }

    /// <summary>Adapted matrices become W₀ + s·BA with the adapters as they are, each entry rounded once.</summary>
    public void Merge()
    {
        foreach (var (layer, adapter, weights) in adapters)
        {
            Network.Layer(layer).CopyFrom(weights);
            adapter.Merge(Network.Layer(layer));
        }
    }

    /// <summary>Adapted matrices become W₀, bit for bit.</summary>
    public void Unmerge()
    {
        foreach (var (layer, _, weights) in adapters)
        {
            Network.Layer(layer).CopyFrom(weights);
        }
    }

    /// <summary>A ← A − η_A ∂F/∂A and B ← B − η_B ∂F/∂B for every adapter, then merges. Equal rates are gradient descent; η_B ≫ η_A is LoRA+ (arXiv:2402.12354). Allocates nothing after the first step.</summary>
    /// <param name="state">Holds a forward and a backward pass of the merged network.</param>
    /// <param name="downRate">η_A.</param>
    /// <param name="upRate">η_B.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    public void Descend(BatchState<T> state, T downRate, T upRate, Span<T> workspace)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (layer, adapter, _) in adapters)
        {
            adapter.AddGradients(
                state.Signals(layer), state.Arguments(layer), state.Columns(layer), state.ColumnStride(layer), -downRate, -upRate, adapter.Down, adapter.Up, workspace);
        }

        Merge();
    }
}
