using System.Collections.Immutable;

namespace Harness.Claims;

/// <summary>A variable and the range in which the claim is tried, from the mild end to the end where the theorem has to prove itself.</summary>
/// <param name="Symbol">The paper's symbol.</param>
/// <param name="From">The mild end, in every profile: a small width, a large separation.</param>
/// <param name="To">The asymptotic end, by profile: a large width, a small separation.</param>
/// <param name="IsInteger">Whether values are rounded to whole numbers.</param>
public sealed record VariableRange(string Symbol, double From, ByProfile To, bool IsInteger)
{
    /// <summary>True for a variable whose limit is zero (δ, ω, ε), false for one that grows (n, m, L, d).</summary>
    public bool TowardsZero => To.Thorough < From;

    /// <summary>True when the variable has one value only.</summary>
    public bool IsSingle => To.Gate == From && To.Standard == From && To.Thorough == From;

    /// <summary>The value at fraction <paramref name="u"/> ∈ [0, 1] of the way, evenly spaced in the logarithm.</summary>
    public double At(double u, Profile profile)
    {
        var value = From * Math.Pow(To.In(profile) / From, u);
        return IsInteger ? Math.Round(value) : value;
    }

    /// <summary>The value at fraction <paramref name="u"/> ∈ [0, 1] of the way, evenly spaced.</summary>
    public double Between(double u, Profile profile)
    {
        var value = From + (u * (To.In(profile) - From));
        return IsInteger ? Math.Round(value) : value;
    }
}

/// <summary>One point of a domain.</summary>
/// <param name="Index">Position in the domain's list.</param>
/// <param name="Variables">Values of the variables.</param>
/// <param name="IsCalibration">Whether hidden constants are fitted here; everywhere else they are only held.</param>
public sealed record Cell(int Index, Variables Variables, bool IsCalibration);

/// <summary>
/// Where a claim is tried: ranges of its variables, and the cells chosen in them.
/// </summary>
/// <remarks>
/// Cells are a fixed design: they depend on the claim and the profile, never on the seed, so that two runs differ only in what was drawn.
/// </remarks>
public sealed class Domain
{
    private static readonly int[] HaltonBases = [2, 3, 5, 7, 11, 13, 17, 19];

    private readonly ByProfile count;
    private readonly string? ladder;
    private readonly ImmutableArray<Computed> computed;
    private readonly Domain? onData;

    /// <summary>Points of every line, or 0 where the domain has none.</summary>
    private readonly int points;

    private Domain(ImmutableArray<VariableRange> ranges, ByProfile count, ByProfile trials, string? ladder, ImmutableArray<Computed>? computed = null, Domain? onData = null, int points = 0)
    {
        (Ranges, this.count, Trials, this.ladder, this.computed, this.onData, this.points) = (ranges, count, trials, ladder, computed ?? [], onData, points);
    }

    /// <param name="Symbol">The variable.</param>
    /// <param name="Swept">The combination that was swept to compute it; null where there is none.</param>
    /// <param name="Value">Its value from the cell's ranges.</param>
    private sealed record Computed(string Symbol, string? Swept, Func<Variables, double> Value);

    /// <summary>The variables and their ranges.</summary>
    public ImmutableArray<VariableRange> Ranges { get; }

    /// <summary>Trials a cell.</summary>
    public ByProfile Trials { get; }

    /// <summary>The variable whose ladder the domain is, or null for a space-filling design.</summary>
    public string? Ladder => ladder;

    /// <summary>
    /// Cells that fill the box of ranges evenly in the logarithms (Halton points, so that no two variables move together). The cells in the
    /// milder half of the first range, which is the size variable, calibrate; the others are held out.
    /// </summary>
    public static Domain Filling(ByProfile cells, ByProfile trials, params ReadOnlySpan<VariableRange> ranges) => new([.. ranges], cells, trials, null);

    /// <summary>A geometric ladder of one variable from end to end of its range; the other ranges must be single values.</summary>
    public static Domain Climbing(string symbol, ByProfile rungs, ByProfile trials, params ReadOnlySpan<VariableRange> ranges)
    {
        var domain = new Domain([.. ranges], rungs, trials, symbol);
        foreach (var range in ranges)
        {
            if (range.Symbol != symbol && !range.IsSingle)
            {
                throw new ArgumentException($"A ladder climbs one variable, {symbol}; {range.Symbol} must be a single value.", nameof(ranges));
            }
        }

        return domain;
    }

    /// <summary>
    /// Lines through one corner: every variable in turn takes <paramref name="points"/> evenly spaced values from end to end of its range, the others stay where theirs begins.
    /// The corner is the first cell and belongs to every line.
    /// </summary>
    /// <remarks>What a polynomial with non-negative coefficients does along these lines tells its degree in each variable.</remarks>
    public static Domain Lines(int points, params ReadOnlySpan<VariableRange> ranges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return new([.. ranges], 1 + (ranges.Length * (points - 1)), 1, ladder: null, points: points);
    }

    /// <summary>The same domain with one more variable, computed from those that it has.</summary>
    /// <param name="symbol">The variable that is computed.</param>
    /// <param name="value">Its value from the cell's ranges.</param>
    public Domain Computing(string symbol, Func<Variables, double> value) => Computing(new(symbol, null, value));

    /// <summary>
    /// The same domain with one more variable, computed from a combination that is swept in its place: m from the range of mδ, ω from the range of ω√m. So a hypothesis on
    /// several variables, such as m ≥ C/δ, is true by construction, and drift is judged along the regime of the theorem.
    /// </summary>
    /// <param name="symbol">The variable that is computed.</param>
    /// <param name="swept">The combination, one of the ranges.</param>
    /// <param name="value">The variable's value from the cell's ranges.</param>
    /// <exception cref="ArgumentException"><paramref name="swept"/> is none of the ranges.</exception>
    public Domain Computing(string symbol, string swept, Func<Variables, double> value) => Ranges.Any(r => r.Symbol == swept)
        ? Computing(new(symbol, swept, value))
        : throw new ArgumentException($"{swept} is none of the ranges: {string.Join(", ", Ranges.Select(r => r.Symbol))}.", nameof(swept));

    /// <summary>The variables that vary over the cells, each with the side on which its limit lies.</summary>
    public ImmutableArray<SweptVariable> Swept => [.. Ranges.Where(r => !r.IsSingle).Select(r => new SweptVariable(r.Symbol, r.TowardsZero))];

    /// <summary>
    /// The swept variables as theorems name them: a combination that was swept in place of a variable, such as mδ for m, n/b for n or ω√m for ω, is replaced by that variable, with the side on which its own limit
    /// lies. Exponents are stated in these; up to rounding the logarithms of both sets span the same space.
    /// </summary>
    public ImmutableArray<SweptVariable> Stated => [.. Swept.Select(v => computed.FirstOrDefault(c => c.Swept == v.Symbol) is { } variable ? InPlaceOf(v, variable.Symbol) : v)];

    /// <summary>The symbols that every cell has a value for.</summary>
    public ImmutableArray<string> Symbols => [.. Ranges.Select(r => r.Symbol), .. computed.Select(c => c.Symbol)];

    /// <summary>
    /// A point outside the design: the given values, every other variable at the mild end of its range, and what is computed from them. A combination that was swept to compute a given
    /// variable is left out, since its value would be another's.
    /// </summary>
    /// <param name="values">Values by symbol.</param>
    /// <exception cref="ArgumentException">A symbol is none of <see cref="Symbols"/>, or its variable <see cref="IsWhole"/> and the value is not.</exception>
    public Variables Point(IReadOnlyDictionary<string, double> values)
    {
        foreach (var (symbol, value) in values)
        {
            if (!Symbols.Contains(symbol))
            {
                throw new ArgumentException($"there is no variable {symbol}; there are {string.Join(", ", Symbols)}.");
            }

            if (IsWhole(symbol) && value != Math.Round(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"{symbol} = {value}: a whole number is expected."));
            }
        }

        var variables = Variables.None;
        foreach (var range in Ranges.Where(r => values.ContainsKey(r.Symbol) || !computed.Any(c => values.ContainsKey(c.Symbol) && c.Swept == r.Symbol)))
        {
            variables = variables.With(range.Symbol, values.GetValueOrDefault(range.Symbol, range.From));
        }

        foreach (var (symbol, _, value) in computed)
        {
            variables = variables.With(symbol, values.TryGetValue(symbol, out var given) ? given : value(variables));
        }

        return variables;
    }

    /// <summary>Whether a variable takes whole numbers only: its range says so, and of what is computed the sizes of samples, networks and outputs do.</summary>
    public bool IsWhole(string symbol) => Ranges.FirstOrDefault(r => r.Symbol == symbol)?.IsInteger ?? symbol is nameof(Variables.n) or nameof(Variables.m) or nameof(Variables.L) or nameof(Variables.d);

    /// <summary>The cells of a profile.</summary>
    public IReadOnlyList<Cell> Cells(Profile profile)
    {
        var total = (int)count.In(profile);
        var cells = new Cell[total];
        for (var i = 0; i < total; i++)
        {
            var variables = Variables.None;
            for (var k = 0; k < Ranges.Length; k++)
            {
                variables = variables.With(Ranges[k].Symbol, points > 0 ? Ranges[k].Between(PositionOnLine(i, k), profile) : Ranges[k].At(Fraction(i, k, total), profile));
            }

            foreach (var (symbol, _, value) in computed)
            {
                variables = variables.With(symbol, value(variables));
            }

            cells[i] = new(i, variables, IsCalibration: Fraction(i, 0, total) < 0.5);
        }

        return cells;
    }

    /// <summary>The same domain with other trial or cell counts: mutants need fewer.</summary>
    /// <exception cref="InvalidOperationException">The domain is <see cref="Lines"/>, whose cells its points fix.</exception>
    public Domain Reduced(ByProfile cells, ByProfile trials) => points == 0
        ? new(Ranges, cells, trials, ladder, computed, onData)
        : throw new InvalidOperationException("Lines have as many cells as their points; give a domain with other points.");

    /// <summary>
    /// Cells for real samples, which bring their own δ and output dimension: the domain without these two and with a third of its cells, since constants and
    /// exponents are settled on generated instances and only held here; unless <see cref="OnData"/> said otherwise.
    /// </summary>
    public Domain ForData => onData ?? new([.. Ranges.Where(r => r.Symbol is not ("δ" or "d"))], Third(count), Trials, ladder, computed);

    /// <summary>The same domain with cells of its own for real samples.</summary>
    public Domain OnData(Domain cells) => new(Ranges, count, Trials, ladder, computed, cells, points);

    private Domain Computing(Computed variable) => new(Ranges, count, Trials, ladder, computed.Add(variable), onData, points);

    /// <summary>The variable that a combination is swept for. Its limit is zero if it falls along the combination's range, everything else at the mild end.</summary>
    private SweptVariable InPlaceOf(SweptVariable combination, string symbol)
    {
        var range = Ranges.First(r => r.Symbol == combination.Symbol);
        return new(symbol, At(range.To.Thorough) < At(range.From));

        double At(double value) => Point(new Dictionary<string, double> { [range.Symbol] = value })[symbol];
    }

    private static ByProfile Third(ByProfile count) => (Math.Ceiling(count.Gate / 3), Math.Ceiling(count.Standard / 3), Math.Ceiling(count.Thorough / 3));

    /// <summary>Cells after the corner go line by line, each with points − 1 of its own.</summary>
    private double PositionOnLine(int cell, int range) => cell > 0 && (cell - 1) / (points - 1) == range ? (1 + ((cell - 1) % (points - 1))) / (points - 1.0) : 0;

    private double Fraction(int cell, int range, int total) =>
        ladder is null ? RadicalInverse(cell + 1, HaltonBases[range])
        : Ranges[range].Symbol == ladder && total > 1 ? cell / (total - 1.0)
        : 0;

    private static double RadicalInverse(int index, int digitBase)
    {
        double result = 0, digit = 1;
        for (var rest = index; rest > 0; rest /= digitBase)
        {
            digit /= digitBase;
            result += digit * (rest % digitBase);
        }

        return result;
    }
}
