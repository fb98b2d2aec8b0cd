using System.Runtime.InteropServices;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Arb's real balls in a row, at a working precision of 3072 bits; freed by the garbage collector or sooner.</summary>
internal sealed class ArbVector : SafeHandle
{
    /// <summary>
    /// Bits of the midpoints: enough for 100 layers of the printed kernel recursion at an angle of 4·10⁻⁸, whose balls grow by 2/(πθ) = 2²⁴ a layer, and to tell 1 + x from 1 for the smallest x.
    /// Networks do not become slower for it: sums of products of doubles are exact and short.
    /// </summary>
    public const long Precision = 3072;

    /// <summary>Zeros.</summary>
    public ArbVector(int length)
        : base(0, ownsHandle: true)
    {
        Length = length;
        SetHandle(ArbNative.VectorInit(length));
    }

    /// <summary>Numbers, exactly.</summary>
    public ArbVector(ReadOnlySpan<double> values)
        : this(values.Length)
    {
        for (var i = 0; i < values.Length; i++)
        {
            ArbNative.SetDouble(this[i], values[i]);
        }
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The arb_t of an element; valid as long as the vector is.</summary>
    public nint this[int i] => handle + (i * ArbNative.SizeOfReal);

    /// <summary>xᵀy over <paramref name="length"/> elements from <paramref name="start"/> of this vector in steps of <paramref name="step"/>.</summary>
    public ArbBall Dot(int start, int step, ArbVector y, int length)
    {
        var result = new ArbBall();
        ArbNative.Dot(result.Address, 0, 0, this[start], step, y[0], 1, length, Precision);
        GC.KeepAlive(this);
        GC.KeepAlive(y);
        return result;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        ArbNative.VectorClear(handle, Length);
        return true;
    }
}
