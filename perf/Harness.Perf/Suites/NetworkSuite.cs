using System.Numerics;
using BenchmarkDotNet.Attributes;
using Harness.Core.Costs;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Perf.Suites;

/// <summary>A fully connected network at random initialisation on a batch of standard normal inputs: the shape of the digits data (𝔡 = 64) at n = 64 and L = 3, over widths.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class NetworkSuite<T> : ICountedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected const int Samples = 64, InputDimension = 64, Depth = 3;

    /// <summary>m.</summary>
    [Params(64, 128, 256, 512, 1024, 2048)]
    public int Width { get; set; }

    /// <summary>d.</summary>
    private protected abstract int OutputDimension { get; }

    private protected FullyConnected<T> Network { get; private set; } = null!;

    private protected T[] Inputs { get; private set; } = [];

    /// <summary>The network and its inputs, the same numbers in every run.</summary>
    [GlobalSetup]
    public virtual void Draw()
    {
        Network = new(InputDimension, Width, Depth, OutputDimension);
        Network.Initialise(RandomStream.FromSeed(1).Derive("weights"));
        Inputs = new T[Samples * InputDimension];
        RandomStream.FromSeed(1).Derive("inputs").FillGaussian<T>(Inputs, 1.0);
    }

    long ICountedWork.MultiplyAdds => MultiplyAdds(new(Samples, InputDimension, Width, Depth, OutputDimension));

    private protected abstract long MultiplyAdds(FullyConnectedCosts costs);
}
