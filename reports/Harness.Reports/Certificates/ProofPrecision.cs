using System.Text.Json.Serialization;

namespace Harness.Reports.Certificates;

/// <summary>The arithmetic of a proof.</summary>
public enum ProofPrecision
{
    /// <summary>Double: midpoint and radius of one word.</summary>
    [JsonStringEnumMemberName("double")]
    Double,

    /// <summary>Double-double: the retry where double leaves something open.</summary>
    [JsonStringEnumMemberName("double-double")]
    DoubleDouble,
}

/// <summary>Which arithmetic decided what: double unless that left it open.</summary>
/// <param name="Loss">Open in double: F(W) ≤ ε neither proved nor refuted, or F(W) known to fewer than six digits.</param>
/// <param name="Classification">Open in double: a sample neither certainly right nor certainly wrong.</param>
/// <param name="OpenSigns">Open in double: any sign.</param>
/// <param name="GradientNorm">Open in double: fewer than six digits, or any sign; null where it is not enclosed. The forward pass is then double-double, the backward pass double.</param>
/// <param name="Kernel">Open in double: any sign; null where there is no kernel. The forward pass is then double-double, the backward pass and Gram matrices double.</param>
public sealed record Precisions(ProofPrecision Loss, ProofPrecision Classification, ProofPrecision OpenSigns, ProofPrecision? GradientNorm, ProofPrecision? Kernel);
