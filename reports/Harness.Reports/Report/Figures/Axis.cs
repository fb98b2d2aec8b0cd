using System.Collections.Immutable;

namespace Harness.Reports.Report.Figures;

/// <summary>A labelled position on an axis.</summary>
/// <param name="Value">Where it stands.</param>
/// <param name="Label">What is written there, or null for a tick without a label.</param>
internal readonly record struct Tick(double Value, string? Label);

/// <summary>
/// One axis of a panel, linear or logarithmic: the range that holds the values with a little air, and the ticks a reader expects (1–2–5 steps,
/// whole decades where there are many).
/// </summary>
internal sealed class Axis
{
    /// <summary>Share of the range left free at both ends, so that no marker touches the frame.</summary>
    private const double Air = 0.06;

    /// <summary>Labels at most, so that they keep apart on the narrowest screen.</summary>
    private const int MostLabels = 6;

    private readonly double start;
    private readonly double end;

    private Axis(string label, bool isLogarithmic, double start, double end, ImmutableArray<Tick> ticks) => (Label, IsLogarithmic, this.start, this.end, Ticks) = (label, isLogarithmic, start, end, ticks);

    private Axis(string label, bool isLogarithmic, double start, double end, bool isWhole)
        : this(label, isLogarithmic, start, end, isLogarithmic ? Decades(start, end) : Steps(start, end))
    {
        // Nobody has one and a half layers.
        Ticks = isWhole ? Ticks.RemoveAll(tick => tick.Value != Math.Floor(tick.Value)) : Ticks;
    }

    /// <summary>The quantity in symbols.</summary>
    public string Label { get; }

    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Ticks inside the range, ascending.</summary>
    public ImmutableArray<Tick> Ticks { get; }

    /// <summary>Lowest value on the axis.</summary>
    public double From => IsLogarithmic ? Math.Pow(10, start) : start;

    /// <summary>Highest value on the axis.</summary>
    public double To => IsLogarithmic ? Math.Pow(10, end) : end;

    /// <summary>A logarithmic axis around the positive finite ones of <paramref name="values"/>; the others have no place on it.</summary>
    public static Axis Logarithmic(string label, IEnumerable<double> values)
    {
        var exponents = values.Where(v => v > 0 && double.IsFinite(v)).Select(Math.Log10).DefaultIfEmpty(0).ToArray();
        var (low, high) = Widened(exponents.Min(), exponents.Max(), leastWidth: 0.3);
        return new(label, true, low, high, values.All(v => v == Math.Floor(v) || double.IsNaN(v)));
    }

    /// <summary>A linear axis around the finite ones of <paramref name="values"/>.</summary>
    public static Axis Linear(string label, IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        (low, high) = Widened(low, high, leastWidth: Math.Max(1e-300, 0.1 * Math.Max(Math.Abs(low), Math.Abs(high))));
        return new(label, false, low, high, finite.All(v => v == Math.Floor(v)));
    }

    /// <summary>Logarithmic where every value is positive, which is how the bounds of the papers are read; linear else. NaN is no value.</summary>
    public static Axis Suited(string label, IReadOnlyCollection<double> values) =>
        values.All(v => v > 0 || double.IsNaN(v)) ? Logarithmic(label, values) : Linear(label, values);

    /// <summary>An axis from end to end without air, for scales whose ends mean something.</summary>
    /// <param name="label">The quantity in symbols.</param>
    /// <param name="isLogarithmic">Whether equal distances are equal ratios; then <paramref name="from"/> is positive.</param>
    /// <param name="from">Lowest value.</param>
    /// <param name="to">Highest value, above the lowest.</param>
    public static Axis Between(string label, bool isLogarithmic, double from, double to) =>
        isLogarithmic ? new(label, true, Math.Log10(from), Math.Log10(to), isWhole: false) : new(label, false, from, to, isWhole: false);

    /// <summary>The axis of a map: from edge to edge, with ticks at the values that were swept, labelled as many of them as keep apart.</summary>
    /// <param name="label">The quantity in symbols.</param>
    /// <param name="edges">The edges between the values.</param>
    /// <param name="mostLabels">Labels at most.</param>
    public static Axis Swept(string label, MapEdges edges, int mostLabels)
    {
        var stride = 1 + ((edges.Values.Length - 1) / mostLabels);
        var (start, end) = edges.IsLogarithmic ? (Math.Log10(edges.From), Math.Log10(edges.To)) : (edges.From, edges.To);
        return new(label, edges.IsLogarithmic, start, end, [.. edges.Values.Select((value, k) => new Tick(value, k % stride == 0 ? ReadableNumber.Of(value) : null))]);
    }

    /// <summary>Where a value stands, 0 at the start and 1 at the end. Zero on a logarithmic axis is far below the start.</summary>
    public double Position(double value)
    {
        var u = ((IsLogarithmic ? Math.Log10(value) : value) - start) / (end - start);

        // Ten panels away is out of sight, and finite, as a drawing's coordinates must be.
        return double.IsNaN(u) ? -10 : Math.Clamp(u, -10, 10);
    }

    /// <summary>True when a value has a place between the ends.</summary>
    public bool Shows(double value) => value >= From && value <= To;

    private static (double Low, double High) Widened(double low, double high, double leastWidth)
    {
        var missing = Math.Max(0, leastWidth - (high - low));
        var air = (missing / 2) + (Air * Math.Max(high - low, leastWidth));
        return (low - air, high + air);
    }

    private static ImmutableArray<Tick> Decades(double start, double end)
    {
        var (first, last) = ((int)Math.Ceiling(start), (int)Math.Floor(end));
        if (last - first > MostLabels)
        {
            var stride = 1 + ((last - first) / MostLabels);
            return [.. Enumerable.Range(first, last - first + 1).Select(k => new Tick(Math.Pow(10, k), k % stride == 0 ? Power(k) : null))];
        }

        // Where two decades have labels, labels at 2 and 5 would run into them; with one decade or none they are needed.
        var labelsDecadesOnly = last > first;
        ImmutableArray<Tick> ticks =
        [
            .. from k in Enumerable.Range(first - 1, last - first + 3)
               from digit in new[] { 1, 2, 5 }
               let value = digit * Math.Pow(10, k)
               where Math.Log10(value) >= start && Math.Log10(value) <= end
               select new Tick(value, digit == 1 ? Power(k) : labelsDecadesOnly ? null : ReadableNumber.Of(value)),
        ];

        // Within a factor of about three, even steps are closer together than 1, 2, 5.
        return ticks.Length >= 3 ? ticks : Steps(Math.Pow(10, start), Math.Pow(10, end));
    }

    private static string Power(int k) => k is >= -2 and <= 3 ? ReadableNumber.Of(Math.Pow(10, k)) : ReadableNumber.PowerOfTen(k);

    private static ImmutableArray<Tick> Steps(double start, double end)
    {
        var rough = (end - start) / (MostLabels - 1);
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1.0, 2, 5, 10 }.Select(digit => digit * magnitude).First(s => s >= rough);
        var (first, last) = (Math.Ceiling(start / step), Math.Floor(end / step));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step).Select(v => new Tick(v, ReadableNumber.Of(v)))];
    }
}
