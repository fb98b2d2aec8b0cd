using System.Numerics;
using Harness.Core.Data;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Reports.Runs;

/// <summary>
/// Gradient descent, on all samples or on batches, from random initialisation (arXiv:1811.03962, Algorithms 1 and 2), on a data set as the paper normalises it.
/// </summary>
/// <typeparam name="T">float or double: the precision of weights and passes.</typeparam>
public sealed class TrainingRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] inputs;
    private readonly T[] targets;
    private readonly T rate;
    private readonly MiniBatch<T>? batch;
    private readonly RandomStream batches;
    private readonly List<double> losses = [];

    /// <summary>Draws the network, and bounds its tangent kernel where no learning rate is given.</summary>
    /// <param name="normalised">Normalised samples.</param>
    /// <param name="settings">How it is trained.</param>
    /// <exception cref="ArgumentException">The samples do not fit the architecture, or the batch is larger than they are.</exception>
    public TrainingRun(DataSet normalised, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        Data = settings.Architecture.Prepare(normalised);
        inputs = Array.ConvertAll(Data.Inputs, T.CreateTruncating);
        targets = Array.ConvertAll(settings.Targets(Data), T.CreateTruncating);
        var stream = RandomStream.FromSeed(settings.Seed).Derive("train");
        batches = stream.Derive("batches");
        Network = settings.Architecture.Create<T>(Data, settings.Width, settings.Depth, settings.TrainsAllLayers);
        Network.Initialise(stream);
        Initial = settings.Architecture.Create<T>(Data, settings.Width, settings.Depth, settings.TrainsAllLayers);
        Initial.CopyFrom(Network);
        State = new(Network, Data.Count);
        batch = settings.Batch is { } size ? new(Network, Data.Count, size) : null;
        Kernel = settings.Rate is null ? KernelBound.Of<T>(Network, inputs) : null;
        LearningRate = settings.Rate ?? (1 / Kernel!.Largest);
        rate = T.CreateTruncating(LearningRate);
    }

    /// <summary>How the network is trained.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>The samples as the network takes them.</summary>
    public DataSet Data { get; }

    /// <summary>The network at its present weights.</summary>
    public Network<T> Network { get; }

    /// <summary>The network as it was drawn.</summary>
    public Network<T> Initial { get; }

    /// <summary>The passes on all samples of the last <see cref="Evaluate"/> or <see cref="Finish"/>, or without batches of the last step.</summary>
    public BatchState<T> State { get; }

    /// <summary>The bound of the tangent kernel that η comes from; null where η was given.</summary>
    public KernelBound? Kernel { get; }

    /// <summary>η; infinite where the tangent kernel at initialisation is zero.</summary>
    public double LearningRate { get; }

    /// <summary>F(W(0)), F(W(1)), …: one for every step, with batches the unbiased estimate (n/b)·Σ_{i∈S} Fᵢ, and the loss itself after <see cref="Finish"/>.</summary>
    public IReadOnlyList<double> Losses => losses;

    /// <summary>The inputs in the precision of the network, n × 𝔡.</summary>
    public ReadOnlySpan<T> Inputs => inputs;

    /// <summary>The targets in the precision of the network, n × d.</summary>
    public ReadOnlySpan<T> Targets => targets;

    /// <summary>One step.</summary>
    /// <returns>The loss before it, or with batches the estimate of it.</returns>
    public double Step()
    {
        var loss = batch is null
            ? GradientDescent.Step<T>(Network, inputs, targets, rate, Settings.Loss, State)
            : StochasticGradientDescent.Step<T>(Network, inputs, targets, rate, Settings.Loss, batch, batches.Derive((ulong)losses.Count));
        losses.Add(double.CreateTruncating(loss));
        return losses[^1];
    }

    /// <summary>Forward pass on all samples at the present weights.</summary>
    /// <returns>The loss.</returns>
    public double Evaluate()
    {
        Network.Forward(inputs, State);
        return double.CreateTruncating(Settings.Loss.Evaluate<T>(State, targets));
    }

    /// <summary>Forward and backward pass at the last weights, so that <see cref="State"/> holds their outputs and gradient.</summary>
    /// <returns>The loss.</returns>
    public double Finish()
    {
        losses.Add(Evaluate());
        Network.Backward(State);
        return losses[^1];
    }

    /// <summary>
    /// Whether the present weights reach the goal. All samples are passed through the network only where they may: without batches when the weights before the step reached it too, with batches once in
    /// as many steps as go through n samples.
    /// </summary>
    /// <param name="goal">The goal.</param>
    public bool HasReached(TrainingGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        var isLikely = batch is null ? goal.IsReached(losses[^1], Misclassified(), Data.Count) : losses.Count % Math.Max(1, Data.Count / batch.State.Samples) == 0;
        return goal.IsGiven && isLikely && goal.IsReached(Evaluate(), Misclassified(), Data.Count);
    }

    /// <summary>Samples whose right output is not larger than every other, in the outputs that <see cref="State"/> holds; 0 where the targets are no classes.</summary>
    public int Misclassified()
    {
        var wrong = 0;
        for (var i = 0; i < Data.Labels.Length; i++)
        {
            var right = State.Output[(Data.Labels[i] * State.Stride) + i];
            for (var j = 0; j < Data.OutputDimension; j++)
            {
                if (j != Data.Labels[i] && !(State.Output[(j * State.Stride) + i] < right))
                {
                    wrong++;
                    break;
                }
            }
        }

        return wrong;
    }

    /// <summary>‖W − W⁽⁰⁾‖_F over all trained layers.</summary>
    public double DistanceFromInitialisation()
    {
        double squared = 0;
        for (var l = Network.FirstTrained; l <= Network.LastTrained; l++)
        {
            var difference = new Weights<T>(Network.Layer(l).Rows, Network.Layer(l).Columns);
            difference.CopyFrom(Network.Layer(l));
            difference.AddScaled(-T.One, Initial.Layer(l));
            squared += double.CreateTruncating(difference.SquaredFrobeniusNorm());
        }

        return Math.Sqrt(squared);
    }
}
