using Harness.Core.Data;
using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>Generators of convolutional and residual networks at random initialisation.</summary>
public static class Architectures
{
    /// <summary>Input channels of a convolution: one of numbers, one that is constant and takes the place of a bias.</summary>
    private const int Channels = 2;

    /// <summary>The 4 × 4 torus with 3 × 3 filters: p = 16, q = 9.</summary>
    public static PositionGraph Torus { get; } = PositionGraph.Torus(4, 4, 3, 3);

    /// <summary>Residual networks on the inputs of <see cref="Networks.AtInitialisation"/>.</summary>
    /// <param name="domain">Cells.</param>
    /// <param name="inWords">τ in words: "τ = 1/(L log m)".</param>
    /// <param name="step">τ, or null for the paper's.</param>
    public static Generator<FullyConnectedInstance> Residual(Domain domain, string inWords = "τ = 1/(L log m)", Func<Trial, double>? step = null) => new(
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

    /// <summary>Convolutional networks on the 4 × 4 torus; at every position an input has one number and the same constant, δ-separated where the cell has a δ.</summary>
    /// <param name="domain">Cells.</param>
    public static Generator<FullyConnectedInstance> Convolutional(Domain domain) => new(
        domain,
        "unit inputs on a 4 × 4 torus with a constant channel, bounded targets; convolutional network with 3 × 3 filters, A, W_l ~ N(0, 2/(qm)), W_L ~ N(0, 2/m), B ~ N(0, 1/d)",
        takesData: false,
        trial =>
        {
            var inputs = OnPositions(trial, Torus.Positions);
            var network = new Convolutional<double>(Torus, Channels, trial.m, trial.L, trial.d);
            network.Initialise(trial.Random("weights"));
            return new(trial, inputs, Networks.UnitTargets(trial), network);
        });

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
