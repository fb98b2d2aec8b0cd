namespace Harness.Claims.Decisions;

/// <summary>
/// Decides linear convergence: the loss falls at every step by at least a constant times the scale of the theorem's rate.
/// </summary>
/// <remarks>
/// The value of an observation is the worst contraction along its trajectory, min over t of 1 − F(t+1)/F(t), and the bound is the scale of the rate, for
/// instance η·δ·m/(d·n²). That is a lower bound with a hidden constant, and decided as one (<see cref="HiddenConstant.LowerBound"/>). A
/// loss that rose at some step has a contraction of zero or less and refutes the claim outright.
/// </remarks>
public sealed class Rate : IDecisionProcedure
{
    private Rate()
    {
    }

    /// <summary>1 − F(t+1)/F(t) ≥ c·S at every step, with one c &gt; 0.</summary>
    public static Rate AtLeast { get; } = new();

    /// <inheritdoc/>
    public string Name => "rate";

    /// <inheritdoc/>
    public string InWords =>
        $"The worst contraction of the loss over all steps of a trajectory, 1 − F(t+1)/F(t), against the scale of the rate. A step at which the loss does not fall refutes the claim outright. {HiddenConstant.LowerBound.InWords}";

    /// <inheritdoc/>
    public bool Calibrates => HiddenConstant.LowerBound.Calibrates;

    /// <inheritdoc/>
    public bool Settles(Observation observation) => HiddenConstant.LowerBound.Settles(observation);

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm) => HiddenConstant.LowerBound.Decide(evidence, falseAlarm);
}
