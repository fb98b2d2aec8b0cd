using System.Collections.Immutable;

namespace Harness.Reports.Performance;

/// <summary>One number followed over commits.</summary>
/// <param name="Name">What is measured: a benchmark with its parameters, or a claim with its profile.</param>
/// <param name="Unit">In what: ns, bytes; of a claim which of its numbers.</param>
/// <param name="Machine">Where, or empty for what no machine changes.</param>
/// <param name="Points">In the order of time.</param>
public sealed record Series(string Name, string Unit, string Machine, ImmutableArray<SeriesPoint> Points)
{
    /// <summary>Id of the claim that the number belongs to, or null for a benchmark.</summary>
    public string? Claim { get; init; }

    /// <summary>Where the number has to lie.</summary>
    public PermittedRange Permitted { get; init; } = PermittedRange.Anything;

    /// <summary>Whether the ratio of two values means something: not that of exponents, which may be zero.</summary>
    public bool HasRatios { get; init; } = true;

    /// <summary>Whether nothing but the program can change the number, as with one seed: every difference is then a change, and no statistics are needed to tell it.</summary>
    public bool IsReproducible { get; init; }

    /// <summary>The places where the level changes.</summary>
    public ImmutableArray<ChangePoint> Changes => field.IsDefault ? field = FindChanges() : field;

    /// <summary>Whether a change took room away that was left before the claim fails.</summary>
    public bool HasLessRoom(ChangePoint change) => Permitted.Room(change.After) < Permitted.Room(change.Before);

    private ImmutableArray<ChangePoint> FindChanges() => IsReproducible
        ? [.. Enumerable.Range(1, Math.Max(0, Points.Length - 1)).Select(i => new ChangePoint(i, Points[i - 1].Value, Points[i].Value)).Where(ChangePoints.Matters)]
        : ChangePoints.Find([.. Points.Select(point => point.Value)]);
}

/// <summary>Where a number has to lie, or its claim fails.</summary>
/// <param name="Least">From here on; −∞ where nothing is too small.</param>
/// <param name="Greatest">Up to here; +∞ where nothing is too large.</param>
public readonly record struct PermittedRange(double Least, double Greatest)
{
    /// <summary>Nothing is excluded.</summary>
    public static PermittedRange Anything { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>How far a value is from failing; negative beyond, infinite where nothing is excluded.</summary>
    public double Room(double value) => Math.Min(value - Least, Greatest - value);
}

/// <summary>A point of a series.</summary>
/// <param name="When">When it was measured, in UTC.</param>
/// <param name="Commit">Of which commit.</param>
/// <param name="Value">The number.</param>
public readonly record struct SeriesPoint(DateTimeOffset When, string Commit, double Value)
{
    /// <summary>As many digits of the commit as people need.</summary>
    public string ShortCommit => Commit[..Math.Min(8, Commit.Length)];
}

/// <summary>A change of level.</summary>
/// <param name="Index">Index of the first point after it.</param>
/// <param name="Before">Median of the stretch before.</param>
/// <param name="After">Median of the stretch after.</param>
public readonly record struct ChangePoint(int Index, double Before, double After)
{
    /// <summary>After over before.</summary>
    public double Ratio => After / Before;
}
