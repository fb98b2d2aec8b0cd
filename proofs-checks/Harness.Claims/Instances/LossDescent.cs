using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>
/// Descent on any loss, step by step, with all samples or with minibatches (arXiv:1811.03962, Algorithms 1 and 2), at a rate that may depend on the step.
/// </summary>
/// <param name="instance">The network is trained in place.</param>
/// <param name="loss">The loss of a sample.</param>
/// <param name="rate">η of step t = 0, 1, ….</param>
/// <param name="batch">b, or null for all samples.</param>
public sealed class LossDescent(NetworkInstance instance, Loss loss, Func<int, double> rate, int? batch = null)
{
    private readonly MiniBatch<double>? miniBatch = batch is { } b && b < instance.Trial.n ? new(instance.Network, instance.Trial.n, b) : null;

    /// <summary>t: steps made.</summary>
    public int Steps { get; private set; }

    /// <summary>One step. Afterwards the instance's state holds the outputs of all samples at W(t), before the step, and ∂F/∂y as its output signal.</summary>
    /// <returns>F(W(t)) over all samples, whatever the batch.</returns>
    public double Next()
    {
        var (t, η) = (Steps++, rate(Steps - 1));
        if (miniBatch is null)
        {
            return GradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, η, loss, instance.State);
        }

        instance.Network.Forward(instance.Inputs, instance.State);
        var before = loss.Evaluate<double>(instance.State, instance.Targets);
        StochasticGradientDescent.Step(instance.Network, instance.Inputs, instance.Targets, η, loss, miniBatch, instance.Trial.Random("batches").Derive((ulong)t));
        return before;
    }

    /// <summary>Runs until the loss is at most <paramref name="until"/>, stops being finite, or <paramref name="steps"/> losses are seen.</summary>
    /// <returns>F(W(0)), F(W(1)), …: the last one is the first within <paramref name="until"/>, where there is one.</returns>
    public double[] Run(int steps, double until = 0)
    {
        var losses = new List<double>(steps);
        do
        {
            losses.Add(Next());
        }
        while (losses.Count < steps && losses[^1] > until && double.IsFinite(losses[^1]));

        return [.. losses];
    }
}
