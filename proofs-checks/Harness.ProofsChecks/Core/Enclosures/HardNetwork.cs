using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Claims.Fuzzing;
using Harness.Core.Networks;

namespace Harness.ProofsChecks.Core.Enclosures;

/// <summary>A small network of hard numbers with its data, and its passes without rounding.</summary>
/// <param name="Kind">What weights, inputs and targets are like.</param>
/// <param name="Samples">n.</param>
/// <param name="InputDimension">𝔡.</param>
/// <param name="Width">m.</param>
/// <param name="Depth">L.</param>
/// <param name="Outputs">d.</param>
/// <param name="Seed">Everything is drawn from it.</param>
public sealed record HardNetwork(NumberKind Kind, int Samples, int InputDimension, int Width, int Depth, int Outputs, int Seed)
{
    /// <summary>Every kind and shape that exact arithmetic gets through in milliseconds.</summary>
    public static Arbitrary<HardNetwork> Any { get; } = Arb.From(
        from kind in Gen.Elements(Enum.GetValues<NumberKind>())
        from n in Gen.Choose(1, 3)
        from dx in Gen.Choose(1, 3)
        from m in Gen.Choose(1, 4)
        from L in Gen.Choose(1, 2)
        from d in Gen.Choose(1, 2)
        from seed in Gen.Choose(0, int.MaxValue)
        select new HardNetwork(kind, n, dx, m, L, d, seed),
        draw => new[]
        {
            draw with { Samples = 1 }, draw with { Depth = 1 }, draw with { Outputs = 1 }, draw with { Width = 1 }, draw with { Width = draw.Width - 1 }, draw with { InputDimension = 1 },
            draw with { Kind = NumberKind.Whole },
        }.Where(smaller => smaller != draw && smaller.Width > 0));

    private HardNumbers Numbers => new(Kind, 1, 1, Seed);

    /// <summary>n × 𝔡.</summary>
    public T[] Inputs<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Numbers.Draw<T>("inputs", Samples * InputDimension);

    /// <summary>n × d.</summary>
    public T[] Targets<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Numbers.Draw<T>("targets", Samples * Outputs);

    /// <summary>The network.</summary>
    public FullyConnected<T> Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new FullyConnected<T>(InputDimension, Width, Depth, Outputs);
        for (var l = 0; l <= Depth + 1; l++)
        {
            var weights = network.Layer(l);
            weights.CopyFrom(Numbers.Draw<T>(l == 0 ? "A" : l <= Depth ? $"W{l}" : "B", weights.Rows * weights.Columns));
        }

        return network;
    }

    /// <summary>Exact passes of the drawn data through <paramref name="network"/>, at the weights that it has.</summary>
    internal ExactPasses Exact(Network<double> network) => new(DyadicNetwork.Of(network), Inputs<double>(), Targets<double>(), Samples);
}
