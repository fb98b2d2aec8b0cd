using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Harness.Core.Numerics;

/// <summary>
/// A rows × columns matrix of trainable weights. How it lies in memory is its own affair: read and write it by element, row-major copy or product.
/// </summary>
/// <remarks>
/// Layout: panels of P rows (two 512-bit vectors: 16 doubles or 32 floats), each panel column by column, so that P consecutive rows of one
/// column are contiguous: <c>panel[⌊i/P⌋][j][i mod P]</c>. All three products of a training step then read it in place, without packing. Rows of the
/// last panel beyond the matrix are storage only and never reach a result.
/// <para>Memory: one array of the pinned object heap, from its first 64-byte boundary on. Pinned, so that the alignment lasts; an array, so that it is zeroed, counted and
/// freed by the garbage collector and needs no finaliser.</para>
/// <para>An instance may be read by many threads at once; writing is for one.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class Weights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Alignment = 64;

    private readonly T[] storage;
    private readonly int origin;
    private T[] transposed = [];

    /// <summary>The zero matrix.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Number of columns, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or the matrix exceeds the largest array.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public unsafe Weights(int rows, int columns)
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
        {
            throw new NotSupportedException($"Weights are float or double, not {typeof(T).Name}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (Rows, Columns) = (rows, columns);
        var length = ((long)PanelCount * columns * PanelRows) + (Alignment / sizeof(T));
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"A {rows} × {columns} matrix exceeds the largest array ({Array.MaxLength} elements).");
        }

        storage = GC.AllocateArray<T>((int)length, pinned: true);
        HugePages.AdviseOn(Unsafe.AsPointer(ref storage[0]), (nuint)storage.Length * (nuint)sizeof(T));
        var address = (nuint)Unsafe.AsPointer(ref storage[0]);
        origin = (int)(((address + Alignment - 1) / Alignment * Alignment) - address) / sizeof(T);
    }

    /// <summary>Rows in a panel.</summary>
    private static unsafe int PanelRows => 2 * Alignment / sizeof(T);

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    private int PanelCount => (Rows + PanelRows - 1) / PanelRows;

    /// <summary>Elements between the starts of two panels.</summary>
    private nint PanelStride => (nint)Columns * PanelRows;

    private Span<T> Elements => storage.AsSpan(origin, checked((int)(PanelCount * PanelStride)));

    /// <summary>W[row, column].</summary>
    /// <param name="row">Zero-based row.</param>
    /// <param name="column">Zero-based column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The element lies outside the matrix.</exception>
    public T this[int row, int column]
    {
        get => storage[IndexOf(row, column)];
        set => storage[IndexOf(row, column)] = value;
    }

    private int RowsOfPanel(int panel) => Math.Min(PanelRows, Rows - (panel * PanelRows));

    private int IndexOf(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
        return origin + (int)((row / PanelRows * PanelStride) + ((nint)column * PanelRows) + (row % PanelRows));
    }

    /// <summary>Copies the matrix row by row.</summary>
    /// <param name="rowMajor">Receives rows × columns elements.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void CopyTo(Span<T> rowMajor)
    {
        RequireSize(rowMajor.Length);
        var elements = Elements;
        for (var (i, source) = (0, 0); i < Rows; i++)
        {
            source = (int)((i / PanelRows * PanelStride) + (i % PanelRows));
            var row = rowMajor.Slice(i * Columns, Columns);
            for (var j = 0; j < row.Length; j++, source += PanelRows)
            {
                row[j] = elements[source];
            }
        }
    }

    /// <summary>Sets the matrix from its rows.</summary>
    /// <param name="rowMajor">rows × columns elements.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void CopyFrom(ReadOnlySpan<T> rowMajor)
    {
        RequireSize(rowMajor.Length);
        var elements = Elements;
        for (var i = 0; i < Rows; i++)
        {
            SetRow(elements, i, 0, rowMajor.Slice(i * Columns, Columns));
        }
    }

    /// <summary>Sets the matrix to another of the same shape.</summary>
    /// <param name="other">The matrix to copy.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(Weights<T> other)
    {
        RequireShape(other);
        other.Elements.CopyTo(Elements);
    }

    /// <summary>Copies the matrix into a tensor of shape [rows, columns] with any strides.</summary>
    /// <param name="matrix">Receives the matrix.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void CopyTo(in TensorSpan<T> matrix)
    {
        RequireShape(matrix.Lengths);
        for (nint i = 0; i < Rows; i++)
        {
            for (nint j = 0; j < Columns; j++)
            {
                matrix[i, j] = this[(int)i, (int)j];
            }
        }
    }

    /// <summary>Sets the matrix from a tensor of shape [rows, columns] with any strides.</summary>
    /// <param name="matrix">The matrix to copy.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void CopyFrom(in ReadOnlyTensorSpan<T> matrix)
    {
        RequireShape(matrix.Lengths);
        for (nint i = 0; i < Rows; i++)
        {
            for (nint j = 0; j < Columns; j++)
            {
                this[(int)i, (int)j] = matrix[i, j];
            }
        }
    }

    /// <summary>Draws every element from N(0, σ²): element (i, j) is draw number i · columns + j of the stream, whatever the layout.</summary>
    /// <param name="stream">The random stream.</param>
    /// <param name="standardDeviation">σ.</param>
    public void FillGaussian(RandomStream stream, T standardDeviation) => FillGaussian(stream, double.CreateTruncating(standardDeviation));

    /// <summary>The same with σ in double, so that float weights are the rounded double weights, element by element.</summary>
    /// <param name="stream">The random stream.</param>
    /// <param name="standardDeviation">σ.</param>
    [SkipLocalsInit]
    public void FillGaussian(RandomStream stream, double standardDeviation)
    {
        Span<T> draws = stackalloc T[256];
        var elements = Elements;
        for (var panel = 0; panel < PanelCount; panel++)
        {
            for (var column = 0; column < Columns; column += draws.Length)
            {
                // All rows of a panel in turn for one stretch of columns: the cache lines they share are filled while they are near.
                var stretch = draws[..Math.Min(draws.Length, Columns - column)];
                for (var i = panel * PanelRows; i < (panel * PanelRows) + RowsOfPanel(panel); i++)
                {
                    stream.FillGaussian(stretch, standardDeviation, ((ulong)i * (ulong)Columns) + (ulong)column);
                    SetRow(elements, i, column, stretch);
                }
            }
        }
    }

    private void SetRow(Span<T> elements, int row, int firstColumn, ReadOnlySpan<T> values)
    {
        var destination = (int)((row / PanelRows * PanelStride) + ((nint)firstColumn * PanelRows) + (row % PanelRows));
        for (var j = 0; j < values.Length; j++, destination += PanelRows)
        {
            elements[destination] = values[j];
        }
    }

    private void RequireSize(int length)
    {
        if (length != (long)Rows * Columns)
        {
            throw new ArgumentException($"A {Rows} × {Columns} matrix has {(long)Rows * Columns} elements; the span has {length}.");
        }
    }

    private void RequireShape(Weights<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Rows != Rows || other.Columns != Columns)
        {
            throw new ArgumentException($"The matrices differ in shape: {Rows} × {Columns} and {other.Rows} × {other.Columns}.", nameof(other));
        }
    }

    private void RequireShape(ReadOnlySpan<nint> lengths)
    {
        if (lengths.Length != 2 || lengths[0] != Rows || lengths[1] != Columns)
        {
            throw new ArgumentException($"The tensor's shape is not [{Rows}, {Columns}].");
        }
    }
}
