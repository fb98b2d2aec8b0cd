namespace Harness.Reports.Diagnoses;

/// <summary>How far a long computation is, in multiply-adds: those of everything that is done and to be done are counted from the shapes beforehand.</summary>
/// <param name="Doing">What is done now.</param>
/// <param name="Done">Multiply-adds behind it.</param>
/// <param name="Total">All of them.</param>
public readonly record struct WorkDone(string Doing, double Done, double Total)
{
    /// <summary>Done by total, at most 1.</summary>
    public double Fraction => Total > 0 ? Math.Min(1, Done / Total) : 1;
}
