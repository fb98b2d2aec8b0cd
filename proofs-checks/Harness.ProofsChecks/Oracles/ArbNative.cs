using System.Runtime.InteropServices;

namespace Harness.ProofsChecks.Oracles;

/// <summary>Arb, ball arithmetic of arbitrary precision (F. Johansson, IEEE Trans. Comput. 66 (2017)), as Debian's libflint-arb2 ships it: the functions that the second oracle calls.</summary>
/// <remarks>
/// arb_t is a pointer to 48 bytes (midpoint of 32, radius of 16), arb_mat_t to 32; both are opaque here but for their sizes. slong is 64 bits wide on every platform that Debian has the package and .NET for.
/// </remarks>
internal static unsafe partial class ArbNative
{
    public const string Package = "libflint-arb2", Library = "libflint-arb.so.2";

    public const int SizeOfReal = 48, SizeOfMatrix = 32;

    [LibraryImport(Library, EntryPoint = "_arb_vec_init")]
    public static partial nint VectorInit(long length);

    [LibraryImport(Library, EntryPoint = "_arb_vec_clear")]
    public static partial void VectorClear(nint vector, long length);

    [LibraryImport(Library, EntryPoint = "arb_set")]
    public static partial void Set(nint result, nint x);

    [LibraryImport(Library, EntryPoint = "arb_set_d")]
    public static partial void SetDouble(nint result, double x);

    [LibraryImport(Library, EntryPoint = "arb_add")]
    public static partial void Add(nint result, nint x, nint y, long precision);

    [LibraryImport(Library, EntryPoint = "arb_sub")]
    public static partial void Subtract(nint result, nint x, nint y, long precision);

    [LibraryImport(Library, EntryPoint = "arb_mul")]
    public static partial void Multiply(nint result, nint x, nint y, long precision);

    [LibraryImport(Library, EntryPoint = "arb_div")]
    public static partial void Divide(nint result, nint x, nint y, long precision);

    [LibraryImport(Library, EntryPoint = "arb_pow")]
    public static partial void Power(nint result, nint x, nint y, long precision);

    [LibraryImport(Library, EntryPoint = "arb_abs")]
    public static partial void Abs(nint result, nint x);

    [LibraryImport(Library, EntryPoint = "arb_get_mid_arb")]
    public static partial void Midpoint(nint result, nint x);

    [LibraryImport(Library, EntryPoint = "arb_get_rad_arb")]
    public static partial void Radius(nint result, nint x);

    [LibraryImport(Library, EntryPoint = "arb_add_error")]
    public static partial void AddError(nint x, nint error);

    [LibraryImport(Library, EntryPoint = "arb_sqrt")]
    public static partial void Sqrt(nint result, nint x, long precision);

    [LibraryImport(Library, EntryPoint = "arb_exp")]
    public static partial void Exp(nint result, nint x, long precision);

    [LibraryImport(Library, EntryPoint = "arb_log")]
    public static partial void Log(nint result, nint x, long precision);

    [LibraryImport(Library, EntryPoint = "arb_acos")]
    public static partial void Acos(nint result, nint x, long precision);

    [LibraryImport(Library, EntryPoint = "arb_hypgeom_erfc")]
    public static partial void ComplementaryErrorFunction(nint result, nint x, long precision);

    [LibraryImport(Library, EntryPoint = "arb_const_pi")]
    public static partial void Pi(nint result, long precision);

    [LibraryImport(Library, EntryPoint = "arb_dot")]
    public static partial void Dot(nint result, nint initial, int subtract, nint x, long stepOfX, nint y, long stepOfY, long length, long precision);

    [LibraryImport(Library, EntryPoint = "arb_is_positive")]
    public static partial int IsPositive(nint x);

    [LibraryImport(Library, EntryPoint = "arb_is_negative")]
    public static partial int IsNegative(nint x);

    [LibraryImport(Library, EntryPoint = "arb_is_nonpositive")]
    public static partial int IsNonpositive(nint x);

    [LibraryImport(Library, EntryPoint = "arb_mat_init")]
    public static partial void MatrixInit(void* matrix, long rows, long columns);

    [LibraryImport(Library, EntryPoint = "arb_mat_clear")]
    public static partial void MatrixClear(void* matrix);

    [LibraryImport(Library, EntryPoint = "arb_mat_entry_ptr")]
    public static partial nint MatrixEntry(void* matrix, long row, long column);

    [LibraryImport(Library, EntryPoint = "arb_mat_cho")]
    public static partial int MatrixCholesky(void* factor, void* matrix, long precision);
}
