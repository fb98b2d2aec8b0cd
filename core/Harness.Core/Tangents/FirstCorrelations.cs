using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Harness.Core.Numerics;

namespace Harness.Core.Tangents;

/// <summary>1 − c, c and 1 + c of two inputs: from their inner product, and from a difference or a sum where the angle is small or close to π and the inner product has lost it.</summary>
/// <remarks>
/// 1 ∓ c = ½‖x|y| ∓ y|x|‖²/(|x||y|)². Every coordinate is a difference of two products, known to a rounding or two of itself by Kahan's fused multiply-adds; the errors of the norms, of a few u, lie along x and so join as a square.
/// </remarks>
internal static class FirstCorrelations
{
    /// <summary>From this |c| on 1 − |c| comes from the difference. Below it the angle loses at most a factor of three to the rounding of c, as sin θ ≥ 0.34.</summary>
    private const double Close = 15.0 / 16;

    /// <summary>⟨x_j, x′_j′⟩ of some rows with all columns: a row has a vector of columns for each pair of positions.</summary>
    /// <param name="left">The rows' samples.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="right">The columns.</param>
    /// <param name="pairs">The pairs of positions.</param>
    /// <param name="channels">Numbers at a position.</param>
    /// <param name="products">rows × pairs × columns.</param>
    public static unsafe void Multiply(KernelSamples left, int row, int rows, KernelSamples right, PositionPairs pairs, int channels, Span<double> products)
    {
        fixed (double* result = products[..(rows * pairs.Count * right.Stride)])
        {
            for (var pair = 0; pair < pairs.Count; pair++)
            {
                var (j, other) = pairs[pair];
                fixed (double* a = right.Inputs(other), b = left.Inputs(j))
                {
                    var product = new Contraction<double>
                    {
                        A = a, AStep = right.Stride,
                        B = b + row, BRow = 1, BStep = left.Stride, BlockLength = channels, Length = channels,
                        C = result + (pair * right.Stride), CRow = pairs.Count * right.Stride,
                    };
                    product.Run(rows, right.Stride);
                }
            }
        }
    }

    /// <summary>Fills the triples of one row with all columns.</summary>
    /// <param name="products">Inner products, pairs × columns.</param>
    /// <param name="left">The row's samples.</param>
    /// <param name="row">The row.</param>
    /// <param name="right">The columns.</param>
    /// <param name="pairs">The pairs of positions.</param>
    /// <param name="channels">Numbers at a position.</param>
    /// <param name="state">Receives the triples.</param>
    public static void Refine(ReadOnlySpan<double> products, KernelSamples left, int row, KernelSamples right, PositionPairs pairs, int channels, KernelState state)
    {
        ref var inner = ref MemoryMarshal.GetReference(products);
        var (stride, close) = (right.Stride, Vector512.Create(Close));
        var (one, two, half) = (Vector512<double>.One, Vector512.Create(2.0), Vector512.Create(0.5));
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var (j, other) = pairs[pair];
            var (norm, inverse) = (Vector512.Create(left.Norms(j)[row]), Vector512.Create(left.InverseNorms(j)[row]));
            for (var i = 0; i < stride; i += 8)
            {
                var at = (nuint)((pair * stride) + i);
                var otherInverse = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(right.InverseNorms(other)), (nuint)i);
                var c = Vector512.LoadUnsafe(ref inner, at) * inverse * otherInverse;
                var (v, w) = (one - c, one + c);
                var refined = Vector512.GreaterThan(Vector512.Abs(c), close);
                if (refined != Vector512<double>.Zero)
                {
                    var otherNorm = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(right.Norms(other)), (nuint)i) ^ (c & Vector512.Create(-0.0));
                    var sum = Vector512<double>.Zero;
                    for (var k = 0; k < channels; k++)
                    {
                        var x = Vector512.Create(left.Inputs(j)[(k * left.Stride) + row]);
                        var y = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(right.Inputs(other)), (nuint)((k * stride) + i));
                        var product = y * norm;
                        var difference = (Vector512.FusedMultiplyAdd(x, otherNorm, -product) - Vector512.FusedMultiplyAdd(y, norm, -product)) * inverse * otherInverse;
                        sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
                    }

                    var q = half * sum;
                    var near = Vector512.GreaterThan(c, Vector512<double>.Zero);
                    v = Vector512.ConditionalSelect(refined, Vector512.ConditionalSelect(near, q, two - q), v);
                    w = Vector512.ConditionalSelect(refined, Vector512.ConditionalSelect(near, two - q, q), w);
                    c = Vector512.ConditionalSelect(refined, Vector512.ConditionalSelect(near, one - q, q - one), c);
                }

                v.StoreUnsafe(ref MemoryMarshal.GetReference(state.Versine), at);
                c.StoreUnsafe(ref MemoryMarshal.GetReference(state.Cosine), at);
                w.StoreUnsafe(ref MemoryMarshal.GetReference(state.Vercosine), at);
            }
        }
    }
}
