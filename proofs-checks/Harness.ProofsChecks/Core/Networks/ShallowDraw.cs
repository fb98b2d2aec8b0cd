using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>A two-layer network with its batch, named by its dimensions and a seed; widths lie on both sides of one and of two blocks.</summary>
/// <param name="Samples">n.</param>
/// <param name="InputDimension">𝔡.</param>
/// <param name="Width">m.</param>
/// <param name="Seed">Everything is drawn from it, the activation too: the rectifier in half of the cases.</param>
public sealed record ShallowDraw(int Samples, int InputDimension, int Width, int Seed)
{
    /// <summary>Networks of every shape.</summary>
    public static Arbitrary<ShallowDraw> Any { get; } = Arb.From(
        from n in Gen.Choose(1, 9)
        from dx in Gen.Choose(1, 5)
        from m in Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(510, 514), Gen.Choose(1020, 1040))
        from seed in Gen.Choose(0, 1_000_000)
        select new ShallowDraw(n, dx, m, seed),
        Smaller);

    private static IEnumerable<ShallowDraw> Smaller(ShallowDraw draw)
    {
        if (draw.Samples > 1) { yield return draw with { Samples = 1 }; yield return draw with { Samples = draw.Samples - 1 }; }
        if (draw.Width > 1) { yield return draw with { Width = draw.Width / 2 }; yield return draw with { Width = draw.Width - 1 }; }
        if (draw.InputDimension > 1) { yield return draw with { InputDimension = 1 }; }
    }

    /// <summary>The rectifier, or one of two and three breakpoints or with two slopes, none of them exact in binary.</summary>
    public PiecewiseAffine Activation => (Seed % 6) switch
    {
        0 => PiecewiseAffine.WithSlopes(0.1, 1),
        1 => PiecewiseAffine.AbsoluteValue,
        2 => new([-0.7, 0.3, 1.1], [0.2, -1.3, 0.9, 0.1]),
        _ => PiecewiseAffine.Rectifier,
    };

    /// <summary>The network at random initialisation.</summary>
    public ShallowNetwork<double> Network()
    {
        var network = new ShallowNetwork<double>(InputDimension, Width, Activation);
        network.Initialise(RandomStream.FromSeed((ulong)Seed).Derive("weights"));
        return network;
    }

    /// <summary>Standard normal inputs, n × 𝔡.</summary>
    public double[] Inputs() => Normals("inputs", Samples * InputDimension);

    /// <summary>Standard normal targets, n.</summary>
    public double[] Targets() => Normals("targets", Samples);

    private double[] Normals(string purpose, int count)
    {
        var values = new double[count];
        RandomStream.FromSeed((ulong)Seed).Derive(purpose).FillGaussian<double>(values, 1);
        return values;
    }
}
