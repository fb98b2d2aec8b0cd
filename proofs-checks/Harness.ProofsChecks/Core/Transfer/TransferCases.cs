using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Transfer;

namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>A model with bounds of its biases: numbers with few digits, so that rational arithmetic on them stays short; zero, repeated and infinite bounds among them.</summary>
internal sealed record TransferCase(int Dimension, double[] Sizes, double[] Biases)
{
    /// <summary>Up to <paramref name="most"/> sources; shrinks by taking sources away.</summary>
    public static Arbitrary<TransferCase> UpTo(int most) => Arb.From(
        from sources in Gen.Choose(0, most)
        from dimension in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 9)))
        from sizes in Gen.ArrayOf(Size, sources + 1)
        from biases in Gen.ArrayOf(Bias, sources)
        select new TransferCase(dimension, sizes, biases),
        Shrink);

    public TransferModel Model => new(Dimension, Sizes);

    private static Gen<double> Size => from digits in Gen.Choose(1, 999) from exponent in Gen.Choose(-6, 12) select Math.ScaleB(digits, exponent);

    private static Gen<double> Bias => Gen.Frequency(
        (6, from digits in Gen.Choose(1, 999) from exponent in Gen.Choose(-20, 2) select Math.ScaleB(digits, exponent)),
        (2, Gen.Elements(0.0, 0.125, 0.125)),
        (1, Gen.Constant(double.PositiveInfinity)));

    public override string ToString() => $"d = {Dimension}, n = [{string.Join(", ", Sizes)}], h = [{string.Join(", ", Biases)}]";

    private static IEnumerable<TransferCase> Shrink(TransferCase whole)
    {
        for (var k = 0; k < whole.Biases.Length; k++)
        {
            yield return whole with { Sizes = [.. whole.Sizes.Where((_, i) => i != k + 1)], Biases = [.. whole.Biases.Where((_, i) => i != k)] };
        }

        if (whole.Dimension > 1)
        {
            yield return whole with { Dimension = 1 };
        }
    }
}
