using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.Core.Training;

namespace Harness.Claims.Instances;

/// <summary>A two-layer network on one training set with scalar targets.</summary>
/// <param name="trial">The trial that it belongs to.</param>
/// <param name="inputs">n × 𝔡.</param>
/// <param name="targets">y, n numbers.</param>
/// <param name="network">The network.</param>
public sealed class ShallowInstance(Trial trial, double[] inputs, double[] targets, ShallowNetwork<double> network)
{
    /// <summary>The trial that it belongs to.</summary>
    public Trial Trial { get; } = trial;

    /// <summary>n × 𝔡.</summary>
    public double[] Inputs { get; } = inputs;

    /// <summary>y.</summary>
    public double[] Targets { get; } = targets;

    /// <summary>The network.</summary>
    public ShallowNetwork<double> Network { get; } = network;

    /// <summary>Its workspace for the n samples.</summary>
    public ShallowState<double> State { get; } = new(network, trial.n);

    /// <summary>Draws the network anew: the <paramref name="index"/>-th of the independent initialisations of this trial.</summary>
    public void Redraw(int index) => Network.Initialise(Trial.Random("weights").Derive((ulong)index));

    /// <summary>Replaces y by u(0) less what the residual u − y is to be, sample by sample.</summary>
    public void SetResidual(Func<int, double> residual)
    {
        Network.Forward(Inputs, State);
        for (var i = 0; i < Targets.Length; i++)
        {
            Targets[i] = State.Output[i] - residual(i);
        }
    }

    /// <summary>Runs gradient descent in place.</summary>
    /// <param name="η">Learning rate.</param>
    /// <param name="steps">k.</param>
    /// <returns>‖y − u(s)‖ for s = 0…k.</returns>
    public double[] Descend(double η, int steps)
    {
        var residuals = new double[steps + 1];
        Network.Forward(Inputs, State);
        for (var s = 0; s < steps; s++)
        {
            residuals[s] = Math.Sqrt(2 * ShallowDescent.Step<double>(Network, Targets, η, State));
        }

        residuals[steps] = Math.Sqrt(2 * ShallowDescent.Loss<double>(Targets, State));
        return residuals;
    }

    /// <summary>H(W).</summary>
    public double[] Kernel()
    {
        var kernel = new double[Trial.n * Trial.n];
        ShallowKernel.Compute<double>(Network, Inputs, State, kernel, new double[ShallowKernel.WorkspaceLength(Trial.n)]);
        return kernel;
    }

    /// <summary>A copy of the network as it is.</summary>
    public ShallowNetwork<double> Copy()
    {
        var copy = new ShallowNetwork<double>(Network.InputDimension, Network.Width, Network.Activation);
        copy.CopyFrom(Network);
        return copy;
    }

    /// <summary>How far the neurons are from where they were: max_r ‖w_r − w_r(0)‖ and ‖W − W(0)‖_F.</summary>
    public (double Largest, double Frobenius) MovementFrom(ShallowNetwork<double> initial)
    {
        var (largest, total) = (0.0, 0.0);
        var (now, then) = (new double[ShallowNetwork<double>.BlockWidth * Network.InputDimension], new double[ShallowNetwork<double>.BlockWidth * Network.InputDimension]);
        for (var b = 0; b < Network.Blocks; b++)
        {
            var length = Network.Hidden(b).Rows * Network.InputDimension;
            Network.Hidden(b).CopyTo(now.AsSpan(0, length));
            initial.Hidden(b).CopyTo(then.AsSpan(0, length));
            for (var start = 0; start < length; start += Network.InputDimension)
            {
                double squared = 0;
                for (var k = start; k < start + Network.InputDimension; k++)
                {
                    squared += (now[k] - then[k]) * (now[k] - then[k]);
                }

                (largest, total) = (Math.Max(largest, squared), total + squared);
            }
        }

        return (Math.Sqrt(largest), Math.Sqrt(total));
    }
}
