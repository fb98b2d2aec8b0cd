namespace Harness.Claims.Fuzzing;

/// <summary>Smaller cases that a failing one may be reduced to: without a sample, neuron, coordinate or layer; with simpler numbers.</summary>
public static class Shrinking
{
    /// <summary>Cases that are smaller than this one, those that are smaller by most first. The remaining numbers are kept, so that a failure has a chance to survive.</summary>
    public static IEnumerable<FuzzCase> Smaller(FuzzCase instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return WithoutALayer(instance).Concat(WithoutAnIndex(instance)).Concat(WithASimplerNumber(instance));
    }

    /// <summary>The end of a greedy descent through <see cref="Smaller"/>: a case that fails too while nothing smaller does.</summary>
    public static FuzzCase Minimise(FuzzCase instance, Func<FuzzCase, bool> fails)
    {
        ArgumentNullException.ThrowIfNull(fails);
        while (Smaller(instance).FirstOrDefault(fails) is { } smaller)
        {
            instance = smaller;
        }

        return instance;
    }

    private static IEnumerable<FuzzCase> WithoutALayer(FuzzCase instance) =>
        from operand in instance.Operands
        where operand is { RowAxis: Axis.Width, ColumnAxis: Axis.Width } && instance.Operands.Count(o => o is { RowAxis: Axis.Width, ColumnAxis: Axis.Width }) > 1
        select instance.With(instance.Operands.Where(o => o != operand));

    private static IEnumerable<FuzzCase> WithoutAnIndex(FuzzCase instance) =>
        from axis in Enum.GetValues<Axis>()
        where axis != Axis.Single
        from index in Enumerable.Range(0, Length(instance, axis))
        where Length(instance, axis) > 1
        select instance.With(instance.Operands.Select(o => Without(o, axis, index)));

    private static IEnumerable<FuzzCase> WithASimplerNumber(FuzzCase instance) =>
        from which in Enumerable.Range(0, instance.Operands.Length)
        let operand = instance.Operands[which]
        from at in Enumerable.Range(0, operand.Elements.Length)
        from simpler in Simpler(operand.Elements[at])
        select instance.With(instance.Operands.Select((o, i) => i == which ? With(o, at, simpler) : o));

    /// <summary>Zero, one of its sign, fewer significant bits, and of a power of two one nearer to one: each is simpler, so a descent ends. No sign changes, so a radius stays one.</summary>
    private static IEnumerable<double> Simpler(double x)
    {
        const int Fraction = 52;
        var (one, bits) = (Math.CopySign(1, x), BitConverter.DoubleToInt64Bits(x));
        return x == 0 ? []
            : x == one ? [0]
            : Without(Fraction) == x ? [0, one, Math.CopySign(Math.ScaleB(1, Math.ILogB(x) / 2), x)]
            : new[] { 0, one, Without(Fraction), Without(Fraction / 2), BitConverter.Int64BitsToDouble(bits & (bits - 1)) }.Where(y => y != x).Distinct();

        double Without(int lastBits) => BitConverter.Int64BitsToDouble(bits >> lastBits << lastBits);
    }

    private static int Length(FuzzCase instance, Axis axis) =>
        instance.Operands.Max(o => o.RowAxis == axis ? o.Rows : o.ColumnAxis == axis ? o.Columns : 0);

    private static Operand With(Operand operand, int at, double value)
    {
        var elements = (double[])operand.Elements.Clone();
        elements[at] = value;
        return operand with { Elements = elements };
    }

    private static Operand Without(Operand operand, Axis axis, int index)
    {
        var (row, column) = (operand.RowAxis == axis ? index : -1, operand.ColumnAxis == axis ? index : -1);
        return row < 0 && column < 0 ? operand : operand with
        {
            Rows = operand.Rows - (row < 0 ? 0 : 1),
            Columns = operand.Columns - (column < 0 ? 0 : 1),
            Elements = [.. operand.Elements.Where((_, at) => at / operand.Columns != row && at % operand.Columns != column)],
        };
    }
}
