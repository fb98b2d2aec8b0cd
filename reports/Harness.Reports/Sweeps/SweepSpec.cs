using System.Collections.Immutable;
using Harness.Claims;

namespace Harness.Reports.Sweeps;

/// <summary>What a sweep maps: claims over grids of their variables.</summary>
/// <param name="Title">For people.</param>
/// <param name="Profile">The profile of every trial: it fixes what a claim runs at most.</param>
/// <param name="Seeds">Seeds; each has cells of its own.</param>
/// <param name="Budget">Time that all cells together may be expected to take on one worker, or null for any.</param>
/// <param name="Panels">The grids.</param>
public sealed record SweepSpec(string Title, Profile Profile, ImmutableArray<ulong> Seeds, TimeSpan? Budget, ImmutableArray<SweepPanel> Panels)
{
    /// <summary>The cells in their order: panel by panel, seed by seed, the first axis slowest. A cell of several panels comes once, at its first place.</summary>
    /// <exception cref="ArgumentException">A claim has no such variable, or a value is none of it; the message says which.</exception>
    public IEnumerable<SweepCell> Cells() => Panels
        .SelectMany(panel => Seeds.SelectMany(seed => panel.Points().Select(point => SweepCell.Of(panel.Claim, point, Profile, seed, panel.Trials))))
        .DistinctBy(cell => cell.Id);
}

/// <summary>A grid of one claim's variables.</summary>
/// <param name="Name">For people.</param>
/// <param name="Claim">The claim whose observation is made at every point.</param>
/// <param name="Trials">Trials a cell.</param>
/// <param name="Axes">Every variable that is given; one with a single value is fixed.</param>
/// <param name="Shows">What its map shows; null for what suits the claim.</param>
public sealed record SweepPanel(string Name, Claim Claim, int Trials, ImmutableArray<SweepAxis> Axes, PanelQuantity? Shows = null)
{
    /// <summary>What its map shows.</summary>
    public PanelQuantity Quantity => Shows ?? PanelQuantities.Suited(Claim);

    /// <summary>The variables that vary.</summary>
    public IEnumerable<SweepAxis> Swept => Axes.Where(axis => axis.Values.Length > 1);

    /// <summary>The points of the grid, the first axis slowest.</summary>
    /// <inheritdoc cref="Domain.Point" path="/exception"/>
    public IEnumerable<Variables> Points()
    {
        IEnumerable<ImmutableDictionary<string, double>> points = [ImmutableDictionary<string, double>.Empty];
        foreach (var axis in Axes)
        {
            points = points.SelectMany(point => axis.Values.Select(value => point.SetItem(axis.Symbol, value)));
        }

        return points.Select(Claim.Experiment.Domain.Point);
    }
}

/// <summary>A variable and its values.</summary>
/// <param name="Symbol">The claim's symbol.</param>
/// <param name="Values">At least one.</param>
public sealed record SweepAxis(string Symbol, ImmutableArray<double> Values);
