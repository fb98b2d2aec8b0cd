using System.Runtime.CompilerServices;
using Harness.Core.Threads;

namespace Harness.ProofsChecks.Core.Threads;

/// <summary>Counts the calls of each member, and those with a wrong count of members.</summary>
internal readonly unsafe struct CountingWork(int* calls, int expectedCount) : ITeamWork
{
    public void Execute(int member, int count) => calls[count == expectedCount ? member : expectedCount]++;
}

/// <summary>Notes what each member's thread has allocated in its life.</summary>
internal readonly unsafe struct AllocationWork(long* bytes) : ITeamWork
{
    public void Execute(int member, int count) => bytes[member] = GC.GetAllocatedBytesForCurrentThread();
}

/// <summary>Every member waits until all are there: ends only where all members run at the same time.</summary>
internal readonly unsafe struct MeetingWork(int* arrived) : ITeamWork
{
    public void Execute(int member, int count)
    {
        Interlocked.Increment(ref *arrived);
        while (Volatile.Read(ref *arrived) < count)
        {
            Thread.Yield();
        }
    }
}

/// <summary>The members whose bit is set throw, the others count.</summary>
internal readonly unsafe struct FailingWork(int* calls, int failing) : ITeamWork
{
    /// <summary>Never inlined: its frame is what a stack trace is searched for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Execute(int member, int count)
    {
        if ((failing >> member & 1) != 0)
        {
            throw new InvalidDataException($"member {member}");
        }

        calls[member]++;
    }
}

/// <summary>One member uses the team that it works in: gives it more work, or disposes of it.</summary>
internal readonly struct ReentrantWork(int culprit, bool disposes) : ITeamWork
{
    /// <summary>The team; a static field, because a work holds no objects.</summary>
    internal static ThreadTeam? Team { get; set; }

    public void Execute(int member, int count)
    {
        if (member == culprit && disposes)
        {
            Team!.Dispose();
        }
        else if (member == culprit)
        {
            var nothing = new ReentrantWork(-1, false);
            Team!.Run(ref nothing);
        }
    }
}
