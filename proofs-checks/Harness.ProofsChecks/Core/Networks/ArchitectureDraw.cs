using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>The three architectures of the paper.</summary>
public enum Architecture
{
    /// <summary>Section 2.</summary>
    FullyConnected,

    /// <summary>Appendix B.</summary>
    Convolutional,

    /// <summary>Appendix C.</summary>
    Residual,
}

/// <summary>A small network of any architecture with its batch, named by its dimensions and a seed.</summary>
/// <param name="Kind">The architecture.</param>
/// <param name="Samples">n.</param>
/// <param name="Channels">Numbers at one position of an input; 𝔡 in a network without positions.</param>
/// <param name="Height">Rows of positions; 1 for a ring.</param>
/// <param name="Length">Positions in a row.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="Outputs">d.</param>
/// <param name="TrainsAll">Whether A and B learn.</param>
/// <param name="Seed">Everything is drawn from it.</param>
public sealed record ArchitectureDraw(Architecture Kind, int Samples, int Channels, int Height, int Length, int Width, int Depth, int Outputs, bool TrainsAll, int Seed)
{
    /// <summary>Small networks of every architecture and shape.</summary>
    public static Arbitrary<ArchitectureDraw> Any { get; } = Arb.From(
        from kind in Gen.Elements(Enum.GetValues<Architecture>())
        from n in Gen.Choose(1, 3)
        from c in Gen.Choose(1, 3)
        from h in Gen.Choose(1, 2)
        from w in Gen.Choose(1, 4)
        from m in Gen.Choose(1, 5)
        from L in Gen.Choose(1, 3)
        from d in Gen.Choose(1, 2)
        from all in Gen.Elements(false, true)
        from seed in Gen.Choose(0, 1_000_000)
        select new ArchitectureDraw(kind, n, c, h, w, m, L, d, all, seed),
        Smaller);

    /// <summary>𝔡.</summary>
    public int InputDimension => Kind == Architecture.Convolutional ? Channels * Height * Length : Channels;

    private static IEnumerable<ArchitectureDraw> Smaller(ArchitectureDraw draw)
    {
        if (draw.TrainsAll) { yield return draw with { TrainsAll = false }; }
        if (draw.Samples > 1) { yield return draw with { Samples = 1 }; }
        if (draw.Depth > 1) { yield return draw with { Depth = draw.Depth - 1 }; }
        if (draw.Outputs > 1) { yield return draw with { Outputs = 1 }; }
        if (draw.Height > 1) { yield return draw with { Height = 1 }; }
        if (draw.Length > 1) { yield return draw with { Length = draw.Length - 1 }; }
        if (draw.Width > 1) { yield return draw with { Width = draw.Width - 1 }; }
        if (draw.Channels > 1) { yield return draw with { Channels = 1 }; }
    }

    /// <summary>The network at random initialisation.</summary>
    public Network<double> Network()
    {
        var network = Shape(step: 0.3);
        network.Initialise(RandomStream.FromSeed((ulong)Seed).Derive("weights"));
        return network;
    }

    /// <summary>A network of whole weights in −2…2, with τ = ½ where it is residual.</summary>
    public Network<double> WholeNetwork()
    {
        var network = Shape(step: 0.5);
        for (var l = 0; l <= Depth + 1; l++)
        {
            var (weights, stream) = (network.Layer(l), RandomStream.FromSeed((ulong)Seed).Derive("whole").Derive((ulong)l));
            for (var r = 0; r < weights.Rows; r++)
            {
                for (var c = 0; c < weights.Columns; c++)
                {
                    weights[r, c] = stream.Integer((ulong)((r * weights.Columns) + c), 5) - 2;
                }
            }
        }

        return network;
    }

    private Network<double> Shape(double step)
    {
        return Kind switch
        {
            Architecture.FullyConnected => new FullyConnected<double>(Channels, Width, Depth, Outputs) { TrainsAllLayers = TrainsAll },
            Architecture.Residual => new Residual<double>(Channels, Width, Depth, Outputs, step) { TrainsAllLayers = TrainsAll },
            _ => new Convolutional<double>(PositionGraph.Torus(Height, Length, Math.Min(2, Height), Math.Min(3, Length)), Channels, Width, Depth, Outputs) { TrainsAllLayers = TrainsAll },
        };
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
