using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>H^∞ of a two-layer network with its eigenvalues, enclosed.</summary>
public sealed class CertifiedLimit
{
    private readonly double radius;
    private readonly double[] values;

    /// <summary>Encloses kernel and eigenvalues.</summary>
    /// <param name="activation">One breakpoint, at zero.</param>
    /// <param name="inputs">n × 𝔡.</param>
    /// <param name="samples">n.</param>
    public CertifiedLimit(PiecewiseAffine activation, double[] inputs, int samples)
    {
        (Kernel, Radii, values) = (new double[samples * samples], new double[samples * samples], new double[samples]);
        CertifiedShallowLimit.Compute(activation, inputs, samples, Kernel, Radii);
        var (vectors, workspace) = (new double[samples * samples], new double[SymmetricEigen.WorkspaceLength(samples, vectors: true)]);
        SymmetricEigen.Decompose([.. Kernel], samples, values, vectors, workspace);
        radius = EigenvalueBounds.Radius(Kernel, Radii, samples, values, vectors, workspace);
    }

    /// <summary>Midpoints, n × n.</summary>
    public double[] Kernel { get; }

    /// <summary>Radii, n × n.</summary>
    public double[] Radii { get; }

    /// <summary>λ_min.</summary>
    public Ball Smallest => Eigenvalue(0);

    /// <summary>λ_max.</summary>
    public Ball Largest => Eigenvalue(values.Length - 1);

    /// <summary>The eigenvalue with <paramref name="index"/> smaller ones.</summary>
    public Ball Eigenvalue(int index) => new(values[index], radius);
}
