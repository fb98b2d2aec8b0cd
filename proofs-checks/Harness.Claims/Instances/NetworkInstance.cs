using Harness.Core.Networks;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>One network on one training set: what the statements on training quantify over.</summary>
/// <param name="trial">The trial that it belongs to.</param>
/// <param name="inputs">n × 𝔡.</param>
/// <param name="targets">n × d.</param>
/// <param name="network">The network.</param>
public sealed partial class NetworkInstance(Trial trial, double[] inputs, double[] targets, Network<double> network)
{
    /// <summary>The trial that it belongs to.</summary>
    public Trial Trial { get; } = trial;

    /// <summary>n × 𝔡.</summary>
    public double[] Inputs { get; } = inputs;

    /// <summary>n × d; may be replaced by targets that depend on the outputs.</summary>
    public double[] Targets { get; set; } = targets;

    /// <summary>The network.</summary>
    public Network<double> Network { get; } = network;

    /// <summary>Its workspace for the n samples.</summary>
    public BatchState<double> State { get; } = new(network, trial.n);

    private double[] Workspace => field ??= new double[Gradient.WorkspaceLength(State)];

    /// <summary>The network as it is now. W + W′ − W′ is not W in floating-point arithmetic, so whoever moves weights there and back keeps a copy.</summary>
    public FullyConnected<double> CopyOfNetwork()
    {
        var copy = new FullyConnected<double>(Network.InputDimension, Network.Width, Network.Depth, Network.OutputDimension);
        copy.CopyFrom(Network);
        return copy;
    }

    /// <summary>What <paramref name="measure"/> finds at W + W'. Afterwards the weights are as before, bit for bit: adding W' and taking it away again would leave them an ulp off.</summary>
    public TMeasured At<TMeasured>(Perturbation perturbation, Func<TMeasured> measure)
    {
        var initial = CopyOfNetwork();
        perturbation.AddTo(Network, 1);
        var measured = measure();
        Network.CopyFrom(initial);
        return measured;
    }

    /// <summary>Forward pass and F; afterwards the state's output signal is y − y*.</summary>
    public double Loss()
    {
        Network.Forward(Inputs, State);
        return SquaredLoss.Evaluate<double>(State, Targets);
    }

    /// <summary>Forward and backward pass, and F; afterwards the state holds the gradient in factored form.</summary>
    public double LossAndGradient()
    {
        var loss = Loss();
        Network.Backward(State);
        return loss;
    }

    /// <summary>‖∇F‖²_F of the gradient that the state holds.</summary>
    public double SquaredGradientNorm() => Gradient.SquaredFrobeniusNorm<double>(State, Workspace);

    /// <summary>‖∇_{W_l}F‖²_F of the gradient that the state holds.</summary>
    public double SquaredGradientNorm(int layer) => Gradient.SquaredFrobeniusNorm<double>(State, layer, Workspace);

    /// <summary>Whether two samples have the same input, bit for bit.</summary>
    public bool HasEqualInputs(int i, int j)
    {
        var dimension = Network.InputDimension;
        return Inputs.AsSpan(i * dimension, dimension).SequenceEqual(Inputs.AsSpan(j * dimension, dimension));
    }

    /// <summary>One feature vector of sample i out of a feature-major matrix of the state.</summary>
    public double[] Column(ReadOnlySpan<double> matrix, int sample)
    {
        var column = new double[matrix.Length / State.Stride];
        for (var k = 0; k < column.Length; k++)
        {
            column[k] = matrix[(k * State.Stride) + sample];
        }

        return column;
    }

    /// <summary>Output y_{i,j}.</summary>
    public double Output(int sample, int coordinate) => State.Output[(coordinate * State.Stride) + sample];
}
