using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>The chain rule of W₀ + s·BA in every architecture, without rounding; and what it says at B = 0.</summary>
public static class AdapterGradients
{
    private static readonly VariableRange Rank = new("r", 1, 2, IsInteger: true), Initial = new("initial", 1, 2, IsInteger: true);

    private static readonly Domain Sizes = Domain.Filling(cells: (32, 40, 96), trials: (1, 2, 4), IntegerNetworks.Architecture, IntegerNetworks.Trained, Rank, m(2, 3), L(1, 2), n(1, 3), d(1, 2), Initial);

    private static readonly Domain AtInitialisation = Domain.Filling(
        cells: (32, 40, 96), trials: (1, 2, 4), IntegerNetworks.Architecture, IntegerNetworks.Trained, Rank, m(2, 3), L(1, 2), n(1, 3), d(1, 2), Initial with { To = 1 });

    /// <summary>The gradients, which the core computes from signals and arguments, from the full gradient.</summary>
    public static Claim Gradients { get; } = Claim
        .Named("lora.adapter-gradients")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (low-rank parametrised update matrices)", "Low-rank adapters", "L1")
        .States("∂F/∂B = s·GAᵀ and ∂F/∂A = s·BᵀG,   G = ∂F/∂W at W = W_0 + s·BA")
        .Given(AdaptedInstance.On(Sizes))
        .Observes("max |core − s·GAᵀ|, |core − s·BᵀG| over all adapters", adapted => Difference(adapted, AdaptedInstance.Scale))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("the scale is left out", adapted => Difference(adapted, 1))
        .RefutedWhen("the scale enters twice", adapted => Difference(adapted, AdaptedInstance.Scale * AdaptedInstance.Scale))
        .Build();

    /// <summary>At the start the adapted network is the base network, and A does not move.</summary>
    public static Claim Start { get; } = Claim
        .Named("lora.initial-update")
        .From(Papers.HuEtAl, "Section 4.1 (initialisation)", "L1")
        .States("B = 0:   ΔW = s·BA = 0 and ∂F/∂A = 0")
        .Given(AdaptedInstance.On(AtInitialisation))
        .Observes("max |ΔW|, |∂F/∂A| over all adapters", AtStart)
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("B is drawn as A is", AdaptedInstance.On(AtInitialisation.Reduced((32, 40, 96), 1).Computing("initial", _ => 2)))
        .Build();

    private static Measurement AtStart(AdaptedInstance adapted)
    {
        var largest = 0.0;
        foreach (var (_, adapter, down, _) in Passed(adapted))
        {
            var update = new Weights<double>(adapter.Up.Rows, adapter.Down.Columns);
            adapter.Merge(update);
            largest = Math.Max(largest, Math.Max(Largest(update, (_, _) => 0), Largest(down, (_, _) => 0)));
        }

        return new(Ball.Exactly(largest)) { Bound = Ball.Exactly(0) };
    }

    private static Measurement Difference(AdaptedInstance adapted, double scale)
    {
        var (state, largest) = (adapted.Instance.State, 0.0);
        foreach (var (layer, adapter, down, up) in Passed(adapted))
        {
            var full = new Weights<double>(adapter.Up.Rows, adapter.Down.Columns);
            Gradient.AddTo(state, layer, 1, full);
            largest = Math.Max(largest, Largest(up, (i, j) => scale * Enumerable.Range(0, full.Columns).Sum(k => full[i, k] * adapter.Down[j, k])));
            largest = Math.Max(largest, Largest(down, (i, j) => scale * Enumerable.Range(0, full.Rows).Sum(k => adapter.Up[k, i] * full[k, j])));
        }

        return new(Ball.Exactly(largest)) { Bound = Ball.Exactly(0) };
    }

    /// <summary>Forward and backward pass of the merged network, and the adapters' gradients.</summary>
    private static IEnumerable<(int Layer, LowRankAdapter<double> Adapter, Weights<double> Down, Weights<double> Up)> Passed(AdaptedInstance adapted)
    {
        var network = new AdaptedNetwork<double>(adapted.Instance.Network, adapted.Adapters);
        network.Merge();
        adapted.Instance.LossAndGradient();
        var state = adapted.Instance.State;
        var workspace = new double[network.WorkspaceLength(state)];
        foreach (var (layer, adapter) in adapted.Adapters)
        {
            var (down, up) = (new Weights<double>(adapter.Down.Rows, adapter.Down.Columns), new Weights<double>(adapter.Up.Rows, adapter.Up.Columns));
            adapter.AddGradients(state.Signals(layer), state.Arguments(layer), state.Columns(layer), state.ColumnStride(layer), 1, 1, down, up, workspace);
            yield return (layer, adapter, down, up);
        }
    }

    private static double Largest(Weights<double> matrix, Func<int, int, double> expected)
    {
        var largest = 0.0;
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var j = 0; j < matrix.Columns; j++)
            {
                largest = Math.Max(largest, Math.Abs(matrix[i, j] - expected(i, j)));
            }
        }

        return largest;
    }
}
