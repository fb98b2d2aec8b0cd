using Harness.Core.Numerics;

namespace Harness.Claims.Fuzzing;

/// <summary>Draws the shapes and operands of one case from its stream.</summary>
internal sealed class CaseDraws
{
    /// <summary>One dimension in so many is beyond what fits a vector or a register tile; most are small, because small networks fail as well as large ones and exact arithmetic gets through more of them.</summary>
    private const int LargeInverseShare = 64;

    private readonly RandomStream stream;
    private readonly NumberSource numbers;
    private ulong words;
    private ulong operands;

    /// <param name="key">Names the case.</param>
    /// <param name="takesSingle">Whether the target computes in float too.</param>
    public CaseDraws(FuzzKey key, bool takesSingle)
    {
        stream = RandomStream.FromSeed(key.Seed).Derive("fuzz").Derive(key.Target).Derive((ulong)key.Index);
        IsSingle = takesSingle && Integer(2) == 1;
        Kind = (NumberKind)Integer((int)NumberKind.Mixed + 1);
        numbers = new(Kind, IsSingle, 1 + Integer(6));
    }

    /// <summary>What the numbers are like.</summary>
    public NumberKind Kind { get; }

    /// <summary>True for floats.</summary>
    public bool IsSingle { get; }

    /// <summary>A whole number from zero up, below the bound.</summary>
    public int Integer(int exclusiveBound) => stream.Integer(words++, exclusiveBound);

    /// <summary>1 … small, or now and then large.</summary>
    public int Dimension(int small, int large) => Integer(LargeInverseShare) == 0 ? large : 1 + Integer(small);

    /// <summary>Numbers of the kind.</summary>
    public Operand Numbers(string name, Axis rowAxis, int rows, Axis columnAxis, int columns) => Fill(name, rowAxis, rows, columnAxis, columns, numbers.At);

    /// <summary>Radii: as hard as the numbers, and a quarter of them zero.</summary>
    public Operand Radii(string name, Axis rowAxis, int rows, Axis columnAxis, int columns)
    {
        var scales = stream.Derive(operands++);
        return Fill(name, rowAxis, rows, columnAxis, columns, (source, at) =>
        {
            var radius = Math.ScaleB(Math.Abs(numbers.At(source, at)), -scales.Integer(2 * (ulong)at, 30));
            return scales.Integer((2 * (ulong)at) + 1, 4) == 0 ? 0 : IsSingle ? (float)radius : radius;
        });
    }

    /// <summary>Places within balls, in eighths of a radius from the midpoint: two thirds of them ends or the midpoint.</summary>
    public Operand Places(string name, Axis rowAxis, int rows, Axis columnAxis, int columns) => Fill(
        name, rowAxis, rows, columnAxis, columns,
        (source, at) => source.Integer(2 * (ulong)at, 3) == 0 ? source.Integer((2 * (ulong)at) + 1, 17) - 8 : 8 * (source.Integer((2 * (ulong)at) + 1, 3) - 1));

    /// <summary>A choice between so many things, as an operand that shrinks towards the first.</summary>
    public Operand Choice(string name, int count) => new(name, Axis.Single, Axis.Single, 1, 1, [Integer(count)]);

    private Operand Fill(string name, Axis rowAxis, int rows, Axis columnAxis, int columns, Func<RandomStream, int, double> element)
    {
        var (source, elements) = (stream.Derive(operands++), new double[rows * columns]);
        for (var at = 0; at < elements.Length; at++)
        {
            elements[at] = element(source, at);
        }

        return new(name, rowAxis, columnAxis, rows, columns, elements);
    }
}
