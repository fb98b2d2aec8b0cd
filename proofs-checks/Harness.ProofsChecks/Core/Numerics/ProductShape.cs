using FsCheck;
using FsCheck.Fluent;

namespace Harness.ProofsChecks.Core.Numerics;

/// <summary>The shape of a random matrix product: dimensions, a batch with padding between its features, and the seed of the elements.</summary>
public sealed record ProductShape(int Rows, int Columns, int Batch, int Padding, int Seed)
{
    /// <summary>Elements between two features.</summary>
    public int Stride => Batch + Padding;

    /// <summary>
    /// Sizes around every boundary of panel, tile and vector and at random between; shrinks one dimension at a time, by halves and then by one, the padding last.
    /// </summary>
    public static Arbitrary<ProductShape> Arbitrary { get; } = Arb.From(
        from rows in Size
        from columns in Size
        from batch in Size
        from padding in Gen.Elements(0, 0, 1, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select new ProductShape(rows, columns, batch, padding, seed),
        Shrink);

    private static Gen<int> Size => Gen.OneOf(Gen.Elements(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100), Gen.Choose(0, 90));

    private static IEnumerable<ProductShape> Shrink(ProductShape shape) =>
        Smaller(shape.Rows).Select(rows => shape with { Rows = rows })
            .Concat(Smaller(shape.Columns).Select(columns => shape with { Columns = columns }))
            .Concat(Smaller(shape.Batch).Select(batch => shape with { Batch = batch }))
            .Concat(Smaller(shape.Padding).Select(padding => shape with { Padding = padding }));

    private static IEnumerable<int> Smaller(int size) => size switch { 0 => [], 1 => [0], _ => [size / 2, size - 1] };
}
