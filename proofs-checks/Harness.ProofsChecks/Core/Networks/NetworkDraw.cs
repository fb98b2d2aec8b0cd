using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>A small network with its batch, named by its dimensions and a seed, so that a counterexample shrinks in what a reader understands: fewer samples, layers, neurons.</summary>
/// <param name="Samples">n.</param>
/// <param name="InputDimension">𝔡.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="Outputs">d.</param>
/// <param name="Seed">Everything is drawn from it.</param>
public sealed record NetworkDraw(int Samples, int InputDimension, int Width, int Depth, int Outputs, int Seed)
{
    /// <summary>Small networks of every shape.</summary>
    public static Arbitrary<NetworkDraw> Any { get; } = Arb.From(
        from n in Gen.Choose(1, 4)
        from dx in Gen.Choose(1, 4)
        from m in Gen.Choose(1, 9)
        from L in Gen.Choose(1, 3)
        from d in Gen.Choose(1, 3)
        from seed in Gen.Choose(0, 1_000_000)
        select new NetworkDraw(n, dx, m, L, d, seed),
        Smaller);

    private static IEnumerable<NetworkDraw> Smaller(NetworkDraw draw)
    {
        if (draw.Samples > 1) { yield return draw with { Samples = 1 }; yield return draw with { Samples = draw.Samples - 1 }; }
        if (draw.Depth > 1) { yield return draw with { Depth = draw.Depth - 1 }; }
        if (draw.Outputs > 1) { yield return draw with { Outputs = 1 }; }
        if (draw.Width > 1) { yield return draw with { Width = draw.Width / 2 }; yield return draw with { Width = draw.Width - 1 }; }
        if (draw.InputDimension > 1) { yield return draw with { InputDimension = 1 }; }
    }

    /// <summary>The network at random initialisation.</summary>
    public FullyConnected<double> Network()
    {
        var network = new FullyConnected<double>(InputDimension, Width, Depth, Outputs);
        network.Initialise(RandomStream.FromSeed((ulong)Seed).Derive("weights"));
        return network;
    }

    /// <summary>Standard normal inputs, n × 𝔡.</summary>
    public double[] Inputs() => Normals("inputs", Samples * InputDimension);

    /// <summary>Standard normal targets, n × d.</summary>
    public double[] Targets() => Normals("targets", Samples * Outputs);

    private double[] Normals(string purpose, int count)
    {
        var values = new double[count];
        RandomStream.FromSeed((ulong)Seed).Derive(purpose).FillGaussian<double>(values, 1);
        return values;
    }
}
