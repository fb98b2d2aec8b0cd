using Harness.Core.Networks;

namespace Harness.Claims.Instances;

/// <summary>Many independent initialisations at one input: what statements on expectations and probabilities over A, W(0), B average over.</summary>
/// <param name="trial">The trial.</param>
/// <param name="input">One unit input.</param>
/// <param name="variance">Factor on the variance of A and W; 1 as in the paper.</param>
public sealed class InitialNetworks(Trial trial, double[] input, double variance)
{
    /// <summary>Networks that one trial averages over: a batch mean of 32 is near normal, and 32 draws outweigh the cost of setting up a trial.</summary>
    public const int Batch = 32;

    /// <summary>The trial.</summary>
    public Trial Trial { get; } = trial;

    /// <summary>Mean of <paramref name="quantity"/> over a batch of independent initialisations.</summary>
    /// <param name="quantity">Called after a forward pass.</param>
    public double Mean(Func<FullyConnected<double>, BatchState<double>, double> quantity)
    {
        var (network, state) = Allocate();
        double sum = 0;
        for (var b = 0; b < Batch; b++)
        {
            Draw(network, state, b);
            sum += quantity(network, state);
        }

        return sum / Batch;
    }

    /// <summary>The quantity at a single initialisation.</summary>
    public double Once(Func<FullyConnected<double>, BatchState<double>, double> quantity)
    {
        var (network, state) = Allocate();
        Draw(network, state, 0);
        return quantity(network, state);
    }

    /// <summary>Generator on a domain.</summary>
    /// <param name="domain">Needs m, L, d.</param>
    /// <param name="variance">Factor on the variance of A and W.</param>
    public static Generator<InitialNetworks> On(Domain domain, double variance = 1) => new(
        domain,
        "one unit input; A, W ~ N(0, 2/m), B ~ N(0, 1/d), drawn afresh" + (variance == 1 ? "" : FormattableString.Invariant($"; variance of A and W multiplied by {variance}")),
        takesData: true,
        trial =>
        {
            if (trial.Data is { } data)
            {
                trial.Measure("d", data.OutputDimension);
                return new(trial, data.Input(trial.Random("row").Integer(0, data.Count)).ToArray(), variance);
            }

            // The law depends on the input through its norm alone; a coordinate vector is as good as any.
            return new(trial, [1, 0], variance);
        });

    private (FullyConnected<double> Network, BatchState<double> State) Allocate()
    {
        var network = new FullyConnected<double>(input.Length, Trial.m, Trial.L, Trial.d);
        return (network, new(network, 1));
    }

    private void Draw(FullyConnected<double> network, BatchState<double> state, int index)
    {
        network.Initialise(Trial.Random("weights").Derive((ulong)index));
        if (variance != 1)
        {
            network.Input.Scale(Math.Sqrt(variance));
            for (var l = 1; l <= network.Depth; l++)
            {
                network.Hidden(l).Scale(Math.Sqrt(variance));
            }
        }

        network.Forward(input, state);
    }
}
