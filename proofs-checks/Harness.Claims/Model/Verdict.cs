namespace Harness.Claims;

/// <summary>What the evidence says of a claim. There is no fourth value and no guess.</summary>
public enum Verdict
{
    /// <summary>Every decision rule of the procedure was passed on everything that was tried.</summary>
    Holds,

    /// <summary>The evidence contradicts the claim at the stated level.</summary>
    Violated,

    /// <summary>Neither: the evidence is too thin, and the decision says how much more it would take.</summary>
    Undecided,
}
