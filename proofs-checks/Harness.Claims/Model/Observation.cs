using System.Collections.Immutable;
using Harness.Core.Enclosures;

namespace Harness.Claims;

/// <summary>What one trial measured.</summary>
/// <param name="Value">The observed quantity.</param>
public sealed record Measurement(Ball Value)
{
    /// <summary>The other side, where the trial itself computes it; left out where the claim has a scale in its variables.</summary>
    public Ball? Bound { get; init; }

    /// <summary>Numbers behind the value, for the plot: losses over steps, eigenvalues beside their predictions. Kept short.</summary>
    public ImmutableArray<double> Series { get; init; } = [];

    /// <summary>
    /// The same measurement at higher precision, made only where this one is too wide to decide on (<see cref="IDecisionProcedure.Settles"/>); null where there is none.
    /// </summary>
    public Func<Measurement>? Retry { get; init; }

    /// <summary>A measurement without a tracked radius.</summary>
    public static implicit operator Measurement(double value) => new(Ball.Unbounded(value));

    /// <summary>A measurement with a radius.</summary>
    public static implicit operator Measurement(Ball value) => new(value);
}

/// <summary>One line of evidence: what was observed at one trial of one cell, and against what.</summary>
/// <param name="Cell">Index of the cell.</param>
/// <param name="Trial">Index of the trial in the cell.</param>
/// <param name="IsCalibration">Whether the cell calibrates hidden constants.</param>
/// <param name="Variables">The cell's variables, overwritten and extended by what the instance measured (δ, loss, …).</param>
/// <param name="Value">The observed quantity.</param>
/// <param name="Bound">The bound, the bound's scale, or the exact value it is held against.</param>
/// <param name="Series">Numbers behind the value, such as losses over steps; may be empty.</param>
public sealed record Observation(
    int Cell, int Trial, bool IsCalibration, Variables Variables, Ball Value, Ball Bound, ImmutableArray<double> Series)
{
    /// <summary>Whether this is the second measurement, at higher precision (<see cref="Measurement.Retry"/>).</summary>
    public bool IsRetry { get; init; }
}
