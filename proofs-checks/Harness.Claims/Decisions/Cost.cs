namespace Harness.Claims.Decisions;

/// <summary>
/// Decides that a measured cost grows no faster than a polynomial of stated degree p in one variable x, on a ladder of x whose other variables are fixed.
/// The bound of the observation is not read.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> The cost at x is c(x)·P(x): P counts operations, a polynomial of degree p with non-negative coefficients, and c is the price of one. Where arithmetic
/// and not memory is the bottleneck, loading the operands of an operation takes no longer than the operation, so even without any overlap of both the price stays
/// within a factor f = <see cref="MachineFactor"/> over the whole ladder, caches, clock and neighbours on the core included.</para>
/// <para><b>Tail.</b> From x_t, the first value at or beyond <see cref="TailBegins"/>·x₁, to the end x_N; R = x_N/x_t. The logarithmic slope of P is at most p everywhere, so
/// log(y_N/y_t)/log R is at most p + log f/log R; a fixed part only lowers it. <b>Violated</b> if its lower confidence limit is beyond that.</para>
/// <para><b>Fixed part.</b> A fixed part also hides a degree that is too high, but it is no larger than y₁. What rises from x₁ on, log((y_N − y₁)/(y_t − y₁))/log R, is at least
/// p + 1 − log f/log R for any fixed part plus x^{p+1}, and at most p + log(f(1 − ρ_N^p)/(1 − fρ_t^p))/log R for x^p, ρ = x₁/x. <b>Holds</b> requires its upper
/// confidence limit to be within the latter, and the ladder to be so long that this is less than the former. Derivation: docs/derivations.md, "Cost of a step".</para>
/// <para><b>Prediction.</b> Of the laws of <see cref="CostFit"/> the polynomial must predict the held-out values better than the exponential, by more than log f and noise in root mean
/// square of logarithms. <b>Violated</b> also if the exponential is better by as much and rises more than x^p in the tail. Else undecided.</para>
/// <para><b>Level.</b> Noise is what scatters independent trials about robust locations (<see cref="HuberLocation"/>), with Student's t: half of the level for each way to be violated, and
/// <see cref="ErrorBudget.MissedViolation"/> on each condition of holding. What disturbs all trials of one value alike is no noise but price, and covered by f.</para>
/// </remarks>
public sealed class Cost : IDecisionProcedure
{
    /// <summary>f: between an operation whose operands are in registers and one that waits for them as long as it computes.</summary>
    public const double MachineFactor = 2;

    /// <summary>The tail begins at this multiple of the ladder's first value.</summary>
    public const double TailBegins = 4;

    private readonly string symbol;

    private Cost(int degree, string symbol)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        (Degree, this.symbol) = (degree, symbol);
    }

    /// <summary>Cost O(x^<paramref name="degree"/>).</summary>
    /// <param name="degree">p ≥ 1.</param>
    /// <param name="ladder">Symbol of the ladder's variable.</param>
    public static Cost AtMost(int degree, string ladder) => new(degree, ladder);

    /// <summary>p.</summary>
    public int Degree { get; }

    /// <inheritdoc/>
    public string Name => "cost";

    /// <inheritdoc/>
    public string InWords => FormattableString.Invariant(
        $"The slope of log cost against log {symbol} over the tail, from {TailBegins:G} times the first value on, where the price of an operation may vary by a factor f = {MachineFactor:G}")
        + FormattableString.Invariant($": holds if its upper confidence limit, above the largest possible fixed part, is within {Degree} and what f can add over the tail")
        + FormattableString.Invariant($", and the largest {CostFit.HeldOut} values are predicted better by a + b·{symbol}^q than by a·e^(b {symbol})")
        + "; violated if the lower limit is beyond, or the exponential clearly predicts better; undecided else.";

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.FirstOrDefault(o => !(o.Value.Midpoint > 0) || !double.IsFinite(o.Value.Midpoint) || !o.Variables.TryGet(symbol, out var x) || !(x > 0)) is { } odd)
        {
            return new(Verdict.Undecided, FormattableString.Invariant($"A cost is positive; found {odd.Value} at {odd.Variables} (cell {odd.Cell}, trial {odd.Trial})."));
        }

        if (CostFit.Of(all, symbol) is not { } fit)
        {
            return new(Verdict.Undecided, $"The cost needs at least {CostFit.FewestRungs} values of {symbol}; there are {all.DistinctBy(o => o.Variables[symbol]).Count()}.");
        }

        var tail = new CostTail(fit, Degree);
        return tail.TellsDegrees ? Decide(fit, tail, falseAlarm) with { Level = falseAlarm } : new(Verdict.Undecided, FormattableString.Invariant(
            $"The tail, {symbol} = {tail.From:G4} to {tail.To:G4}, is too short to tell degree {Degree} from {Degree + 1} at prices within a factor {MachineFactor:G}."));
    }

    private Decision Decide(CostFit fit, CostTail tail, double falseAlarm)
    {
        var (surely, likely) = (tail.Quantile(falseAlarm / 2), tail.Quantile(ErrorBudget.MissedViolation));
        var (slope, rise) = (tail.Slope, tail.Rise);
        var (lower, upper) = (slope.Value - (likely * slope.Error), rise.Value + (likely * rise.Error));
        var (polynomial, exponential) = (fit.PolynomialError, fit.ExponentialError);
        var isSteep = slope.Value - (surely * slope.Error) > tail.GreatestSlope;
        var isExponential = polynomial > exponential + Math.Log(MachineFactor) + (surely * tail.PredictionNoise) && slope.Value > Degree;
        var isPolynomial = exponential > polynomial + Math.Log(MachineFactor) + (likely * tail.PredictionNoise);

        var estimate = FormattableString.Invariant(
            $"From {symbol} = {tail.From:G4} to {tail.To:G4} the slope is {slope.Value:F3} (between {lower:F3} and, above the largest fixed part, {upper:F3})");
        var prediction = FormattableString.Invariant(
            $"the polynomial predicts the held-out values to a factor of {Math.Exp(polynomial):G3}, the exponential to {Math.Exp(exponential):G3}");
        var (verdict, because) =
            isSteep ? (Verdict.Violated, FormattableString.Invariant($"{estimate}; at level {falseAlarm:G1} it is beyond {Degree} + {tail.GreatestSlope - Degree:F3}."))
            : isExponential ? (Verdict.Violated, $"{estimate}, and {prediction}: the cost is exponential.")
            : upper > tail.Limit ? (Verdict.Undecided, FormattableString.Invariant($"{estimate}, which is not surely within {Degree} + {tail.Limit - Degree:F3}."))
            : isPolynomial ? (Verdict.Holds, FormattableString.Invariant($"{estimate}, within {Degree} + {tail.Limit - Degree:F3}; {prediction}."))
            : (Verdict.Undecided, $"{estimate}, but {prediction}: that does not tell them apart.");

        var whole = new PowerLawFit(fit.Cells, offset: true, ErrorVariance.Significance);
        var (least, most) = whole.Interval(ErrorBudget.MissedViolation);
        return new(verdict, because)
        {
            Estimates =
            [
                new($"slope in {symbol}, tail", slope.Value, lower, upper),
                new($"exponent of {symbol} above a fixed part, whole ladder", whole.Exponent, least, most),
                new("prediction error of the polynomial, factor", Math.Exp(polynomial), Math.Exp(polynomial), Math.Exp(polynomial)),
                new("prediction error of the exponential, factor", Math.Exp(exponential), Math.Exp(exponential), Math.Exp(exponential)),
            ],
            Exponents = [new(symbol, tail.From, tail.To, Relation.AtMost, Degree, slope.Value, lower, upper)],
            TrialsNeeded = verdict == Verdict.Undecided ? More(fit, tail, surely, likely) : null,
        };
    }

    /// <summary>More trials help where noise alone keeps a limit from its threshold, whichever side the estimate is on.</summary>
    private static int? More(CostFit fit, CostTail tail, double surely, double likely)
    {
        var holds = new ConfidenceMargin(likely * tail.Rise.Error, 0).TrialsFactor(tail.Limit - tail.Rise.Value);
        var violated = new ConfidenceMargin(surely * tail.Slope.Error, 0).TrialsFactor(tail.Slope.Value - tail.GreatestSlope);

        // A limit that is within already leaves only the prediction to blame, which trials do not change.
        var factor = Math.Min(holds > 1 ? holds : double.PositiveInfinity, violated);
        return double.IsFinite(factor) ? (int)Math.Clamp(Math.Ceiling(fit.Cells.Min(c => c.Trials) * (factor - 1)), 1, int.MaxValue) : null;
    }
}
