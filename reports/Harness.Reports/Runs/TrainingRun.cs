using System.Numerics;
using Harness.Core.Data;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Reports.Runs;

/// <summary>
/// Gradient descent on a fully connected network from random initialisation, on a data set as the paper normalises it (arXiv:1811.03962, Algorithm 1).
/// </summary>
/// <typeparam name="T">float or double: the precision of weights and passes.</typeparam>
public sealed class TrainingRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] inputs;
    private readonly T[] targets;
    private readonly T rate;
    private readonly List<double> losses = [];

    /// <summary>Draws the network.</summary>
    /// <param name="data">Normalised samples.</param>
    /// <param name="width">m.</param>
    /// <param name="depth">L.</param>
    /// <param name="learningRate">η, or null for <see cref="GradientDescent.StableRate"/>.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    public TrainingRun(DataSet data, int width, int depth, double? learningRate, ulong seed)
    {
        Data = data;
        inputs = Array.ConvertAll(data.Inputs, T.CreateTruncating);
        targets = Array.ConvertAll(data.Targets, T.CreateTruncating);
        Network = new(data.InputDimension, width, depth, data.OutputDimension);
        Network.Initialise(RandomStream.FromSeed(seed).Derive("train"));
        Initial = new(data.InputDimension, width, depth, data.OutputDimension);
        Initial.CopyFrom(Network);
        State = new(Network, data.Count);
        LearningRate = learningRate ?? GradientDescent.StableRate(data.Count, width, depth, data.OutputDimension);
        rate = T.CreateTruncating(LearningRate);
    }

    /// <summary>The samples.</summary>
    public DataSet Data { get; }

    /// <summary>The network at its present weights.</summary>
    public FullyConnected<T> Network { get; }

    /// <summary>The network as it was drawn.</summary>
    public FullyConnected<T> Initial { get; }

    /// <summary>The passes of the last step, or of <see cref="Finish"/>.</summary>
    public BatchState<T> State { get; }

    /// <summary>η.</summary>
    public double LearningRate { get; }

    /// <summary>F(W(0)), F(W(1)), …: one for every step, and one more after <see cref="Finish"/>.</summary>
    public IReadOnlyList<double> Losses => losses;

    /// <summary>The inputs in the precision of the network, n × 𝔡.</summary>
    public ReadOnlySpan<T> Inputs => inputs;

    /// <summary>The targets in the precision of the network, n × d.</summary>
    public ReadOnlySpan<T> Targets => targets;

    /// <summary>One step of gradient descent.</summary>
    /// <returns>The loss before it.</returns>
    public double Step()
    {
        losses.Add(double.CreateTruncating(GradientDescent.Step<T>(Network, inputs, targets, rate, State)));
        return losses[^1];
    }

    /// <summary>Forward and backward pass at the last weights, so that <see cref="State"/> holds their outputs and gradient.</summary>
    /// <returns>The loss.</returns>
    public double Finish()
    {
        Network.Forward(inputs, State);
        losses.Add(double.CreateTruncating(SquaredLoss.Evaluate<T>(State, targets)));
        Network.Backward(State);
        return losses[^1];
    }

    /// <summary>‖W − W⁽⁰⁾‖_F over all trained layers.</summary>
    public double DistanceFromInitialisation()
    {
        var difference = new Weights<T>(Network.Width, Network.Width);
        double squared = 0;
        for (var l = 1; l <= Network.Depth; l++)
        {
            difference.CopyFrom(Network.Hidden(l));
            difference.AddScaled(-T.One, Initial.Hidden(l));
            squared += double.CreateTruncating(difference.SquaredFrobeniusNorm());
        }

        return Math.Sqrt(squared);
    }
}
