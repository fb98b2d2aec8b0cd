using System.Collections.Immutable;

namespace Harness.Reports.Performance;

/// <summary>One number followed over commits.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">In what: ns, bytes, or nothing.</param>
/// <param name="Machine">Where, or empty for what no machine changes.</param>
/// <param name="Points">In the order of time.</param>
public sealed record Series(string Name, string Unit, string Machine, ImmutableArray<SeriesPoint> Points)
{
    /// <summary>The places where the level changes.</summary>
    public ImmutableArray<ChangePoint> Changes => field.IsDefault ? field = ChangePoints.Find([.. Points.Select(point => point.Value)]) : field;
}

/// <summary>A point of a series.</summary>
/// <param name="When">When it was measured, in UTC.</param>
/// <param name="Commit">Of which commit.</param>
/// <param name="Value">The number.</param>
public readonly record struct SeriesPoint(DateTimeOffset When, string Commit, double Value);

/// <summary>A change of level.</summary>
/// <param name="Index">Index of the first point after it.</param>
/// <param name="Before">Median of the stretch before.</param>
/// <param name="After">Median of the stretch after.</param>
public readonly record struct ChangePoint(int Index, double Before, double After)
{
    /// <summary>After over before.</summary>
    public double Ratio => After / Before;
}
