using System.Diagnostics;

namespace Harness.Reports.Sweeps;

/// <summary>Times a few trials, so that a plan can say how long the counted operations take here.</summary>
public static class SweepPilot
{
    /// <summary>Cells at these fractions of the way from the cheapest to the dearest.</summary>
    private static readonly double[] Places = [0, 0.25, 0.5, 0.75, 0.9];

    /// <summary>Passes are repeated so long, so that the compiler and other programs' turns do not count as trials, unless one pass alone takes longer.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5);

    /// <summary>No further trial is begun after this.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    /// <summary>Seconds a unit of cost: time of a pass over trials of all sizes over their cost, the fastest of several passes, once the cheapest trial has warmed the program up.</summary>
    /// <param name="cells">The cells, at least one.</param>
    /// <exception cref="SweepException">A trial threw.</exception>
    public static double SecondsPerOperation(IReadOnlyList<SweepCell> cells)
    {
        SweepCell[] byCost = [.. cells.OrderBy(cell => cell.Cost / cell.Trials).ThenBy(cell => cell.Id, StringComparer.Ordinal)];
        foreach (var claim in byCost.DistinctBy(cell => cell.Claim.Id))
        {
            claim.Observe(0);
        }

        SweepCell[] timed = [.. Places.Select(u => byCost[(int)(u * (byCost.Length - 1))]).Distinct()];
        var (fastest, start) = (double.PositiveInfinity, Stopwatch.GetTimestamp());
        do
        {
            fastest = Math.Min(fastest, Pass(timed, start));
        }
        while (Stopwatch.GetElapsedTime(start) < Least);
        return fastest;
    }

    private static double Pass(SweepCell[] cells, long start)
    {
        var (cost, began) = (0.0, Stopwatch.GetTimestamp());
        foreach (var cell in cells)
        {
            cell.Observe(0);
            cost += cell.Cost / cell.Trials;
            if (Stopwatch.GetElapsedTime(start) > Enough)
            {
                break;
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds / cost;
    }
}
