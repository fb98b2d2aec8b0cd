namespace Harness.Perf.Ratios;

/// <summary>One way to do a piece of work, and how long it took.</summary>
internal sealed class Contender(string name, Action work)
{
    private const double WarmUp = 0.06;

    private readonly List<double> samples = [];
    private int repetitions = 1;

    /// <summary>Who does it.</summary>
    public string Name { get; } = name;

    /// <summary>Median time of one operation in seconds.</summary>
    public double Seconds => samples.Order().ElementAt(samples.Count / 2);

    /// <summary>Time that all samples took.</summary>
    public double Spent { get; private set; }

    /// <summary>Number of samples.</summary>
    public int Samples => samples.Count;

    /// <summary>Outlasts the tiered compiler, and finds how many operations make a sample long enough for the clock.</summary>
    public void Prepare(int threads)
    {
        var (start, calls, now) = (Clock.Now(threads), 0, 0.0);
        while (calls < 2 || (now - start < WarmUp && calls < 1000))
        {
            work();
            calls++;
            now = Clock.Now(threads);
        }

        repetitions = (int)Math.Clamp(ShortestSample(threads) * calls / Math.Max(now - start, 1e-9), 1, 1_000_000);
    }

    /// <summary>Takes one sample.</summary>
    public void Sample(int threads)
    {
        if (threads > 1)
        {
            work();
        }

        var start = Clock.Now(threads);
        for (var i = 0; i < repetitions; i++)
        {
            work();
        }

        var elapsed = Clock.Now(threads) - start;
        Spent += elapsed;
        samples.Add(elapsed / repetitions);
    }

    /// <summary>After the pause before work of several threads, cores and caches wake up for a while.</summary>
    private static double ShortestSample(int threads) => threads == 1 ? 4e-3 : 40e-3;

    /// <summary>Bytes that one operation allocates on the calling thread and in the whole process.</summary>
    public (double Thread, double Process) Allocation()
    {
        var calls = Math.Max(repetitions, 2);
        var (thread, process) = (GC.GetAllocatedBytesForCurrentThread(), GC.GetTotalAllocatedBytes(precise: true));
        for (var i = 0; i < calls; i++)
        {
            work();
        }

        var (threadAfter, processAfter) = (GC.GetAllocatedBytesForCurrentThread(), GC.GetTotalAllocatedBytes(precise: true));
        return ((threadAfter - thread) / (double)calls, (processAfter - process) / (double)calls);
    }
}
