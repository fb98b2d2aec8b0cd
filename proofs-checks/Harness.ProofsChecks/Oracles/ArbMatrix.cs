using System.Runtime.InteropServices;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Positive definiteness of a symmetric matrix of balls, proven by Arb's Cholesky factorisation.</summary>
internal static unsafe class ArbMatrix
{
    /// <summary>Whether every symmetric matrix K with entries in the balls has K − shift·I positive definite, as far as this precision can tell.</summary>
    /// <param name="k">n × n, row-major.</param>
    /// <param name="n">Order.</param>
    /// <param name="shift">A bound to be proven below every eigenvalue.</param>
    public static bool IsAbove(ArbBall[] k, int n, double shift)
    {
        var matrices = (byte*)NativeMemory.AllocZeroed(2 * ArbNative.SizeOfMatrix);
        byte* matrix = matrices, factor = matrices + ArbNative.SizeOfMatrix;
        ArbNative.MatrixInit(matrix, n, n);
        ArbNative.MatrixInit(factor, n, n);
        try
        {
            for (var at = 0; at < n * n; at++)
            {
                var entry = at % (n + 1) == 0 ? k[at] - shift : k[at];
                ArbNative.Set(ArbNative.MatrixEntry(matrix, at / n, at % n), entry.Address);
                GC.KeepAlive(entry);
            }

            return ArbNative.MatrixCholesky(factor, matrix, ArbVector.Precision) != 0;
        }
        finally
        {
            ArbNative.MatrixClear(factor);
            ArbNative.MatrixClear(matrix);
            NativeMemory.Free(matrices);
        }
    }
}
