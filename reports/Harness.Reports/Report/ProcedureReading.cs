using Harness.Claims;
using Harness.Claims.Decisions;

namespace Harness.Reports.Report;

/// <summary>What the evidence of a procedure looks like when it is drawn.</summary>
internal enum EvidenceKind
{
    /// <summary>Value against bound, to be compared one by one.</summary>
    Comparison,

    /// <summary>Value against a scale, with a fitted constant between them.</summary>
    HiddenConstant,

    /// <summary>Trajectories that contract at a rate.</summary>
    Rate,

    /// <summary>A power law along a ladder.</summary>
    Exponent,

    /// <summary>A cost along a ladder, against the polynomial and the exponential that it might be.</summary>
    Cost,

    /// <summary>A residual within its rounding radius.</summary>
    Residual,

    /// <summary>Failures in many trials.</summary>
    Frequency,

    /// <summary>Means against their exact values.</summary>
    Mean,
}

/// <summary>The side of the bound on which a claim is violated.</summary>
internal enum ForbiddenSide
{
    /// <summary>Upper bounds.</summary>
    Above,

    /// <summary>Lower bounds.</summary>
    Below,

    /// <summary>Equalities.</summary>
    Both,
}

/// <summary>How the report reads a decision procedure: the figure it draws and the side that is forbidden.</summary>
/// <remarks>A procedure that is not known here is drawn as a comparison of value and bound without a forbidden side, which is true of every procedure.</remarks>
internal readonly record struct ProcedureReading(EvidenceKind Kind, ForbiddenSide Forbidden)
{
    /// <summary>The reading of a procedure.</summary>
    public static ProcedureReading Of(IDecisionProcedure procedure) => procedure switch
    {
        HiddenConstant constant => new(EvidenceKind.HiddenConstant, IsLowerBound(constant) ? ForbiddenSide.Below : ForbiddenSide.Above),
        Rate => new(EvidenceKind.Rate, ForbiddenSide.Below),
        Exponent => new(EvidenceKind.Exponent, ForbiddenSide.Both),
        Growth => new(EvidenceKind.Exponent, ForbiddenSide.Above),
        Cost => new(EvidenceKind.Cost, ForbiddenSide.Above),
        Inequality => new(EvidenceKind.Comparison, procedure == Inequality.AtLeast ? ForbiddenSide.Below : ForbiddenSide.Above),
        Identity => new(EvidenceKind.Residual, ForbiddenSide.Above),
        Probability => new(EvidenceKind.Frequency, ForbiddenSide.Above),
        Moment => new(EvidenceKind.Mean, ForbiddenSide.Both),
        _ => new(EvidenceKind.Comparison, ForbiddenSide.Both),
    };

    /// <summary>Two procedures with the same thresholds differ in their side alone, and so do their rules.</summary>
    private static bool IsLowerBound(HiddenConstant constant) => constant.InWords == HiddenConstant.LowerBound.With(constant.Resolution, constant.Excluded).InWords;
}
