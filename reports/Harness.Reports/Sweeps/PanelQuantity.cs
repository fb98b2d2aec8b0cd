using Harness.Claims;
using Harness.Claims.Decisions;

namespace Harness.Reports.Sweeps;

/// <summary>What a panel's map shows of the trials at a point.</summary>
public enum PanelQuantity
{
    /// <summary>The median of observed value over bound, and the smallest and the largest: how loose a bound is.</summary>
    Ratio,

    /// <summary>The mean of the observed value with its confidence interval by Student's t.</summary>
    Value,

    /// <summary>The rate of trials that do not fail, with its interval by Clopper and Pearson: of claims that count failures.</summary>
    Success,
}

/// <summary>What suits a claim.</summary>
internal static class PanelQuantities
{
    /// <summary>Success where the claim counts failures, the ratio to the bound else.</summary>
    public static PanelQuantity Suited(Claim claim) => claim.Procedure is Probability ? PanelQuantity.Success : PanelQuantity.Ratio;
}
