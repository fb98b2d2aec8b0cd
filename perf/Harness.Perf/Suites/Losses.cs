using System.Numerics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.Core.Training;

namespace Harness.Perf.Suites;

/// <summary>Losses of a batch of n with d = 10 outputs, and their signals at the output.</summary>
/// <typeparam name="T">float or double.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class Losses<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int OutputDimension = 10;

    private BatchState<T> state = null!;
    private T[] targets = [];

    /// <summary>n.</summary>
    [Params(16, 64, 256, 1024, 16384)]
    public int Samples { get; set; }

    /// <summary>Outputs of a small network at random initialisation; the loss reads nothing but them.</summary>
    [GlobalSetup]
    public void Draw()
    {
        var network = new FullyConnected<T>(inputDimension: 16, width: 16, depth: 1, OutputDimension);
        network.Initialise(RandomStream.FromSeed(1));
        var inputs = new T[Samples * 16];
        RandomStream.FromSeed(2).FillGaussian<T>(inputs, 1.0);
        state = new(network, Samples);
        network.Forward(inputs, state);
        targets = new T[Samples * OutputDimension];
        RandomStream.FromSeed(3).FillGaussian<T>(targets, 1.0);
    }

    /// <summary>½ Σ ‖y_i − y_i*‖² and V = Y − Y*.</summary>
    [Benchmark]
    public T Squared() => SquaredLoss.Evaluate<T>(state, targets);

    // Outputs and targets are read, signals written.
    Work ICountedWork.WorkOf(string benchmark)
    {
        var count = (long)Samples * OutputDimension;
        return new(count, 3 * count * Unsafe.SizeOf<T>());
    }
}
