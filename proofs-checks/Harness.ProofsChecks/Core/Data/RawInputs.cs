using FsCheck;
using FsCheck.Fluent;

namespace Harness.ProofsChecks.Core.Data;

/// <summary>Raw samples as a file could hold them: n rows of finite numbers over many magnitudes, with repeated and zero rows among them.</summary>
internal sealed record RawInputs(int Count, int Dimension, double[] Values)
{
    /// <summary>Dimensions first when shrinking: fewer rows, then fewer columns, then rounder numbers.</summary>
    public static Arbitrary<RawInputs> Arbitrary { get; } = Arb.From(Generate(), Shrink);

    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * Dimension, Dimension);

    public override string ToString() => $"{Count} × {Dimension}: [{string.Join(", ", Values.Select(v => v.ToString("R")))}]";

    private static Gen<RawInputs> Generate() =>
        from n in Gen.Choose(1, 9)
        from dimension in Gen.Choose(1, 40)
        from exponent in Gen.Frequency((6, Gen.Choose(-3, 3)), (1, Gen.Choose(-1000, 1000)))
        from seed in Gen.Choose(0, int.MaxValue)
        select Draw(n, dimension, exponent, new Random(seed));

    private static RawInputs Draw(int n, int dimension, int exponent, Random random)
    {
        var values = new double[n * dimension];
        for (var i = 0; i < n; i++)
        {
            var row = values.AsSpan(i * dimension, dimension);
            if (i > 0 && random.Next(6) == 0)
            {
                values.AsSpan(random.Next(i) * dimension, dimension).CopyTo(row);
                continue;
            }

            var spread = random.Next(8) == 0 ? 0 : random.Next(8) == 0 ? 1e-9 : 1;
            foreach (ref var value in row)
            {
                value = Math.ScaleB(spread * ((2 * random.NextDouble()) - 1), exponent);
            }
        }

        return new(n, dimension, values);
    }

    private static IEnumerable<RawInputs> Shrink(RawInputs raw)
    {
        if (raw.Count > 1)
        {
            yield return new(raw.Count - 1, raw.Dimension, raw.Values[..^raw.Dimension]);
            yield return new(raw.Count - 1, raw.Dimension, raw.Values[raw.Dimension..]);
        }

        if (raw.Dimension > 1)
        {
            yield return new(raw.Count, raw.Dimension - 1, [.. Enumerable.Range(0, raw.Count).SelectMany(i => raw.Row(i)[1..].ToArray())]);
        }

        var rounded = raw.Values.Select(v => Math.Round(v, 1)).ToArray();
        if (!rounded.SequenceEqual(raw.Values))
        {
            yield return raw with { Values = rounded };
        }
    }
}
