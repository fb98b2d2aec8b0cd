using System.Numerics;
using System.Numerics.Tensors;

namespace Harness.Core.Numerics;

/// <summary>Gram matrices of a batch of n vectors: K[i, j] = ⟨xᵢ, xⱼ⟩.</summary>
/// <remarks>
/// The batch is feature-major: feature f occupies n contiguous elements at f · stride. K is n × n row-major and symmetric to the bit: every element sums
/// over features in ascending order by fused multiply-add. |computed − exact| ≤ γ_F Σ_f |X[f, i]X[f, j]|, F the number of features.
/// </remarks>
public static class GramMatrix
{
    /// <summary>K = XᵀX.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">X, features × n, feature-major.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="n">Number of vectors.</param>
    /// <param name="stride">Elements between two features, at least n.</param>
    /// <param name="k">Receives K, n × n row-major.</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    public static void Compute<T>(ReadOnlySpan<T> x, int features, int n, int stride, Span<T> k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(x, features, n, stride, k);

    /// <summary>K += A ∘ B, element by element, each rounded once: how a layer's two Gram matrices enter a neural tangent kernel.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">A, n × n.</param>
    /// <param name="b">B, n × n.</param>
    /// <param name="k">K, n × n.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddHadamard<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Length != k.Length || b.Length != k.Length)
        {
            throw new ArgumentException($"The three matrices must have one size; got {a.Length}, {b.Length} and {k.Length} elements.");
        }

        TensorPrimitives.FusedMultiplyAdd(a, b, k, k);
    }

    /// <summary>Vectors up to which X is read as it lies: a few columns of it stay in the first-level cache.</summary>
    private const int DirectlyReadable = 64;

    private static unsafe void Run<T>(ReadOnlySpan<T> x, int features, int n, int stride, Span<T> k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, n);
        if (k.Length != (long)n * n || (features > 0 && x.Length < ((long)(features - 1) * stride) + n))
        {
            throw new ArgumentException($"{features} features of {n} vectors at stride {stride} and their {n} × {n} Gram matrix do not fit spans of {x.Length} and {k.Length} elements.");
        }

        fixed (T* xs = x, ks = k)
        {
            var product = new Contraction<T>
            {
                A = xs, AStep = stride,
                B = xs, BRow = 1, BStep = stride, BlockLength = features, Length = features, PackB = n > DirectlyReadable,
                C = ks, CRow = n, LowerTriangle = true,
            };
            product.Run(n, n);
        }

        SymmetricMatrix.MirrorLower(k, n);
    }
}
