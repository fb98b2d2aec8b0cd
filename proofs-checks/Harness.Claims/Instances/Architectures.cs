using Harness.Core.Data;
using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>Generators of convolutional and residual networks at random initialisation.</summary>
public static class Architectures
{
    /// <summary>Input channels of a convolution: one of numbers, one that is constant and takes the place of a bias.</summary>
    private const int Channels = 2;

    /// <summary>Independent initialisations that a trial averages over where it measures an expectation.</summary>
    public const int Batch = 16;

    /// <summary>Eight positions on a ring, filters of three: p = 8, q = 3.</summary>
    public static PositionGraph Ring { get; } = PositionGraph.Ring(8, 3);

    /// <summary>Four positions on a ring, filters of three: as few as a filter can tell apart, where widths matter.</summary>
    public static PositionGraph SmallRing { get; } = PositionGraph.Ring(4, 3);

    /// <summary>The 4 × 4 torus with 3 × 3 filters: p = 16, q = 9.</summary>
    public static PositionGraph Torus { get; } = PositionGraph.Torus(4, 4, 3, 3);

    /// <summary>Residual networks on the inputs of <see cref="Networks.AtInitialisation"/>.</summary>
    /// <param name="domain">Cells.</param>
    /// <param name="inWords">τ in words: "τ = 1/(L log m)".</param>
    /// <param name="step">τ, or null for the paper's.</param>
    public static Generator<NetworkInstance> Residual(Domain domain, string inWords = "τ = 1/(L log m)", Func<Trial, double>? step = null) => new(
        domain,
        $"unit inputs with last coordinate 1/√2, bounded targets; residual network, {inWords}, A, W ~ N(0, 2/m), B ~ N(0, 1/d)",
        takesData: true,
        trial =>
        {
            var (inputs, dimension, targets) = Inputs.Draw(trial);
            var network = new Residual<double>(dimension, trial.m, trial.L, trial.d, step?.Invoke(trial));
            network.Initialise(trial.Random("weights"));
            trial.Measure("τ", network.Step);
            return new(trial, inputs, targets.Length > 0 ? targets : Networks.UnitTargets(trial), network);
        });

    /// <summary>Convolutional networks; at every position an input has one number and the same constant, δ-separated where the cell has a δ.</summary>
    /// <param name="domain">Cells.</param>
    /// <param name="graph">Positions.</param>
    public static Generator<NetworkInstance> Convolutional(Domain domain, PositionGraph graph) => new(
        domain,
        $"unit inputs on {graph.Positions} positions with a constant channel, bounded targets; convolutional network whose filters read {graph.Offsets} of them, A, W_l ~ N(0, 2/(qm)), W_L ~ N(0, 2/m), B ~ N(0, 1/d)",
        takesData: false,
        trial =>
        {
            var inputs = OnPositions(trial, graph.Positions);
            var network = new Convolutional<double>(graph, Channels, trial.m, trial.L, trial.d);
            network.Initialise(trial.Random("weights"));
            return new(trial, inputs, Networks.UnitTargets(trial), network);
        });

    /// <summary>Mean of a quantity over <see cref="Batch"/> independent initialisations of the instance's network.</summary>
    /// <param name="instance">Its weights are drawn anew.</param>
    /// <param name="quantity">Called after every draw.</param>
    public static double Mean(NetworkInstance instance, Func<NetworkInstance, double> quantity)
    {
        double sum = 0;
        for (var b = 0; b < Batch; b++)
        {
            instance.Network.Initialise(instance.Trial.Random("weights").Derive((ulong)b));
            sum += quantity(instance);
        }

        return sum / Batch;
    }

    /// <summary>
    /// Normalised inputs of dimension p + 1 whose last coordinate, 1/√2, is spread evenly over p positions: distances and norms stay.
    /// </summary>
    private static double[] OnPositions(Trial trial, int positions)
    {
        var (flat, inputs) = (new double[trial.n * (positions + 1)], new double[trial.n * Channels * positions]);
        if (trial.Variables.TryGet("δ", out var δ))
        {
            SyntheticInputs.Separated(trial.Random("inputs"), trial.n, δ, positions + 1, flat);
        }
        else
        {
            SyntheticInputs.Random(trial.Random("inputs"), trial.n, positions + 1, flat);
        }

        for (var i = 0; i < trial.n; i++)
        {
            var input = inputs.AsSpan(i * Channels * positions, Channels * positions);
            var row = flat.AsSpan(i * (positions + 1), positions + 1);
            row[..positions].CopyTo(input);
            input[positions..].Fill(row[^1] / Math.Sqrt(positions));
        }

        if (trial.n > 1)
        {
            trial.Measure("δ", Separation.Measure(inputs, Channels * positions).Distance);
        }

        return inputs;
    }
}
