using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using static Harness.Claims.Instances.Ranges;

namespace MyClaims;

/// <summary>A worked claim, in the order in which a theorem is read. Put a statement of your own in its place.</summary>
public static class NormTail
{
    private const double x = 1;

    // Where it is tried: m from 32 up to 128, 512 or 4096 by profile (gate, standard, thorough).
    private static readonly Domain Sizes = Domain.Filling(cells: (4, 8, 16), trials: (25, 50, 400), m(32, (128, 512, 4096)));

    /// <summary>The squared norm of a Gaussian vector rarely exceeds its mean by much.</summary>
    public static Claim Upper { get; } = Claim
        .Named("lm.norm-tail")
        .From(Papers.LaurentMassart, "Lemma 1 (upper tail, equal weights)")
        .States("P(‖g‖² ≥ m + 2√(mx) + 2x) ≤ e^{−x}   for g ~ N(0, I) in m dimensions, tried at x = 1")
        .Given(Vectors(variance: 1))
        .Observes("1{‖g‖² ≥ m + 2√(mx) + 2x}", Exceeds)
        .Against("e^{−x}", _ => Math.Exp(-x))
        .DecidedBy(Probability.AtMost)
        .RefutedWhen("the variance is 2 in place of 1", Vectors(variance: 2))
        .Build();

    private static Generator<double[]> Vectors(double variance) => new(Sizes, $"g with m independent N(0, {variance}) entries", takesData: false, trial =>
    {
        var g = new double[trial.m];
        trial.Random("g").FillGaussian(g, Math.Sqrt(variance));
        return g;
    });

    private static Measurement Exceeds(double[] g) => FixedOrder.SumOfSquares<double>(g) >= g.Length + (2 * Math.Sqrt(g.Length * x)) + (2 * x) ? 1 : 0;
}
