namespace Harness.Core.Spectra;

/// <summary>What is wanted of each degree of a kernel's spectrum on the sphere.</summary>
public enum SpectralQuantity
{
    /// <summary>μ_k. In high dimensions it falls below the smallest double, and is then zero with the radius to say so.</summary>
    Eigenvalue,

    /// <summary>N(p, k) μ_k, which sums to K(1): the share of the trace. It neither over- nor underflows where the eigenvalue or the multiplicity does.</summary>
    Share,
}
