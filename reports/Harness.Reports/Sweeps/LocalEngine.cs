namespace Harness.Reports.Sweeps;

/// <summary>The engine of "this machine": workers take the dearest shard that is left, so that the sweep ends on short ones.</summary>
/// <param name="workers">Number of workers, at least 1.</param>
public sealed class LocalEngine(int workers) : ISweepEngine
{
    /// <inheritdoc/>
    public void Run(SweepManifest manifest, IProgress<SweepProgress> progress, CancellationToken cancellation)
    {
        var status = SweepStatus.Of(manifest);
        var left = new Queue<Shard>(status.Unfinished.OrderByDescending(shard => shard.Cost).ThenBy(shard => shard.First));
        var cells = manifest.Header.Cells - status.Unfinished.Sum(shard => shard.Cells);
        var (worker, gate, running) = (new ShardWorker(manifest), new Lock(), 0);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Exception> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, Math.Max(1, Math.Min(workers, left.Count))).Select(k => new Thread(Work) { Name = $"shard worker {k}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        if (failures.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);
        }

        void Work()
        {
            while (Take() is { } shard)
            {
                try
                {
                    var before = 0;
                    worker.Run(shard, new Told(done => before += Tell(done - before)), failed.Token);
                }
                catch (Exception exception)
                {
                    lock (gate)
                    {
                        if (exception is not OperationCanceledException)
                        {
                            failures.Add(exception);
                        }
                    }

                    // A trial that threw says nothing about the other shards; a full disk does.
                    if (exception is not SweepException)
                    {
                        failed.Cancel();
                    }
                }

                lock (gate)
                {
                    running--;
                }

                Tell(0);
            }
        }

        Shard? Take()
        {
            lock (gate)
            {
                if (failed.IsCancellationRequested || !left.TryDequeue(out var shard))
                {
                    return null;
                }

                running++;
                return shard;
            }
        }

        int Tell(int more)
        {
            lock (gate)
            {
                cells += more;
                progress.Report(new(left.Count, running, cells));
                return more;
            }
        }
    }

    /// <summary>Told in the place, by the worker.</summary>
    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
