using System.Runtime.ExceptionServices;

namespace Harness.Core.Threads;

/// <summary>
/// A fixed team of threads for the kernels: the caller and count − 1 workers that begin a piece of work together and end it together. A dispatch
/// allocates nothing and takes a fraction of a microsecond while the workers are warm; a team that is left alone burns no core.
/// </summary>
/// <remarks>
/// <para>Each piece of work is a <em>turn</em>. The caller writes the work and raises the number of the turn; a worker that sees the new number
/// does its share and writes the number into its own flag; the caller waits until every flag has it. The number is raised by an interlocked
/// operation and read with acquire semantics, so a worker that sees it sees the work; a flag is written with release and read with acquire
/// semantics, so the caller sees all that the workers did. Numbers may wrap: they are compared for equality only.</para>
/// <para>A worker without work spins for about 60 µs, longer than what lies between two products of a training step, and then parks on a kernel
/// event. No wake-up is lost, by Dekker's argument: the worker marks itself parked and <em>then</em> looks at the turn, the caller raises the turn
/// and <em>then</em> looks for parked workers, each with a full fence between; so one of them sees the other. The mark is taken back by an
/// exchange, and who gets it settles whether the event is set: once for each wait.</para>
/// <para>A team works for one thread at a time. Its threads are background threads and live until <see cref="Dispose"/>.</para>
/// </remarks>
public sealed unsafe class ThreadTeam : IDisposable
{
    private const int Free = 0, Working = 1, Disposed = 2;

    private readonly TeamTurn turn;
    private readonly TeamWorker[] workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="count">Number of members with the caller, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public ThreadTeam(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        turn = new() { Spins = count <= Environment.ProcessorCount };
        workers = new TeamWorker[count - 1];
        try
        {
            for (var i = 0; i < workers.Length; i++)
            {
                workers[i] = new(turn, i + 1, count);
            }
        }
        catch
        {
            // The machine refused a thread; those that it gave must not stay behind.
            Dispose();
            throw;
        }
    }

    /// <summary>Number of members: the caller and the workers.</summary>
    public int Count { get; }

    /// <summary>Members 1 to count − 1.</summary>
    internal ReadOnlySpan<TeamWorker> Workers => workers;

    /// <summary>Ends the workers and waits for them.</summary>
    /// <exception cref="InvalidOperationException">The team is at work.</exception>
    public void Dispose()
    {
        switch (Interlocked.CompareExchange(ref turn.State, Disposed, Free))
        {
            case Working:
                throw new InvalidOperationException("A team of threads was disposed of while at work; dispose of it after its work has returned.");
            case Disposed:
                return;
        }

        _ = turn.Begin(null, null);
        foreach (var worker in workers)
        {
            worker?.Wake();
        }

        foreach (var worker in workers)
        {
            worker?.End();
        }
    }

    /// <summary>Executes the work once on every member and returns when all have done their share; the team is then ready for more, even after a failure.</summary>
    /// <typeparam name="TWork">The kind of work.</typeparam>
    /// <param name="work">The work; all members use it where it is.</param>
    /// <exception cref="InvalidOperationException">The team is at work: this was called from within its work, or by two threads at once.</exception>
    /// <exception cref="ObjectDisposedException">The team was disposed of.</exception>
    /// <remarks>An exception of a member is thrown here once all have ended; where several failed, that of the lowest number.</remarks>
    internal void Run<TWork>(ref TWork work)
        where TWork : unmanaged, ITeamWork
    {
        var state = Interlocked.CompareExchange(ref turn.State, Working, Free);
        ObjectDisposedException.ThrowIf(state == Disposed, this);
        if (state == Working)
        {
            throw new InvalidOperationException(
                "A team of threads does one piece of work at a time, and this one is at work: called from within that work, or by two threads at once. Give each caller a team of its own.");
        }

        ExceptionDispatchInfo? failure = null;

        // Pinned, not copied. No exception may leave this block before the join: the workers use the address.
        fixed (TWork* address = &work)
        {
            var number = turn.Begin(&Invoke<TWork>, address);
            foreach (var worker in workers)
            {
                worker.Wake();
            }

            try
            {
                address->Execute(0, Count);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            foreach (var worker in workers)
            {
                var failed = worker.Join(number);
                failure ??= failed;
            }
        }

        Volatile.Write(ref turn.State, Free);
        failure?.Throw();
    }

    private static void Invoke<TWork>(void* work, int member, int count)
        where TWork : unmanaged, ITeamWork => ((TWork*)work)->Execute(member, count);
}
