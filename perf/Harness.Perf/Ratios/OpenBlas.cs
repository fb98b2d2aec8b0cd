using System.Numerics;
using System.Runtime.InteropServices;

namespace Harness.Perf.Ratios;

/// <summary>The installed OpenBLAS (Debian: libopenblas0-pthread) with its own choice of kernels, by P/Invoke.</summary>
/// <remarks>All matrices row-major, as cblas allows; LAPACK's symmetric routines do not care.</remarks>
internal sealed unsafe partial class OpenBlas
{
    private const int RowMajor = 101, AsIs = 111, Transposed = 112, Lower = 122;

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;
    private readonly delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> dgemm;
    private readonly delegate* unmanaged<int, int, int, int, int, float, float*, int, float, float*, int, void> ssyrk;
    private readonly delegate* unmanaged<int, int, int, int, int, double, double*, int, double, double*, int, void> dsyrk;
    private readonly delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void> dsyevd;
    private readonly delegate* unmanaged<byte*, int*, double*, int*, int*, void> dpotrf;
    private readonly delegate* unmanaged<int, void> setThreads;

    private OpenBlas(nint library)
    {
        sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_sgemm");
        dgemm = (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)NativeLibrary.GetExport(library, "cblas_dgemm");
        ssyrk = (delegate* unmanaged<int, int, int, int, int, float, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_ssyrk");
        dsyrk = (delegate* unmanaged<int, int, int, int, int, double, double*, int, double, double*, int, void>)NativeLibrary.GetExport(library, "cblas_dsyrk");
        dsyevd = (delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void>)NativeLibrary.GetExport(library, "dsyevd_");
        dpotrf = (delegate* unmanaged<byte*, int*, double*, int*, int*, void>)NativeLibrary.GetExport(library, "dpotrf_");
        setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        var core = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_corename");
        var configuration = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_config");
        Description = $"{Marshal.PtrToStringUTF8((nint)configuration())?.Trim()}; core {Marshal.PtrToStringUTF8((nint)core())}";
    }

    /// <summary>Its configuration and the core that its kernels are for.</summary>
    public string Description { get; }

    /// <summary>Loads the library, or returns null where it is not installed.</summary>
    public static OpenBlas? TryLoad()
    {
        // An environment may name an older core than the machine's, which would handicap the peer. The library reads the variables when it is loaded.
        if (OperatingSystem.IsLinux())
        {
            _ = RemoveVariable("OPENBLAS_CORETYPE");
            _ = RemoveVariable("OPENBLAS_L2_SIZE");
        }

        return NativeLibrary.TryLoad("libopenblas.so.0", out var library) || NativeLibrary.TryLoad("openblas", out library) ? new(library) : null;
    }

    /// <summary>Threads of all further calls.</summary>
    public void SetThreads(int threads) => setThreads(threads);

    /// <summary>C = α · op(A) · op(B) + β · C with op(A) m × k and op(B) k × n.</summary>
    public void Multiply<T>(int m, int n, int k, T alpha, T[] a, bool transposeA, T[] b, bool transposeB, T beta, T[] c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (opA, opB) = (transposeA ? Transposed : AsIs, transposeB ? Transposed : AsIs);
        var (leadingA, leadingB) = (transposeA ? m : k, transposeB ? k : n);
        fixed (T* pa = a, pb = b, pc = c)
        {
            if (typeof(T) == typeof(float))
            {
                sgemm(RowMajor, opA, opB, m, n, k, float.CreateChecked(alpha), (float*)pa, leadingA, (float*)pb, leadingB, float.CreateChecked(beta), (float*)pc, n);
            }
            else
            {
                dgemm(RowMajor, opA, opB, m, n, k, double.CreateChecked(alpha), (double*)pa, leadingA, (double*)pb, leadingB, double.CreateChecked(beta), (double*)pc, n);
            }
        }
    }

    /// <summary>The lower triangle of K = XᵀX, X features × n.</summary>
    public void Gram<T>(T[] x, int features, int n, T[] k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, pk = k)
        {
            if (typeof(T) == typeof(float))
            {
                ssyrk(RowMajor, Lower, Transposed, n, features, 1, (float*)px, n, 0, (float*)pk, n);
            }
            else
            {
                dsyrk(RowMajor, Lower, Transposed, n, features, 1, (double*)px, n, 0, (double*)pk, n);
            }
        }
    }

    /// <summary>Eigenvalues, and with <paramref name="vectors"/> eigenvectors in place of A.</summary>
    public void Eigen(double[] a, int n, double[] values, bool vectors, ref double[] work, ref int[] integers)
    {
        var (job, triangle, info) = (vectors ? (byte)'V' : (byte)'N', (byte)'L', 0);
        if (work.Length == 0)
        {
            var (query, size, count) = (-1, 0.0, 0);
            fixed (double* pa = a, pv = values)
            {
                dsyevd(&job, &triangle, &n, pa, &n, pv, &size, &query, &count, &query, &info);
            }

            (work, integers) = (new double[(int)size], new int[count]);
        }

        var (length, lengthOfIntegers) = (work.Length, integers.Length);
        fixed (double* pa = a, pv = values, pw = work)
        fixed (int* pi = integers)
        {
            dsyevd(&job, &triangle, &n, pa, &n, pv, pw, &length, pi, &lengthOfIntegers, &info);
        }

        Require(info, "dsyevd");
    }

    /// <summary>Cholesky's factor in place of a triangle of A.</summary>
    public void Factor(double[] a, int n)
    {
        var (triangle, info) = ((byte)'L', 0);
        fixed (double* pa = a)
        {
            dpotrf(&triangle, &n, pa, &n, &info);
        }

        Require(info, "dpotrf");
    }

    private static void Require(int info, string routine)
    {
        if (info != 0)
        {
            throw new InvalidOperationException($"{routine} failed with info = {info}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveVariable(string name);
}
