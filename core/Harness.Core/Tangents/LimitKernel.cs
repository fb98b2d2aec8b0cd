using Harness.Core.Enclosures;

namespace Harness.Core.Tangents;

/// <summary>
/// The infinite-width limit of <see cref="TangentKernel"/> for the paper's own parametrisation: A and B frozen, W₁…W_L trained.
/// </summary>
/// <remarks>
/// With c₀ = ⟨x, x'⟩ on unit inputs and c_{k+1} = κ₁(c_k):
/// K^∞(x, x') = (m / 2d) Σ_{l=1}^{L} c_l Π_{k=l}^{L} κ₀(c_k) for each output, and K = K^∞ ⊗ I_d. Derivation: docs/derivations.md, "Limit kernel".
/// Returned here in scale-free form, 2d/m times that, so that its diagonal is L.
/// <para>κ₀, κ₁ are the arc-cosine kernels of order 0 and 1 (Cho and Saul 2009). With proven radii, and stable as the cosine approaches ±1: <see cref="CertifiedLimitKernel"/>.</para>
/// </remarks>
public static class LimitKernel
{
    /// <summary>κ₀(u) = (π − arccos u)/π.</summary>
    public static double Kappa0(double u) => 1 - (Angle(u) / Math.PI);

    /// <summary>κ₁(u) = (u(π − arccos u) + √(1 − u²))/π.</summary>
    public static double Kappa1(double u) => ((u * (Math.PI - Angle(u))) + Math.Sqrt(Math.Max(0, (1 - u) * (1 + u)))) / Math.PI;

    /// <summary>(2d/m)·K^∞ at two unit inputs with cosine <paramref name="cosine"/>, for L = <paramref name="depth"/> trained layers.</summary>
    public static double Value(double cosine, int depth)
    {
        // Horner's scheme from the innermost layer: after layer l the sum is κ₀(c_l)·(c_l + previous), because every earlier term gains the factor κ₀(c_l).
        double sum = 0, c = cosine;
        for (var l = 1; l <= depth; l++)
        {
            c = Kappa1(c);
            sum = Kappa0(c) * (c + sum);
        }

        return sum;
    }

    /// <summary>Fills the n × n matrix (2d/m)·K^∞ of unit inputs.</summary>
    /// <param name="inputs">n × 𝔡, rows of norm one.</param>
    /// <param name="samples">n.</param>
    /// <param name="depth">L.</param>
    /// <param name="kernel">n × n, row-major.</param>
    public static void Compute(ReadOnlySpan<double> inputs, int samples, int depth, Span<double> kernel)
    {
        var dimension = inputs.Length / samples;
        for (var i = 0; i < samples; i++)
        {
            var x = inputs.Slice(i * dimension, dimension);
            kernel[(i * samples) + i] = Value(1, depth);
            for (var j = 0; j < i; j++)
            {
                var value = Value(Cosine(x, inputs.Slice(j * dimension, dimension)), depth);
                kernel[(i * samples) + j] = value;
                kernel[(j * samples) + i] = value;
            }
        }
    }

    // 1 − ‖x − x'‖²/2 rather than ⟨x, x'⟩: near-duplicates keep the relative accuracy of their distance.
    internal static double Cosine(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double squared = 0;
        for (var k = 0; k < x.Length; k++)
        {
            squared += (x[k] - y[k]) * (x[k] - y[k]);
        }

        return 1 - (squared / 2);
    }

    // The platform's arccosine may differ in its last bit between systems.
    private static double Angle(double u) => Ball.Acos(Ball.Exactly(Math.Clamp(u, -1, 1))).Midpoint;
}
