using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <content>The rule of 16 nodes with proven radii, for intervals that are small beside their distance from a singularity, with its error bound. For f analytic and |f| ≤ M in the ellipse with the interval's ends as foci and semi-axes that sum to ρ half lengths h: |error| ≤ (64/15) h M ρ⁻³⁰/(1 − ρ⁻²) (Trefethen, "Approximation Theory and Approximation Practice", theorem 19.3).</content>
public static partial class GaussLegendre
{
    /// <summary>Number of nodes of <see cref="Enclosed"/>.</summary>
    internal const int EnclosedNodes = 16;

    /// <summary>The error of the rule per half length and per bound M: (64/15) ρ⁻³⁰/(1 − ρ⁻²) at ρ = 4.2, where the ellipse of [½, 1] lies in the sector |arg τ| ≤ π/4: less than 10⁻¹⁸.</summary>
    internal const double EnclosedError = 1e-18;

    private static ReadOnlySpan<double> Abscissas =>
    [
        0.9894009349916499, 0.9445750230732326, 0.8656312023878318, 0.755404408355003, 0.6178762444026438, 0.45801677765722737, 0.2816035507792589, 0.09501250983763744,
    ];

    private static ReadOnlySpan<double> Weights =>
    [
        0.027152459411754096, 0.062253523938647894, 0.09515851168249279, 0.12462897125553388, 0.14959598881657674, 0.16915651939500254, 0.18260341504492358, 0.1894506104550685,
    ];

    /// <summary>Node k on [−1, 1] and its weight; the printed digits are the doubles nearest to them.</summary>
    internal static (Ball Node, Ball Weight) Enclosed(int k)
    {
        var (x, w) = (Abscissas[k / 2], Weights[k / 2]);
        return (new(k % 2 == 0 ? x : -x, Rounding.Unit * x), new(w, Rounding.Unit * w));
    }
}
