using Harness.Claims;

namespace Harness.Reports.Runs;

/// <summary>
/// The order in which claims are tried: those with the longest trials first, so that the round ends on short ones and no core waits long for another (Graham's rule: R. L. Graham,
/// "Bounds on multiprocessing timing anomalies", SIAM J. Appl. Math. 17, 1969).
/// </summary>
/// <remarks>
/// The length of a trial is judged by the multiply-adds of a pass through its network, which the plan knows before anything runs; so the order is part of the plan, the ledger
/// follows it, and what is observed is stored at once. Times that are measured would balance little better and would make the order differ from run to run.
/// </remarks>
internal static class LongestFirst
{
    /// <summary>Indices of the claims in the order in which they are tried; claims of one length stay in their order.</summary>
    public static IEnumerable<int> Order(IReadOnlyList<ClaimRun> claims, Profile profile) =>
        Enumerable.Range(0, claims.Count).OrderByDescending(i => LongestPass(claims[i], profile));

    /// <summary>n·d·L·m² at the claim's largest cell; a variable that a cell doesn't have counts as 1.</summary>
    private static double LongestPass(ClaimRun claim, Profile profile)
    {
        var cells = claim.Arms.SelectMany(arm => ClaimPlan.Cells(claim.Claim, arm.Variant, profile, arm.Data));
        return cells.Select(cell => Of(cell, "n") * Of(cell, "d") * Of(cell, "L") * Of(cell, "m") * Of(cell, "m")).DefaultIfEmpty().Max();
    }

    private static double Of(Cell cell, string symbol) => cell.Variables.TryGet(symbol, out var value) ? value : 1;
}
