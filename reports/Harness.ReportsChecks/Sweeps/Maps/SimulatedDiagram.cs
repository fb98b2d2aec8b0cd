using Harness.Core.Numerics;
using Harness.Reports.Sweeps.Maps;

namespace Harness.ReportsChecks.Sweeps.Maps;

/// <summary>Phase diagrams whose boundary is known: P(success) = 1/(1 + (c/y)ˢ), with c the width where half of the trials succeed.</summary>
internal static class SimulatedDiagram
{
    /// <summary>The grid of the sweep that ships with the program: widths from 8 to 1024.</summary>
    public static readonly double[] Widths = [.. Enumerable.Range(0, 12).Select(k => Math.Round(8 * Math.Pow(128, k / 11.0)))];

    /// <summary>Trials a cell.</summary>
    private const int Trials = 50;

    /// <summary>One column.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="half">c.</param>
    /// <param name="steepness">s.</param>
    public static (double Y, int Successes, int Trials)[] Column(RandomStream stream, double half, double steepness) => [.. Widths.Select((y, k) =>
    {
        var (rate, cell) = (1 / (1 + Math.Pow(half / y, steepness)), stream.Derive((ulong)k));
        return (y, Enumerable.Range(0, Trials).Count(trial => cell.Uniform((ulong)trial) < rate), Trials);
    })];

    /// <summary>Columns at x = 2, 3, 4, 6, 8, 12 with their transitions.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="half">c at x.</param>
    public static IEnumerable<(double X, Transition? Y)> Columns(RandomStream stream, Func<double, double> half) =>
        new double[] { 2, 3, 4, 6, 8, 12 }.Select((x, k) => (x, Transition.Of(Column(stream.Derive((ulong)k), half(x), steepness: 1.5))));
}
