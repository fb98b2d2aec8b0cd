using Harness.Claims;

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
/// <remarks>
/// The name of a procedure says what kind it is, and the first relation in its rule on which side the bound is ("Q ≤ C·S"). A procedure that is
/// not known here is drawn as a comparison of value and bound, which is true of every procedure.
/// </remarks>
internal readonly record struct ProcedureReading(EvidenceKind Kind, ForbiddenSide Forbidden)
{
    /// <summary>The reading of a procedure.</summary>
    public static ProcedureReading Of(IDecisionProcedure procedure)
    {
        var kind = procedure.Name switch
        {
            var name when name.StartsWith("hidden constant", StringComparison.Ordinal) => EvidenceKind.HiddenConstant,
            var name when name.StartsWith("rate", StringComparison.Ordinal) => EvidenceKind.Rate,
            var name when name.StartsWith("exponent", StringComparison.Ordinal) => EvidenceKind.Exponent,
            var name when name.StartsWith("identity", StringComparison.Ordinal) => EvidenceKind.Residual,
            var name when name.StartsWith("probability", StringComparison.Ordinal) => EvidenceKind.Frequency,
            var name when name.StartsWith("moment", StringComparison.Ordinal) => EvidenceKind.Mean,
            _ => EvidenceKind.Comparison,
        };
        return new(kind, kind switch
        {
            EvidenceKind.Residual or EvidenceKind.Frequency => ForbiddenSide.Above,
            EvidenceKind.Rate => ForbiddenSide.Below,
            EvidenceKind.Exponent or EvidenceKind.Mean => ForbiddenSide.Both,
            _ => procedure.InWords.FirstOrDefault(c => c is '≤' or '≥' or '=') switch
            {
                '≤' => ForbiddenSide.Above,
                '≥' => ForbiddenSide.Below,
                _ => ForbiddenSide.Both,
            },
        });
    }
}
