namespace Harness.Core.Spectra;

/// <summary>One coordinate of an over-parameterised gradient flow at one time.</summary>
/// <param name="Coefficient">θ = a b^D β.</param>
/// <param name="Eigenvalue">The learned eigenvalue (a b^D)².</param>
public readonly record struct FlowPoint(double Coefficient, double Eigenvalue);

/// <summary>How the D inner factors of θ = a b₁⋯b_D β are related.</summary>
public enum InnerLayers
{
    /// <summary>One parameter b, D times: b² − Dβ² is invariant (Li and Lin, NeurIPS 2024, equation 14).</summary>
    Tied,

    /// <summary>D parameters with equal starts: b_k² − β² is invariant.</summary>
    Untied,
}
