using Harness.Claims.Decisions;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>How the effective span grows as the noise falls, for coefficients of a power law at spread-out places: exact tails, without truncation.</summary>
public static class SpanScaling
{
    // The nearest other exponent is that of q ± ½: 0.043 away in d† and in the risk for the p and q here. Rounding to whole k moves log d† by less than 1/d† ≤ 0.06 over a ladder of length ln 10⁴ = 9.2: below 0.007.
    private const double Margin = 0.03;

    private static readonly Domain Ladder = Domain.Climbing("σ²", rungs: (17, 25, 33), trials: 1, new VariableRange("σ²", 1e-3, (1e-7, 1e-8, 1e-9), IsInteger: false));

    private static readonly Generator<Trial> Levels = new(Ladder, "θ²_{l(j)} = j^{−(p+1)}, l(j) = ⌊j^q⌋, all other coefficients zero, infinitely many of them", takesData: false, trial => trial);

    /// <summary>All exponents.</summary>
    public static IReadOnlyList<Claim> Claims { get; } = [Dimension(1, 1, 2), Dimension(1, 2, 1), Dimension(2.5, 1.5, 1), Risk(1, 1, 2), Risk(1, 2, 1), Risk(2.5, 1.5, 1)];

    private static Claim Dimension(double p, double q, double other) => Claim
        .Named(FormattableString.Invariant($"esd.span-exponent-p{10 * p:F0}-q{10 * q:F0}"))
        .DerivedFrom(Papers.HuangLiLiLin, "Definition 3.1 (power laws)", "Effective span dimension", "E6")
        .States(FormattableString.Invariant($"d† ~ (σ²)^(−q/(p + q))   at p = {p}, q = {q}"))
        .Given(Levels)
        .Observes("d†", trial => Span(trial, p, q))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-q / (p + q), Margin, "σ²"))
        .RefutedWhen(FormattableString.Invariant($"q = {other}"), trial => Span(trial, p, other))
        .RefutedWhen("the energy left out is at most σ²", trial => First(p, q, (_, tail) => tail <= trial.Variables["σ²"]))
        .Build();

    private static Claim Risk(double p, double q, double other) => Claim
        .Named(FormattableString.Invariant($"esd.risk-exponent-p{10 * p:F0}-q{10 * q:F0}"))
        .DerivedFrom(Papers.HuangLiLiLin, "Proposition 3.2 (power laws)", "Effective span dimension", "E6")
        .States(FormattableString.Invariant($"min_k R_k ~ (σ²)^(p/(p + q))   at p = {p}, q = {q}"))
        .Given(Levels)
        .Observes("min_k R_k", trial => Smallest(trial, p, q))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(p / (p + q), Margin, "σ²"))
        .RefutedWhen(FormattableString.Invariant($"q = {other}"), trial => Smallest(trial, p, other))
        .Build();

    private static Measurement Span(Trial trial, double p, double q) => First(p, q, (k, tail) => tail <= k * trial.Variables["σ²"]);

    /// <summary>The condition holds from some k on. The tail falls at the places l(j) only: first the stretch between two of them by bisection, then k in it.</summary>
    private static double First(double p, double q, Func<double, double, bool> holds)
    {
        var (below, above) = (0L, 1L);
        while (!Holds(above))
        {
            (below, above) = (above, 2 * above);
        }

        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            (below, above) = Holds(middle) ? (below, middle) : (middle, above);
        }

        // Between l(j) and l(j + 1) the tail is constant.
        var (low, high, tail) = (Place(above, q), Place(above + 1, q) - 1, Zeta(p + 1, above + 1));
        while (low < high)
        {
            var k = Math.Floor((low + high) / 2);
            (low, high) = holds(k, tail) ? (low, k) : (k + 1, high);
        }

        return low;

        bool Holds(long j) => holds(Place(j + 1, q) - 1, Zeta(p + 1, j + 1));
    }

    /// <summary>Risks rise while the tail is constant: the least is at a place.</summary>
    private static Measurement Smallest(Trial trial, double p, double q)
    {
        var smallest = double.PositiveInfinity;
        for (long j = 1; Place(j, q) * trial.Variables["σ²"] < smallest; j++)
        {
            smallest = Math.Min(smallest, (Place(j, q) * trial.Variables["σ²"]) + Zeta(p + 1, j + 1));
        }

        return smallest;
    }

    /// <summary>⌊j^q⌋ for q a multiple of ½.</summary>
    private static double Place(long j, double q) => Math.Floor(Math.Sqrt(Math.Pow(j, 2 * q)));

    /// <summary>Σ_{i≥from} i^{−s} by Euler and Maclaurin's formula after ten terms; the first term left out is below 10⁻¹² of the sum.</summary>
    private static double Zeta(double s, long from)
    {
        var (sum, n) = (0.0, from + 10.0);
        for (var i = from; i < from + 10; i++)
        {
            sum += Math.Pow(i, -s);
        }

        var power = Math.Pow(n, -s);
        return sum + (power * ((n / (s - 1)) + 0.5 + (s / (12 * n)) - (s * (s + 1) * (s + 2) / (720 * n * n * n))));
    }
}
