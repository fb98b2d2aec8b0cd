namespace Harness.Core.Spectra;

/// <summary>A kernel on a sphere that depends on the angle θ between its arguments alone.</summary>
public interface IZonalKernel
{
    /// <summary>K at versine v = 1 − cos θ, 0 ≤ v ≤ 2: unlike the cosine it keeps small angles.</summary>
    double At(double versine);
}
