using Harness.Core.Threads;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Threads;

/// <summary>Every member does its share exactly once a turn, on any machine; failures reach the caller; an idle team sleeps; nothing is allocated.</summary>
[NonParallelizable]
public sealed unsafe class ThreadTeamTests
{
    private const int Turns = 20_000;
    private const int TurnsFromSleep = 50;

    private static IEnumerable<int> Counts() => new[] { 1, 2, 3, Environment.ProcessorCount, (2 * Environment.ProcessorCount) + 1 }.Distinct();

    [TestCaseSource(nameof(Counts))]
    public void Run_ManyTurns_EveryMemberOnceATurn(int count)
    {
        using var team = new ThreadTeam(count);
        var calls = stackalloc int[count + 1];
        var work = new CountingWork(calls, count);
        for (var turn = 1; turn <= Turns; turn++)
        {
            team.Run(ref work);

            // Plain reads: that the caller sees what the members wrote is part of what is checked.
            for (var member = 0; member < count; member++)
            {
                if (calls[member] != turn)
                {
                    Assert.Fail($"Member {member} had {calls[member]} calls after {turn} turns.");
                }
            }
        }

        Assert.That(calls[count], Is.Zero, "calls with another count of members");
    }

    [TestCaseSource(nameof(Counts))]
    public void Run_MembersThatWaitForEachOther_Meet(int count)
    {
        using var team = new ThreadTeam(count);
        var arrived = 0;
        var work = new MeetingWork(&arrived);
        team.Run(ref work);
        Assert.That(arrived, Is.EqualTo(count));
    }

    [Test]
    public void Run_SleepingWorkers_EveryMemberOnceATurn()
    {
        using var team = new ThreadTeam(3);
        var calls = stackalloc int[4];
        var work = new CountingWork(calls, 3);
        for (var turn = 1; turn <= TurnsFromSleep; turn++)
        {
            WaitUntilAsleep(team);
            team.Run(ref work);
            Assert.That((calls[0], calls[1], calls[2]), Is.EqualTo((turn, turn, turn)));
        }
    }

    [Test]
    public void Idle_WorkerIsWokenForNothing_DoesNothingAndSleepsAgain()
    {
        using var team = new ThreadTeam(2);
        var calls = stackalloc int[3];
        var work = new CountingWork(calls, 2);
        for (var turn = 1; turn <= TurnsFromSleep; turn++)
        {
            team.Run(ref work);
            WaitUntilAsleep(team);
            team.Workers[0].Wake();
            WaitUntilAsleep(team);
            Assert.That((calls[0], calls[1]), Is.EqualTo((turn, turn)));
        }
    }

    [Test]
    public void Run_AfterWarmUp_AllocatesNothing([Values(1, 2, 3)] int count, [Values] bool fromSleep)
    {
        using var team = new ThreadTeam(count);
        var (bytes, before) = (new long[count], new long[count]);
        fixed (long* address = bytes)
        {
            var work = new AllocationWork(address);
            RunOften();
            bytes.CopyTo(before);
            RunOften();
            Assert.That(bytes, Is.EqualTo(before), "bytes of each thread");

            // The runner of the tests has threads of its own that allocate now and then; what the team allocates would be in every stretch.
            var inTheProcess = Enumerable.Range(0, 20).Select(_ =>
            {
                var start = GC.GetTotalAllocatedBytes(precise: true);
                RunOften();
                return GC.GetTotalAllocatedBytes(precise: true) - start;
            });
            Assert.That(inTheProcess.Any(allocated => allocated == 0), "a stretch without a byte in the process");

            void RunOften()
            {
                for (var turn = fromSleep ? Turns - TurnsFromSleep : 0; turn < Turns; turn++)
                {
                    if (fromSleep)
                    {
                        WaitUntilAsleep(team);
                    }

                    team.Run(ref work);
                }
            }
        }
    }

    [Test]
    public void Run_MembersFail_LowestNumberIsThrownAfterAllHaveEnded([Range(1, 7)] int failing)
    {
        using var team = new ThreadTeam(3);
        var calls = stackalloc int[4];
        for (var turn = 1; turn <= 100; turn++)
        {
            var thrown = Caught(team, new FailingWork(calls, failing));
            Assert.That(thrown, Is.TypeOf<InvalidDataException>().With.Message.EqualTo($"member {int.TrailingZeroCount(failing)}"));
            Assert.That(thrown!.StackTrace, Does.Contain(nameof(FailingWork)), "where it was thrown");
            for (var member = 0; member < 3; member++)
            {
                Assert.That(calls[member], Is.EqualTo((failing >> member & 1) != 0 ? 0 : turn));
            }
        }

        new Span<int>(calls, 4).Clear();
        Assert.That(Caught(team, new CountingWork(calls, 3)), Is.Null);
        Assert.That((calls[0], calls[1], calls[2], calls[3]), Is.EqualTo((1, 1, 1, 0)), "the turn after a failure");
    }

    [Test]
    public void Run_WithinItsOwnWork_IsRefused([Values(0, 1)] int member)
    {
        using var team = new ThreadTeam(2);
        ReentrantWork.Team = team;
        Assert.That(
            Caught(team, new ReentrantWork(member, disposes: false)),
            Is.TypeOf<InvalidOperationException>().With.Message.Contains("one piece of work at a time"));
    }

    [Test]
    public void Dispose_WithinItsOwnWork_IsRefused([Values(0, 1)] int member)
    {
        using var team = new ThreadTeam(2);
        ReentrantWork.Team = team;
        Assert.That(Caught(team, new ReentrantWork(member, disposes: true)), Is.TypeOf<InvalidOperationException>().With.Message.Contains("while at work"));
    }

    [Test]
    public void Dispose_EndsTheThreads([Values] bool fromSleep)
    {
        var team = new ThreadTeam(3);
        var threads = team.Workers.ToArray().Select(worker => worker.Thread).ToArray();
        Assert.That(threads, Has.Length.EqualTo(2).And.All.Matches((Thread? thread) => thread is { IsAlive: true, IsBackground: true, Name.Length: > 0 }));
        if (fromSleep)
        {
            WaitUntilAsleep(team);
        }

        team.Dispose();
        team.Dispose();
        Assert.That(threads, Has.All.Property(nameof(Thread.IsAlive)).False);
        Assert.That(Caught(team, new ReentrantWork(-1, false)), Is.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Construct_WithoutMembers_IsRefused([Values(0, -1)] int count) =>
        Assert.That(() => new ThreadTeam(count), Throws.TypeOf<ArgumentOutOfRangeException>());

    /// <summary>Returns when every worker is blocked in the kernel. A worker that burns its core while it waits is never seen there, and the test does not end.</summary>
    private static void WaitUntilAsleep(ThreadTeam team)
    {
        foreach (var worker in team.Workers)
        {
            while ((worker.Thread.ThreadState & ThreadState.WaitSleepJoin) == 0)
            {
                Thread.Yield();
            }
        }
    }

    private static Exception? Caught<TWork>(ThreadTeam team, TWork work)
        where TWork : unmanaged, ITeamWork
    {
        try
        {
            team.Run(ref work);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
