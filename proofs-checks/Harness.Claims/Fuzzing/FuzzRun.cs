using System.Collections.Concurrent;

namespace Harness.Claims.Fuzzing;

/// <summary>What fuzzing one target came to.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Cases">Cases tried.</param>
/// <param name="Statements">Statements they made.</param>
public sealed record FuzzCount(string Target, long Cases, long Statements);

/// <summary>A case about which something false was certified.</summary>
/// <param name="Key">Draws it again.</param>
/// <param name="Refutation">What is false, or what was thrown.</param>
public sealed record FuzzFailure(FuzzKey Key, string Refutation);

/// <summary>Tries so many cases on all cores. The cases, and so the failures, are the same with any number of threads.</summary>
public sealed class FuzzRun
{
    /// <summary>Failures after which no more are looked for: something is broken.</summary>
    private const int FailureLimit = 100;

    /// <summary>Cases a thread takes at a time.</summary>
    private const int Batch = 256;

    private readonly Func<IReadOnlyList<FuzzTarget>> create;
    private readonly ConcurrentQueue<FuzzFailure> failures = [];
    private readonly ConcurrentQueue<FuzzCount> counts = [];
    private long next;
    private long done;

    /// <summary>Plans a run; case k of it is case ⌊k/t⌋ of target k mod t.</summary>
    /// <param name="create">Makes the t targets, for every thread its own.</param>
    /// <param name="seed">The seed of every case.</param>
    /// <param name="cases">How many cases, over all targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no cases.</exception>
    public FuzzRun(Func<IReadOnlyList<FuzzTarget>> create, ulong seed, long cases)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentOutOfRangeException.ThrowIfLessThan(cases, 1);
        (this.create, Seed, Cases) = (create, seed, cases);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Cases planned.</summary>
    public long Cases { get; }

    /// <summary>Cases tried so far; may be read while the run goes on.</summary>
    public long Done => Interlocked.Read(ref done);

    /// <summary>What was false, in the order of cases; at most a few more than a hundred.</summary>
    public IReadOnlyList<FuzzFailure> Failures => [.. failures.OrderBy(f => f.Key.Index).ThenBy(f => f.Key.Target, StringComparer.Ordinal)];

    /// <summary>How much was tried, by target.</summary>
    public IReadOnlyList<FuzzCount> Counts =>
        [.. counts.GroupBy(c => c.Target).Select(g => new FuzzCount(g.Key, g.Sum(c => c.Cases), g.Sum(c => c.Statements)))];

    /// <summary>Runs to the end, to the cancellation, or until enough failures are found.</summary>
    /// <param name="threads">Threads, at least one.</param>
    /// <param name="cancellation">Ends the run early; what was tried counts.</param>
    public void Run(int threads, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var workers = new Thread[threads];
        for (var t = 0; t < threads; t++)
        {
            var targets = create();
            workers[t] = new(() => Work(targets, cancellation)) { IsBackground = true };
            workers[t].Start();
        }

        foreach (var worker in workers)
        {
            worker.Join();
        }
    }

    private void Work(IReadOnlyList<FuzzTarget> targets, CancellationToken cancellation)
    {
        var tried = new long[targets.Count];
        while (failures.Count < FailureLimit && !cancellation.IsCancellationRequested && Interlocked.Add(ref next, Batch) - Batch is var first && first < Cases)
        {
            var end = Math.Min(first + Batch, Cases);
            for (var k = first; k < end; k++)
            {
                var which = (int)(k % targets.Count);
                tried[which]++;
                var key = new FuzzKey(targets[which].Name, Seed, k / targets.Count);
                if (targets[which].Refute(targets[which].Draw(key.Seed, key.Index)) is { } refutation)
                {
                    failures.Enqueue(new(key, refutation));
                }
            }

            Interlocked.Add(ref done, end - first);
        }

        for (var t = 0; t < tried.Length; t++)
        {
            counts.Enqueue(new(targets[t].Name, tried[t], targets[t].Statements));
        }
    }
}
