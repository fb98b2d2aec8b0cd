using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Harness.Core.Threads;

/// <summary>What the caller of a <see cref="ThreadTeam"/> tells the workers: the present turn and its work, on cache lines that the workers only read.</summary>
internal sealed unsafe class TeamTurn
{
    /// <summary>Bytes between fields of different writers: two cache lines, because processors fetch lines in pairs.</summary>
    internal const int Apart = 128;

    private static readonly long SpinTicks = Stopwatch.Frequency * 60 / 1_000_000;

    private Fields fields;

    /// <summary>Whether waits begin by spinning; not where members outnumber cores, for there a spinning thread keeps the awaited one from its core.</summary>
    internal required bool Spins { get; init; }

    /// <summary>The number of the turn; raised by one for each piece of work.</summary>
    internal ref int Number => ref fields.Number;

    /// <summary>What to call with the work's address, member and count in this turn; null ends the workers.</summary>
    internal delegate*<void*, int, int, void> Invoke => fields.Invoke;

    /// <summary>The address of the work, which outlives the turn.</summary>
    internal void* Work => fields.Work;

    /// <summary>Whether the team is free, at work or disposed of; the workers do not look at it, so it is not on the line that they watch.</summary>
    internal ref int State => ref fields.State;

    /// <summary>Publishes a piece of work. The interlocked operation is a full fence: who sees the number sees the work, and no later read of the caller is made before it.</summary>
    internal int Begin(delegate*<void*, int, int, void> invoke, void* work)
    {
        fields.Invoke = invoke;
        fields.Work = work;
        return Interlocked.Increment(ref fields.Number);
    }

    /// <summary>Waits for about 60 µs for a flag to take a value.</summary>
    /// <returns>Whether it has it; what its writer wrote before is then visible.</returns>
    internal bool SpinUntil(ref int flag, int value)
    {
        if (Volatile.Read(ref flag) == value)
        {
            return true;
        }

        if (!Spins)
        {
            return false;
        }

        for (var end = Stopwatch.GetTimestamp() + SpinTicks; Stopwatch.GetTimestamp() < end;)
        {
            for (var i = 0; i < 16; i++)
            {
                if (Volatile.Read(ref flag) == value)
                {
                    return true;
                }

                Thread.SpinWait(1);
            }
        }

        return false;
    }

    [StructLayout(LayoutKind.Explicit, Size = 3 * Apart)]
    private struct Fields
    {
        [FieldOffset(Apart)]
        internal int Number;

        [FieldOffset(Apart + 8)]
        internal delegate*<void*, int, int, void> Invoke;

        [FieldOffset(Apart + 16)]
        internal void* Work;

        [FieldOffset(2 * Apart)]
        internal int State;
    }
}
