namespace Harness.Claims.Decisions;

/// <summary>
/// Decides that a measured cost grows no faster than a polynomial of stated degree p in one variable x, on a ladder of x whose other variables are fixed. The bound of the observation is not read.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> The cost at x is c(x)·P(x): P counts operations, a polynomial of degree p with non-negative coefficients, and c is the price of one. Where the arithmetic and not the memory is the bottleneck, loading
/// the operands of an operation takes no longer than the operation itself, so even without any overlap of both the price stays within a factor <see cref="MachineFactor"/>
/// over the whole ladder, caches, clock and neighbours included.</para>
/// <para><b>Tail.</b> From x_t, the first rung at or beyond <see cref="TailBegins"/>·x₁, to the end x_N; R = x_N/x_t. A polynomial's logarithmic slope is at most p everywhere, so the slope
/// log(y_N/y_t)/log R is at most p + log(f)/log R with f the machine factor: a fixed part only lowers it. <b>Violated</b> iff its lower confidence limit is beyond that.</para>
/// <para><b>Fixed part.</b> A fixed part also hides a degree that is too high; but it is no larger than y₁. What rises from x₁ on, log((y_N − y₁)/(y_t − y₁))/log R, is at least p + 1 for any fixed part plus x^{p+1} at a
/// constant price; and for x^p with prices in [1, f] at most p + log(f·(1 − ρ_N^p)/(1 − f·ρ_t^p))/log R, ρ = x₁/x. <b>Holds</b> requires its upper confidence limit to be within the latter, which must lie below the
/// former: the ladder's length sees to that.</para>
/// <para><b>Prediction.</b> Of the laws of <see cref="CostFit"/>, the polynomial must predict the held-out rungs better than the exponential, by more than log f and noise in root mean square of logarithms; where the
/// exponential is better by as much and grows faster in the tail than x^p, the verdict is <b>violated</b>.</para>
/// <para>Noise: independent trials around robust locations (<see cref="HuberLocation"/>), Student's t; half of the level for each way to be violated, <see cref="ErrorBudget.MissedViolation"/> on each
/// condition of holding. What disturbs all trials of a rung alike is no noise but price, and covered by f.</para>
/// </remarks>
public sealed class Cost : IDecisionProcedure
{
    /// <summary>f: between an operation whose operands are in registers and one that waits for its operands as long as it computes.</summary>
    public const double MachineFactor = 2;

    /// <summary>The tail begins at this multiple of the ladder's first value.</summary>
    public const double TailBegins = 4;

    private readonly string symbol;
    private readonly int degree;

    private Cost(int degree, string symbol)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        (this.degree, this.symbol) = (degree, symbol);
    }

    /// <summary>Cost O(x^<paramref name="degree"/>).</summary>
    /// <param name="degree">p ≥ 1.</param>
    /// <param name="ladder">Symbol of the ladder's variable.</param>
    public static Cost AtMost(int degree, string ladder) => new(degree, ladder);

    /// <summary>p.</summary>
    public int Degree => degree;

    /// <inheritdoc/>
    public string Name => "cost";

    /// <inheritdoc/>
    public string InWords => FormattableString.Invariant(
        $"The slope of log cost against log {symbol} over the tail, from {TailBegins:G} times the first value on, with the price of an operation free within a factor f = {MachineFactor:G}: holds if its upper confidence limit above the largest possible fixed part is within {degree} and what f can add over the tail, and the largest {CostFit.HeldOut} values are predicted better by a + b·{symbol}^q than by a·e^(b {symbol}); violated if the lower limit is beyond, or the exponential clearly predicts better; undecided else.");

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
            return new(Verdict.Undecided, $"The cost needs a ladder of at least {CostFit.FewestRungs} values of {symbol}; there are {all.DistinctBy(o => o.Variables[symbol]).Count()}.");
        }

        var tail = new CostTail(fit, degree);
        return tail.Limit < degree + 1 - (tail.GreatestSlope - degree)
            ? Decide(fit, tail, falseAlarm)
            : new(Verdict.Undecided, FormattableString.Invariant($"The tail of the ladder, {symbol} = {tail.From:G4} to {tail.To:G4}, is too short to tell degree {degree} from {degree + 1} at prices within a factor {MachineFactor:G}."));
    }

    private Decision Decide(CostFit fit, CostTail tail, double falseAlarm)
    {
        var slope = tail.Slope;
        var surelyAtLeast = slope.Value - (tail.Quantile(falseAlarm / 2) * slope.Error);
        var (lower, upper) = (slope.Value - (tail.Quantile(ErrorBudget.MissedViolation) * slope.Error), tail.Rise.Value + (tail.Quantile(ErrorBudget.MissedViolation) * tail.Rise.Error));
        var (polynomial, exponential) = (fit.PolynomialError, fit.ExponentialError);
        var clearly = Math.Log(MachineFactor) + (tail.Quantile(ErrorBudget.MissedViolation) * tail.PredictionNoise);
        var surely = Math.Log(MachineFactor) + (tail.Quantile(falseAlarm / 2) * tail.PredictionNoise);
        var estimate = FormattableString.Invariant($"From {symbol} = {tail.From:G4} to {tail.To:G4} the slope is {slope.Value:F3} (between {lower:F3} and, above the largest fixed part, {upper:F3})");
        var prediction = FormattableString.Invariant($"the polynomial predicts the held-out values to a factor of {Math.Exp(polynomial):G3}, the exponential to {Math.Exp(exponential):G3}");
        var (verdict, because) =
            surelyAtLeast > tail.GreatestSlope ? (Verdict.Violated, FormattableString.Invariant($"{estimate}; at level {falseAlarm:G1} it is beyond {degree} + {tail.GreatestSlope - degree:F3}."))
            : polynomial > exponential + surely && slope.Value > degree ? (Verdict.Violated, $"{estimate}, and {prediction}: the cost is exponential.")
            : upper > tail.Limit ? (Verdict.Undecided, FormattableString.Invariant($"{estimate}, which is not surely within {degree} + {tail.Limit - degree:F3}."))
            : exponential <= polynomial + clearly ? (Verdict.Undecided, $"{estimate}, but {prediction}: that does not tell them apart.")
            : (Verdict.Holds, FormattableString.Invariant($"{estimate}, within {degree} + {tail.Limit - degree:F3}; {prediction}."));
        return new(verdict, because)
        {
            Estimates =
            [
                new($"slope in {symbol}, tail", slope.Value, lower, upper),
                Exponent(fit),
                new("prediction error of the polynomial, factor", Math.Exp(polynomial), Math.Exp(polynomial), Math.Exp(polynomial)),
                new("prediction error of the exponential, factor", Math.Exp(exponential), Math.Exp(exponential), Math.Exp(exponential)),
            ],
            TrialsNeeded = verdict == Verdict.Undecided ? More(fit, tail, falseAlarm) : null,
        };
    }

    private Estimate Exponent(CostFit fit)
    {
        var whole = new PowerLawFit(fit.Cells, offset: true, ErrorVariance.Significance);
        var (lower, upper) = whole.Interval(ErrorBudget.MissedViolation);
        return new($"exponent of {symbol} above a fixed part, whole ladder", whole.Exponent, lower, upper);
    }

    /// <summary>More trials help where noise alone keeps a limit from its threshold, whichever side the estimate is on.</summary>
    private static int? More(CostFit fit, CostTail tail, double falseAlarm)
    {
        var holds = new ConfidenceMargin(tail.Quantile(ErrorBudget.MissedViolation) * tail.Rise.Error, 0).TrialsFactor(tail.Limit - tail.Rise.Value);
        var violated = new ConfidenceMargin(tail.Quantile(falseAlarm / 2) * tail.Slope.Error, 0).TrialsFactor(tail.Slope.Value - tail.GreatestSlope);

        // A limit that is within already leaves only the prediction to blame, which trials do not change.
        var factor = Math.Min(holds > 1 ? holds : double.PositiveInfinity, violated);
        return double.IsFinite(factor) ? (int)Math.Clamp(Math.Ceiling(fit.Cells.Min(c => c.Trials) * (factor - 1)), 1, int.MaxValue) : null;
    }
}
