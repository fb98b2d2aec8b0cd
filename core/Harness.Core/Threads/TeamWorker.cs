using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Harness.Core.Threads;

/// <summary>One thread of a <see cref="ThreadTeam"/>: does its share of every turn, spins for the next one, then parks.</summary>
internal sealed unsafe class TeamWorker
{
    private readonly TeamTurn turn;
    private readonly int member;
    private readonly int count;
    private readonly AutoResetEvent wakeUp = new(false);
    private ExceptionDispatchInfo? failure;
    private Flags flags;

    /// <summary>The system's number of the thread; 0 until it runs.</summary>
    private int number;

    internal TeamWorker(TeamTurn turn, int member, int count)
    {
        (this.turn, this.member, this.count) = (turn, member, count);
        Thread = new(Work) { IsBackground = true, Name = $"team member {member} of {count}" };

        // Without the flow of the caller's execution context, which a lasting thread would keep alive.
        Thread.UnsafeStart();
    }

    /// <summary>The thread.</summary>
    internal Thread Thread { get; }

    /// <summary>Wakes the worker if it is parked. Called after the turn was raised.</summary>
    internal void Wake()
    {
        if (Volatile.Read(ref flags.Parked) != 0 && Interlocked.Exchange(ref flags.Parked, 0) != 0)
        {
            OtherCores.Leave(Volatile.Read(ref number));
            wakeUp.Set();
        }
    }

    /// <summary>Waits until the worker has done its share of a turn.</summary>
    /// <returns>Why it failed, or null.</returns>
    internal ExceptionDispatchInfo? Join(int number)
    {
        while (!turn.SpinUntil(ref flags.Finished, number))
        {
            // Nothing happens on a machine with a core to spare; on a smaller one the awaited thread may need this one.
            Thread.Yield();
        }

        var failed = failure;
        failure = null;
        return failed;
    }

    /// <summary>Waits for the end of the thread, which was told to end.</summary>
    internal void End()
    {
        Thread.Join();
        wakeUp.Dispose();
    }

    /// <summary>Optimised at once: it is called a single time and never returns to be replaced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Work()
    {
        Volatile.Write(ref number, OtherCores.CurrentThread());
        for (var next = 1; ; next++)
        {
            Await(next);
            var invoke = turn.Invoke;
            if (invoke is null)
            {
                return;
            }

            Execute(invoke, turn.Work);
            Volatile.Write(ref flags.Finished, next);
        }
    }

    private void Await(int number)
    {
        // A loop: a caller that is slow to look for parked workers may wake this one when it has done that caller's turn already and waits for the next.
        while (!turn.SpinUntil(ref turn.Number, number))
        {
            // A full fence between the mark and the look at the turn; see the remarks of ThreadTeam.
            Interlocked.Exchange(ref flags.Parked, 1);
            if (Volatile.Read(ref turn.Number) != number || Interlocked.Exchange(ref flags.Parked, 0) == 0)
            {
                wakeUp.WaitOne();
            }
        }
    }

    private void Execute(delegate*<void*, int, int, void> invoke, void* work)
    {
        try
        {
            invoke(work, member, count);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>What other threads read or write while this one works.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 3 * TeamTurn.Apart)]
    private struct Flags
    {
        /// <summary>The last turn that was done; written by the worker alone.</summary>
        [FieldOffset(TeamTurn.Apart)]
        internal int Finished;

        /// <summary>1 while the worker waits for the event or is about to; taken back by whoever settles whether the event is set.</summary>
        [FieldOffset(2 * TeamTurn.Apart)]
        internal int Parked;
    }
}
