using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Harness.Perf.Ratios;

/// <summary>
/// Time in seconds. Work of one thread is timed by the processor time of that thread, which neighbours that take the core away do not lengthen (those that take the shared cache do);
/// work of several threads by wall time.
/// </summary>
internal static partial class Clock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID, linux/time.h

    /// <summary>Seconds since some fixed moment.</summary>
    /// <param name="threads">1: of this thread's processor time, where the system tells it; more: of wall time.</param>
    public static double Now(int threads)
    {
        if (threads == 1 && OperatingSystem.IsLinux() && GetTime(ThreadProcessorTime, out var time) == 0)
        {
            return time.Seconds + (1e-9 * time.Nanoseconds);
        }

        return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
