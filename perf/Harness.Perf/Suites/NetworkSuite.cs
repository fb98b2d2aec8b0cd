using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Perf.Suites;

/// <summary>A fully connected network at random initialisation on a batch of standard normal inputs, 𝔡 = 64 as in the digits data, over <see cref="NetworkShape.Sweeps"/>.</summary>
/// <remarks>What is certified counts the multiply-adds of the plain computation, so that the two rates of a table show the price of the certificate.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class NetworkSuite<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int InputDimension = 64;

    private ThreadTeam? team;

    /// <summary>The shapes to run.</summary>
    public static IEnumerable<NetworkShape> Shapes => NetworkShape.Sweeps;

    /// <summary>n, m, L and threads.</summary>
    [ParamsSource(nameof(Shapes))]
    public NetworkShape Shape { get; set; }

    /// <summary>d.</summary>
    private protected abstract int OutputDimension { get; }

    private protected FullyConnected<T> Network { get; private set; } = null!;

    private protected BatchState<T> State { get; private set; } = null!;

    private protected BatchRadii<T> Radii { get; private set; } = null!;

    private protected T[] Inputs { get; private set; } = [];

    /// <summary>The network and its inputs, the same numbers in every run.</summary>
    [GlobalSetup]
    public virtual void Draw()
    {
        Network = new(InputDimension, Shape.Width, Shape.Depth, OutputDimension);
        Network.Initialise(RandomStream.FromSeed(1).Derive("weights"));
        Inputs = new T[Shape.Samples * InputDimension];
        RandomStream.FromSeed(1).Derive("inputs").FillGaussian<T>(Inputs, 1.0);
        team = Shape.Threads > 1 ? new(Shape.Threads) : null;
        State = new(Network, Shape.Samples, team);
        Radii = new(Network, State);
    }

    /// <summary>Lets the threads go.</summary>
    [GlobalCleanup]
    public void Dismiss() => team?.Dispose();

    /// <summary>A certified forward pass, and a signal at the output, from which either backward pass can start.</summary>
    private protected void PrepareBackward()
    {
        CertifiedForward.Run(Network, Inputs, State, Radii);
        State.Output.CopyTo(State.OutputSignal, 0);
    }

    Work ICountedWork.WorkOf(string benchmark) =>
        new(MultiplyAdds(benchmark, new(Shape.Samples, InputDimension, Shape.Width, Shape.Depth, OutputDimension)), Threads: Shape.Threads);

    private protected abstract long MultiplyAdds(string benchmark, FullyConnectedCosts costs);
}
