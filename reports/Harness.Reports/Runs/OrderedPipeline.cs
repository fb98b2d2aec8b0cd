using System.Runtime.ExceptionServices;

namespace Harness.Reports.Runs;

/// <summary>
/// A fixed set of worker threads over one ordered list: items are computed in parallel and handed on strictly in their order, so that what is
/// written does not depend on the number of threads.
/// </summary>
/// <remarks>
/// A worker takes the next item as soon as it is free, across the borders of claims, so no core waits for a long claim to end. At most one item
/// a thread is in flight; finished results that wait for a slower predecessor are small and are kept. Own threads, not the pool's: an item may
/// run for minutes and use hundreds of megabytes, and the caller says how many of them there may be.
/// </remarks>
/// <typeparam name="TItem">What is computed.</typeparam>
/// <typeparam name="TResult">What comes out.</typeparam>
internal sealed class OrderedPipeline<TItem, TResult>
{
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim ended = new();
    private readonly Dictionary<int, TResult> finished = [];
    private readonly IReadOnlyList<TItem> items;
    private readonly Func<TItem, TResult> compute;
    private readonly Action<TItem, TResult> emit;
    private readonly CancellationToken cancellation;
    private int taken;
    private int emitted;
    private int running;
    private (int Index, Exception Exception)? failure;
    private bool closed;

    private OrderedPipeline(IReadOnlyList<TItem> items, int threads, Func<TItem, TResult> compute, Action<TItem, TResult> emit, CancellationToken cancellation) =>
        (this.items, running, this.compute, this.emit, this.cancellation) = (items, threads, compute, emit, cancellation);

    /// <summary>
    /// Computes every item and hands on the results in order. When an item fails no further one is begun, everything before it is handed on, and
    /// its exception is thrown; the earliest failure wins, so the same one is reported with any number of threads.
    /// </summary>
    /// <param name="items">The list.</param>
    /// <param name="threads">Number of workers, at least 1.</param>
    /// <param name="compute">Called on the workers, concurrently.</param>
    /// <param name="emit">Called in the order of the items, by one thread at a time.</param>
    /// <param name="cancellation">Abandons the items in flight; after that nothing is handed on.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(IReadOnlyList<TItem> items, int threads, Func<TItem, TResult> compute, Action<TItem, TResult> emit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var pipeline = new OrderedPipeline<TItem, TResult>(items, threads, compute, emit, cancellation);
        for (var i = 0; i < threads; i++)
        {
            // Background: an abandoned item must not keep the process alive.
            new Thread(pipeline.Work) { IsBackground = true, Name = $"trial worker {i}" }.Start();
        }

        try
        {
            pipeline.ended.Wait(cancellation);
        }
        finally
        {
            pipeline.Close();
        }

        if (pipeline.failure is var (_, exception))
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        if (pipeline.emitted < items.Count)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private void Work()
    {
        while (TryTake(out var index))
        {
            try
            {
                Finish(index, compute(items[index]));
            }
            catch (Exception exception)
            {
                Fail(index, exception);
            }
        }

        lock (gate)
        {
            if (--running == 0)
            {
                ended.Set();
            }
        }
    }

    private bool TryTake(out int index)
    {
        lock (gate)
        {
            index = taken;
            if (closed || failure is not null || taken == items.Count || cancellation.IsCancellationRequested)
            {
                return false;
            }

            taken++;
            return true;
        }
    }

    private void Finish(int index, TResult result)
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            finished.Add(index, result);
            while (finished.Remove(emitted, out var next))
            {
                emit(items[emitted], next);
                emitted++;
            }
        }
    }

    private void Fail(int index, Exception exception)
    {
        lock (gate)
        {
            if (failure is null || index < failure.Value.Index)
            {
                failure = (index, exception);
            }
        }
    }

    private void Close()
    {
        lock (gate)
        {
            closed = true;
        }
    }
}
