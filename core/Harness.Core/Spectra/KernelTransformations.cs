using System.Numerics.Tensors;

namespace Harness.Core.Spectra;

/// <summary>What can be done to a kernel or its measure with a known effect on the eigenvalues λᵢ(k; μ), here for measures on finitely many points.</summary>
/// <remarks>
/// The rules by which Li, Yu, Chen, Lin (arXiv:2305.02657) carry eigenvalue decay from the sphere to general domains (derived in docs/derivations.md, "Transformations of kernels"):
/// <list type="number">
/// <item>T1: λᵢ(ρ(x)k(x, y)ρ(y); μ) = λᵢ(k; ρ²μ): <see cref="Reweight"/>.</item>
/// <item>T2: λᵢ(k(φx, φy); μ) = λᵢ(k; φ_#μ): <see cref="PullBack"/> and <see cref="PushForward"/>.</item>
/// <item>T3: μ₁ ≤ Cμ₂ ⇒ λᵢ(k; μ₁) ≤ Cλᵢ(k; μ₂).</item>
/// <item>T4: λᵢ(k; μ|_S) ≤ λᵢ(k; μ), μ|_S not renormalised: <see cref="Restrict"/>.</item>
/// <item>T5: λᵢ(k; μ) ≤ λᵢ(k + c; μ) ≤ λᵢ₋₁(k; μ) for c ≥ 0: <see cref="AddConstant"/>.</item>
/// <item>T6: k₂ − k₁ positive semidefinite ⇒ λᵢ(k₁; μ) ≤ λᵢ(k₂; μ).</item>
/// </list>
/// The eigenvalues are those of the matrix that <see cref="NystromOperator.Symmetrise"/> makes of k and the masses.
/// </remarks>
public static class KernelTransformations
{
    /// <summary>ρ(xᵢ) k(xᵢ, xⱼ) ρ(xⱼ), in place.</summary>
    /// <param name="kernel">n × n row-major.</param>
    /// <param name="factors">ρ(xᵢ).</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Reweight(Span<double> kernel, ReadOnlySpan<double> factors)
    {
        var n = factors.Length;
        RequireSquare(kernel.Length, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                kernel[(i * n) + j] *= factors[i] * factors[j];
            }
        }
    }

    /// <summary>k(φ(xᵢ), φ(xⱼ)).</summary>
    /// <param name="kernel">k, m × m.</param>
    /// <param name="points">m.</param>
    /// <param name="map">φ: from each of n points to one of m.</param>
    /// <param name="result">Receives n × n.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void PullBack(ReadOnlySpan<double> kernel, int points, ReadOnlySpan<int> map, Span<double> result)
    {
        var n = map.Length;
        RequireSquare(kernel.Length, points);
        RequireSquare(result.Length, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                result[(i * n) + j] = kernel[(map[i] * points) + map[j]];
            }
        }
    }

    /// <summary>φ_#μ: the mass of a point is that of all points which φ takes to it.</summary>
    /// <param name="masses">μ on n points.</param>
    /// <param name="map">φ.</param>
    /// <param name="result">Receives φ_#μ on m points.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void PushForward(ReadOnlySpan<double> masses, ReadOnlySpan<int> map, Span<double> result)
    {
        if (map.Length != masses.Length)
        {
            throw new ArgumentException($"A map of {map.Length} points does not carry a measure on {masses.Length}.", nameof(map));
        }

        result.Clear();
        for (var i = 0; i < masses.Length; i++)
        {
            result[map[i]] += masses[i];
        }
    }

    /// <summary>μ|_S, in place: no mass outside of S, and the same as before inside.</summary>
    /// <param name="masses">μ.</param>
    /// <param name="subset">Which points belong to S.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Restrict(Span<double> masses, ReadOnlySpan<bool> subset)
    {
        if (subset.Length != masses.Length)
        {
            throw new ArgumentException($"A subset of {subset.Length} points does not restrict a measure on {masses.Length}.", nameof(subset));
        }

        for (var i = 0; i < masses.Length; i++)
        {
            masses[i] = subset[i] ? masses[i] : 0;
        }
    }

    /// <summary>k + c, in place.</summary>
    /// <param name="kernel">n × n.</param>
    /// <param name="constant">c ≥ 0: a negative constant may move eigenvalues down.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is negative.</exception>
    public static void AddConstant(Span<double> kernel, double constant)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(constant);
        TensorPrimitives.Add(kernel, constant, kernel);
    }

    private static void RequireSquare(int length, int n)
    {
        if (length != (long)n * n)
        {
            throw new ArgumentException($"A kernel on {n} points has {(long)n * n} entries; the span has {length}.");
        }
    }
}
