namespace Harness.Claims;

/// <summary>How a measured exponent has to lie to the proved one.</summary>
public enum Relation
{
    /// <summary>At most the proved one: a bound from above in a variable that grows, or from below in one that falls.</summary>
    AtMost,

    /// <summary>At least the proved one: a bound from below in a variable that grows, or from above in one that falls.</summary>
    AtLeast,

    /// <summary>The proved one.</summary>
    Equal,
}

/// <summary>
/// Theory against practice in one variable: the exponent of what is proved beside the exponent of what was observed.
/// </summary>
/// <remarks>
/// The proved exponent is that of the bound which the claim is decided against: the slope of its logarithm over the same cells, in the same regression, as the slope of the observations. A bound with
/// logarithms has the slope that they leave it over the range tried: m log m over m = 128…512 has about 1.18.
/// </remarks>
/// <param name="Symbol">The variable.</param>
/// <param name="From">Where the range that was tried begins: its mild end.</param>
/// <param name="To">Where it ends, near the limit.</param>
/// <param name="Relation">How the measured exponent has to lie to the proved one.</param>
/// <param name="Proved">The proved exponent.</param>
/// <param name="Measured">The measured exponent.</param>
/// <param name="Lower">Its lower confidence limit, missed with probability <see cref="ErrorBudget.MissedViolation"/>; the exponent itself where it was counted exactly.</param>
/// <param name="Upper">Its upper confidence limit.</param>
/// <param name="Margin">How far beyond the proved exponent the claim permits the measured one to lie, because over a finite range lower-order terms bend it.</param>
public sealed record ComparedExponent(string Symbol, double From, double To, Relation Relation, double Proved, double Measured, double Lower, double Upper, double Margin = 0)
{
    /// <summary>
    /// How fast the bound moves away from what is observed on the way to the limit: between them grows a factor (To/From)^±<see cref="Slack"/>. Zero where the theory has the true exponent, negative where it is broken or where the finite range bends the slope.
    /// </summary>
    public double Slack => Relation switch
    {
        Relation.AtMost => Proved - Measured,
        Relation.AtLeast => Measured - Proved,
        _ => -Math.Abs(Measured - Proved),
    };
}
