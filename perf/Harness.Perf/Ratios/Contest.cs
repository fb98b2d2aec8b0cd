namespace Harness.Perf.Ratios;

/// <summary>Contenders for the same work, timed in turns so that whatever else the machine does falls on all of them alike.</summary>
internal static class Contest
{
    private const int FewestRounds = 3, MostRounds = 11;

    // Threads of other libraries spin for some 20 ms after their work, and would poison whatever runs next on two cores.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Times all contenders round by round until their share of time is spent.</summary>
    /// <param name="contenders">The contenders; the first one is ours.</param>
    /// <param name="threads">1: thread processor time; more: wall time, with pauses in between.</param>
    /// <param name="secondsEach">Time for each contender's samples.</param>
    public static void Run(IReadOnlyList<Contender> contenders, int threads, double secondsEach)
    {
        foreach (var contender in contenders)
        {
            Settle(threads);
            contender.Prepare(threads);
        }

        for (var round = 0; round < MostRounds && (round < FewestRounds || contenders.Sum(c => c.Spent) < secondsEach * contenders.Count); round++)
        {
            foreach (var contender in contenders)
            {
                Settle(threads);
                contender.Sample(threads);
            }
        }
    }

    private static void Settle(int threads)
    {
        if (threads > 1)
        {
            Thread.Sleep(Pause);
        }
    }
}
