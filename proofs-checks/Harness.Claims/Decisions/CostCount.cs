using System.Collections.Immutable;
using Harness.Claims.Exact;
using Harness.Core.Enclosures;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides the degree of a counted cost in each variable, exactly: counts along lines (<see cref="Domain.Lines"/>) are interpolated in rational arithmetic.
/// </summary>
/// <remarks>
/// <para>A program of nested loops whose bounds are the variables has a count that is a polynomial with non-negative coefficients, of a degree in each variable that is at most
/// the depth of the nest. Along a line of more points than that its values determine it, and its degree is the order of the last divided difference that is not zero
/// (Knuth, The Art of Computer Programming vol. 2, section 4.6.4). With non-negative coefficients no line at positive values of the others loses the leading term.</para>
/// <para><b>Violated</b> iff a degree differs from the stated one, with certainty: a difference of higher order refutes every polynomial of that degree, whatever the depth of
/// the nest. <b>Holds</b> iff all degrees are the stated ones and a value is left on each line that the interpolation did not need. <see cref="AsStated"/> compares
/// each count with its bound as well.</para>
/// </remarks>
public sealed class CostCount : IDecisionProcedure
{
    private readonly ImmutableArray<(string Symbol, int Degree)> degrees;
    private readonly bool isStated;

    private CostCount(ImmutableArray<(string Symbol, int Degree)> degrees, bool isStated) => (this.degrees, this.isStated) = (degrees, isStated);

    /// <summary>The count has these degrees; the bound of the observation is not read.</summary>
    /// <param name="degrees">Each variable with its degree, at least 0.</param>
    public static CostCount OfDegree(params ReadOnlySpan<(string Symbol, int Degree)> degrees) => new([.. degrees], isStated: false);

    /// <summary>The same, and every count equals its bound: a stated polynomial.</summary>
    public CostCount AsStated => new(degrees, isStated: true);

    /// <inheritdoc/>
    public string Name => "count";

    /// <inheritdoc/>
    public string InWords =>
        $"The cost is counted while the program runs, and its degree in each variable decided by exact interpolation along a line: {InSymbols(degrees)}. "
        + $"A divided difference of higher order that is not zero refutes it with certainty.{(isStated ? " Every count must equal the stated polynomial." : "")}";

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.Length == 0)
        {
            return new(Verdict.Undecided, "There are no observations.");
        }

        if (all.FirstOrDefault(o => !IsCount(o.Value) || degrees.Any(d => !o.Variables.TryGet(d.Symbol, out _))) is { } odd)
        {
            return new(Verdict.Undecided, FormattableString.Invariant(
                $"A count is an exact whole number at known {string.Join(", ", degrees.Select(d => d.Symbol))}; found {odd.Value} at {odd.Variables} (cell {odd.Cell})."));
        }

        if (isStated && all.FirstOrDefault(o => o.Value.Midpoint != o.Bound.Midpoint) is { } other)
        {
            var because = FormattableString.Invariant($"The count is {other.Value.Midpoint:F0}, and the stated polynomial {other.Bound.Midpoint:F0}, at {other.Variables} (cell {other.Cell}).");
            return new(Verdict.Violated, because) { IsCertified = true };
        }

        ImmutableArray<Counted> counted = [.. degrees.Select(d => Counted.On(Line(all, d.Symbol), d.Symbol, d.Degree))];
        ImmutableArray<Estimate> estimates = [.. counted.Select(c => new Estimate($"degree in {c.Symbol}", c.Found, c.Found, c.Found))];
        ImmutableArray<ComparedExponent> exponents = [.. counted.Select(c => new ComparedExponent(c.Symbol, c.From, c.To, Relation.Equal, c.Stated, c.Found, c.Found, c.Found))];
        if (counted.FirstOrDefault(c => c.Points >= c.Stated + 2 && (c.Found != c.Stated || c.Leading < 0)) is { } wrong)
        {
            return new(Verdict.Violated, wrong.InWords) { IsCertified = true, Estimates = estimates, Exponents = exponents };
        }

        if (counted.FirstOrDefault(c => c.Points < c.Stated + 2) is { } thin)
        {
            return new(Verdict.Undecided, $"Degree {thin.Stated} in {thin.Symbol} needs {thin.Stated + 2} values on its line; there are {thin.Points}.") { Estimates = estimates, Exponents = exponents };
        }

        var equals = isStated ? ", and equals the stated polynomial in every cell" : "";
        return new(Verdict.Holds, $"The count has degree {InSymbols(degrees)}{equals}.") { IsCertified = true, Estimates = estimates, Exponents = exponents };
    }

    private static bool IsCount(Ball value) => value.Radius == 0 && value.Midpoint >= 0 && value.Midpoint == Math.Floor(value.Midpoint);

    /// <summary>The counts in which every other variable has the value of the corner, the first observation; one for each x.</summary>
    private List<(double X, double Count)> Line(Observation[] all, string symbol) =>
    [
        .. all.Where(o => degrees.All(d => d.Symbol == symbol || o.Variables[d.Symbol] == all[0].Variables[d.Symbol]))
            .Select(o => (o.Variables[symbol], o.Value.Midpoint)).DistinctBy(p => p.Item1),
    ];

    private static string InSymbols(ImmutableArray<(string Symbol, int Degree)> degrees) =>
        string.Join(", ", degrees.Select(d => FormattableString.Invariant($"{d.Degree} in {d.Symbol}")));

    /// <summary>What was counted along one line.</summary>
    /// <param name="Symbol">The variable.</param>
    /// <param name="Stated">Its stated degree.</param>
    /// <param name="From">Where the line begins.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="Points">Distinct values of the variable.</param>
    /// <param name="Found">Degree of the interpolating polynomial, the order of the last divided difference that is not zero; 0 for the zero polynomial.</param>
    /// <param name="Leading">Sign of that difference, which is the leading coefficient.</param>
    private sealed record Counted(string Symbol, int Stated, double From, double To, int Points, int Found, int Leading)
    {
        public static Counted On(List<(double X, double Count)> line, string symbol, int stated)
        {
            BigRational[] x = [.. line.Select(p => BigRational.Exactly(p.X))];
            BigRational[] difference = [.. line.Select(p => BigRational.Exactly(p.Count))];
            var (found, leading) = (0, 0);
            for (var order = 0; order < x.Length; order++)
            {
                for (var i = 0; i < x.Length - order && order > 0; i++)
                {
                    difference[i] = (difference[i + 1] - difference[i]) / (x[i + order] - x[i]);
                }

                (found, leading) = difference[0].Sign == 0 ? (found, leading) : (order, difference[0].Sign);
            }

            return new(symbol, stated, line[0].X, line[^1].X, x.Length, found, leading);
        }

        public string InWords => Leading < 0
            ? FormattableString.Invariant($"The leading coefficient in {Symbol} is negative, which no count has.")
            : FormattableString.Invariant($"The degree in {Symbol} is {(Found == Points - 1 ? "at least " : "")}{Found} over {Points} values, and {Stated} is stated.");
    }
}
