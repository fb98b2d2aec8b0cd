using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Perf.Suites;

/// <summary>A fully connected network at random initialisation on a batch of standard normal inputs, 𝔡 = 64 as in the digits data, over <see cref="NetworkShape.Sweeps"/>.</summary>
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
    }

    /// <summary>Lets the threads go.</summary>
    [GlobalCleanup]
    public void Dismiss() => team?.Dispose();

    Work ICountedWork.WorkOf(string benchmark) =>
        new(MultiplyAdds(benchmark, new(Shape.Samples, InputDimension, Shape.Width, Shape.Depth, OutputDimension)), Threads: Shape.Threads);

    private protected abstract long MultiplyAdds(string benchmark, FullyConnectedCosts costs);
}
