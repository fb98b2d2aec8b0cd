using System.Numerics;
using System.Runtime.InteropServices;

namespace Harness.Core.Threads;

/// <summary>
/// Where a thread may run that another one wakes up: on every core of the process but the waker's. Linux likes to put it on the waker's own, in the belief that who wakes another will soon
/// sleep; two threads that both compute then share one core for tens of milliseconds while another is idle.
/// </summary>
/// <remarks>A hint, taken on Linux only; wherever the system refuses it, nothing changes.</remarks>
internal static unsafe partial class OtherCores
{
    /// <summary>Words of a mask of 1024 cores, glibc's cpu_set_t.</summary>
    private const int Words = 16;

    private static readonly ulong[]? Allowed = ReadAllowed();

    /// <summary>The calling thread's number in the system; 0 where there is nothing to do with it.</summary>
    public static int CurrentThread() => Allowed is null ? 0 : ThreadNumber();

    /// <summary>Keeps a thread that is about to be woken off the calling thread's core.</summary>
    /// <param name="thread">A number from <see cref="CurrentThread"/>.</param>
    public static void Leave(int thread)
    {
        if (Allowed is null || thread == 0)
        {
            return;
        }

        var core = CurrentCore();
        if (core < 0 || core >= Words * 64)
        {
            return;
        }

        var mask = stackalloc ulong[Words];
        Allowed.CopyTo(new Span<ulong>(mask, Words));
        mask[core / 64] &= ~(1UL << (core % 64));
        _ = SetAffinity(thread, Words * sizeof(ulong), mask);
    }

    /// <summary>The cores of the process, where there are several and the system tells them.</summary>
    private static ulong[]? ReadAllowed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var (mask, cores) = (new ulong[Words], 0);
            fixed (ulong* words = mask)
            {
                if (GetAffinity(0, Words * sizeof(ulong), words) < 0 || ThreadNumber() <= 0 || CurrentCore() < 0)
                {
                    return null;
                }
            }

            foreach (var word in mask)
            {
                cores += BitOperations.PopCount(word);
            }

            return cores > 1 ? mask : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without these calls.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThreadNumber();

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    private static partial int CurrentCore();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
