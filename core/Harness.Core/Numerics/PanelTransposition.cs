using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Harness.Core.Threads;

namespace Harness.Core.Numerics;

/// <summary>
/// A feature-major batch D as columns: panel p holds D[p · P + i, s] at s · P + i, P the rows of a panel of weights, so that P features of one sample fill vector lanes. Rows beyond D are zero.
/// </summary>
internal unsafe struct PanelTransposition<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T* D;
    public nint Stride;
    public int Rows;
    public int Columns;
    public int PanelRows;
    public T* Panels;

    /// <summary>Transposes one member's panels.</summary>
    public readonly void Execute(int member, int count)
    {
        var (first, last) = Partition.Of((Rows + PanelRows - 1) / PanelRows, 1, member, count);
        for (var panel = first; panel < last; panel++)
        {
            var to = Panels + ((nint)panel * PanelRows * Columns);
            for (var i = 0; i < PanelRows; i += 4)
            {
                var row = (panel * PanelRows) + i;
                FourRows(D + (row * Stride), Math.Clamp(Rows - row, 0, 4), to + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FourRows(T* from, int rows, T* to)
    {
        nint s = 0;
        if (rows == 4)
        {
            for (; s <= Columns - 4 && Square(from + s, Stride, to + (s * PanelRows), PanelRows); s += 4)
            {
            }
        }

        for (; s < Columns; s++)
        {
            for (var i = 0; i < 4; i++)
            {
                to[(s * PanelRows) + i] = i < rows ? from[(i * Stride) + s] : T.Zero;
            }
        }
    }

    /// <summary>Transposes a square of 4 × 4 in registers; false where the hardware cannot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Square(T* from, nint fromRow, T* to, nint toRow)
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            var (a, b) = (Vector128.Load((float*)from), Vector128.Load((float*)(from + fromRow)));
            var (c, d) = (Vector128.Load((float*)(from + (2 * fromRow))), Vector128.Load((float*)(from + (3 * fromRow))));
            var (abLow, abHigh, cdLow, cdHigh) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b), Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
            Sse.MoveLowToHigh(abLow, cdLow).Store((float*)to);
            Sse.MoveHighToLow(cdLow, abLow).Store((float*)(to + toRow));
            Sse.MoveLowToHigh(abHigh, cdHigh).Store((float*)(to + (2 * toRow)));
            Sse.MoveHighToLow(cdHigh, abHigh).Store((float*)(to + (3 * toRow)));
            return true;
        }

        if (typeof(T) == typeof(double) && Avx.IsSupported)
        {
            var (a, b) = (Vector256.Load((double*)from), Vector256.Load((double*)(from + fromRow)));
            var (c, d) = (Vector256.Load((double*)(from + (2 * fromRow))), Vector256.Load((double*)(from + (3 * fromRow))));
            var (abEven, abOdd, cdEven, cdOdd) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
            Avx.Permute2x128(abEven, cdEven, 0x20).Store((double*)to);
            Avx.Permute2x128(abOdd, cdOdd, 0x20).Store((double*)(to + toRow));
            Avx.Permute2x128(abEven, cdEven, 0x31).Store((double*)(to + (2 * toRow)));
            Avx.Permute2x128(abOdd, cdOdd, 0x31).Store((double*)(to + (3 * toRow)));
            return true;
        }

        return false;
    }
}
