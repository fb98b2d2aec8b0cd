using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Harness.Claims.Instances;

/// <summary>
/// Processor time of the calling thread, so that a thread that waits for its turn does not look slow.
/// </summary>
/// <remarks>POSIX: clock_gettime(CLOCK_THREAD_CPUTIME_ID). Elsewhere the monotonic clock stands in, which counts waiting too; the minimum below passes over most of that.</remarks>
internal static partial class ThreadTime
{
    /// <summary>A batch of calls lasts at least this long: a hundred times what reading the clock twice takes.</summary>
    private const double ShortestBatch = 100e-6;

    /// <summary>Five disturbed batches in a row are rare; of long ones fewer are enough, in which an interruption is a small part.</summary>
    private const int MostBatches = 5;

    private const double LongEnough = 10e-3;

    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(300), LongestWarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Seconds of one call: the minimum over batches, because whatever disturbs a batch only adds to it.</summary>
    /// <param name="call">What is timed; allocated and warm, see <see cref="WarmUp"/>.</param>
    public static double OfCall(Action call)
    {
        // The first call pays for the first touch of every page of its memory, which on some virtual machines costs twenty times the call.
        call();
        var calls = 1;
        var shortest = Batch(call, calls);
        while (shortest * calls < ShortestBatch)
        {
            calls = (int)Math.Ceiling(Math.Min(2.0 * calls, 1.2 * ShortestBatch / shortest)) is var more && more > calls ? more : calls + 1;
            shortest = Batch(call, calls);
        }

        for (var batches = 1; batches < MostBatches && batches * calls * shortest < LongEnough; batches++)
        {
            shortest = Math.Min(shortest, Batch(call, calls));
        }

        return shortest;
    }

    /// <summary>Calls until the runtime has compiled the final version of every method: until it compiled nothing for a while.</summary>
    /// <remarks>
    /// The runtime begins to count calls when it needed no first version of a method for 100 ms (its setting TC_CallCountingDelayMs), and compiles anew what is called thirty times
    /// after that, with instrumentation and then once more; so three times that delay without any means that it is done. Where another thread keeps it busy, the longest time ends the wait.
    /// </remarks>
    public static void WarmUp(Action call)
    {
        var (start, compiled) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var methods = JitInfo.GetCompiledMethodCount();
        while (compiled.Elapsed < QuietTime && start.Elapsed < LongestWarmUp)
        {
            call();
            if (JitInfo.GetCompiledMethodCount() is var now && now != methods)
            {
                methods = now;
                compiled.Restart();
            }
        }
    }

    private static double Batch(Action call, int calls)
    {
        var start = Now();
        for (var i = 0; i < calls; i++)
        {
            call();
        }

        return (Now() - start) / calls;
    }

    private static double Now()
    {
        if (ThreadClock is { } clock && clock_gettime(clock, out var time) == 0)
        {
            return time.Seconds + (time.Nanoseconds * 1e-9);
        }

        return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
    }

    /// <summary>CLOCK_THREAD_CPUTIME_ID of the C library's headers, or null where there is none.</summary>
    private static int? ThreadClock { get; } = OperatingSystem.IsLinux() ? 3 : OperatingSystem.IsMacOS() ? 16 : null;

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out TimeSpec time);
}
