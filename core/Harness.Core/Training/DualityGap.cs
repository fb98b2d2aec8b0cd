namespace Harness.Core.Training;

/// <summary>What an iteration on a convex problem has reached, and what it cannot fall below.</summary>
/// <param name="Objective">The objective at the solution.</param>
/// <param name="LowerBound">The dual objective: no point has a smaller one.</param>
/// <param name="Steps">Steps taken.</param>
public readonly record struct DualityGap(double Objective, double LowerBound, int Steps)
{
    /// <summary>The gap: how far the objective is above the minimum at most.</summary>
    public double Width => Objective - LowerBound;
}
