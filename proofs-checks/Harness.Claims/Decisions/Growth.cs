using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Harness.Claims.Decisions;

/// <summary>
/// Decides whether a quantity grows polynomially or exponentially in a variable x, by what the two laws fitted to the mild half of a ladder predict of the other half.
/// The bound of the observation is not read.
/// </summary>
/// <remarks>
/// <para><b>Laws.</b> y = B·xᵖ, so that log y is affine in log x, and y = B·e^{rx}, so that it is affine in x; least squares on the robust locations (<see cref="HuberLocation"/>) of the rungs of the mild
/// half, weighted with their trials. Both have two parameters, and neither contains the other.</para>
/// <para><b>Position.</b> On the held-out rungs the exponential lies above the power law by a gap that is, for a power law, p·g_j with g_j &gt; 0 known from the design alone. With M_j the mean of the two predictions, the
/// position is C = Σ_j w_j (log y_j − M_j)/Σ_j w_j g_j: −p/2 for a power law, positive for an exponential, zero midway. The weights w = V⁻¹g, V the covariance that equal noise gives to the log y_j − M_j, make its variance
/// least. It is linear in the rungs' locations, with coefficients that the design fixes, so that for normal noise Student's t is exact.</para>
/// <para><b>Violated</b> iff the lower confidence limit of C at <c>falseAlarm</c> is positive: the exponential predicts surely better. <b>Holds</b> iff the upper one at <see cref="ErrorBudget.MissedViolation"/> is
/// negative: the power law does. Else undecided; so is what does not grow, which both laws predict alike. An infinite value, of a run that did not end, is violated outright.</para>
/// <para><b>What it can't tell.</b> A sum of powers bends upwards where its leading term takes over. Of polynomials with non-negative coefficients, C &gt; 0 takes a leading term of a degree that the range of x
/// resolves from its lower terms just where the halves meet; the domain of a claim must begin where its law has one leading term.</para>
/// </remarks>
public sealed class Growth : IDecisionProcedure
{
    /// <summary>Two rungs would fit both laws exactly; a third lets outliers and bends show.</summary>
    private const int FewestInHalf = 3;

    private readonly string symbol;

    private Growth(string symbol) => this.symbol = symbol;

    /// <inheritdoc/>
    public string Name => "growth";

    /// <inheritdoc/>
    public string InWords =>
        $"A power of {symbol} and an exponential of {symbol} are fitted to the mild half of the ladder and predict the other half: holds if the power law surely predicts it better (confidence {1 - ErrorBudget.MissedViolation:R}), violated if the exponential surely does at the level of the run, or a value is infinite, undecided if neither.";

    /// <inheritdoc/>
    public bool Calibrates => false;

    /// <summary>y grows like a power of x, not exponentially.</summary>
    /// <param name="ladder">Symbol of x.</param>
    public static Growth Polynomial(string ladder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ladder);
        return new(ladder);
    }

    /// <inheritdoc/>
    public Decision Decide(Evidence evidence, double falseAlarm)
    {
        Observation[] all = [.. evidence.Calibration, .. evidence.HeldOut];
        if (all.FirstOrDefault(o => double.IsPositiveInfinity(o.Value.Midpoint)) is { } endless)
        {
            return new(Verdict.Violated, FormattableString.Invariant($"It is infinite at {endless.Variables} (cell {endless.Cell}, trial {endless.Trial}), which no power predicts."));
        }

        if (all.FirstOrDefault(o => !(o.Value.Midpoint > 0) || !double.IsFinite(o.Value.Midpoint) || !o.Variables.TryGet(symbol, out var x) || !(x > 0)) is { } odd)
        {
            return new(Verdict.Undecided, FormattableString.Invariant($"Growth needs positive values; found {odd.Value} at {odd.Variables} (cell {odd.Cell}, trial {odd.Trial})."));
        }

        // The regressor is x: each law takes the function of it that it needs.
        var rungs = HuberLocation.Of([
            .. all.GroupBy(o => o.Variables[symbol]).OrderBy(rung => rung.Key)
                .Select(rung => (ImmutableArray.Create(rung.Key), rung.Select(o => Math.Log(o.Value.Midpoint)).ToImmutableArray())),
        ]);
        var mild = (rungs.Length + 1) / 2;
        return rungs.Length - mild < FewestInHalf - 1 || mild < FewestInHalf
            ? new(Verdict.Undecided, $"Growth in {symbol} needs at least {(2 * FewestInHalf) - 1} rungs; there are {rungs.Length}.")
            : Decide(rungs, mild, falseAlarm);
    }

    private Decision Decide(ImmutableArray<DesignCell> rungs, int mild, double falseAlarm)
    {
        var (power, exponential) = (Law.Through(rungs[..mild], Math.Log), Law.Through(rungs[..mild], x => x));
        var held = rungs[mild..];

        // The gap for y = x: what the design alone says of how the two laws part.
        double[] gaps = [.. held.Select(c => exponential.Predict(c.X[0], k => Math.Log(rungs[k].X[0])) - Math.Log(c.X[0]))];
        var deviations = DenseMatrix.Create(held.Length, rungs.Length, (j, k) =>
            k >= mild ? (k - mild == j ? 1 : 0) : -(power.Share(held[j].X[0], k) + exponential.Share(held[j].X[0], k)) / 2);
        var perTrial = DenseMatrix.OfDiagonalArray([.. rungs.Select(c => 1.0 / c.Trials)]);
        var weights = (deviations * perTrial * deviations.Transpose()).Cholesky().Solve(DenseVector.OfArray(gaps));
        var coefficients = (deviations.TransposeThisAndMultiply(weights) / weights.DotProduct(DenseVector.OfArray(gaps))).ToArray();

        var position = rungs.Select((c, k) => coefficients[k] * c.Mean).Sum();
        var freedom = rungs.Sum(c => c.Trials - 1);
        var variance = rungs.Sum(c => (c.Trials - 1) * c.Variance) / Math.Max(1, freedom);
        var error = Math.Sqrt(variance * rungs.Select((c, k) => coefficients[k] * coefficients[k] / c.Trials).Sum());
        var (surely, likely) = (StudentTail.Quantile(falseAlarm, freedom) * error, StudentTail.Quantile(ErrorBudget.MissedViolation, freedom) * error);

        double Off(Law law) => Math.Exp(Math.Sqrt(held.Average(c => Math.Pow(law.Predict(c.X[0], k => rungs[k].Mean) - c.Mean, 2))));
        var (byPower, byExponential) = (Off(power), Off(exponential));
        var off = FormattableString.Invariant($"the power law fitted to the mild half of {symbol} is off by a factor of {byPower:G3} on the other, the exponential by {byExponential:G3}");
        var (verdict, because) = position - surely > 0 ? (Verdict.Violated, FormattableString.Invariant($"It grows exponentially: {off}; at level {falseAlarm:G1} the exponential predicts better."))
            : position + likely < 0 ? (Verdict.Holds, $"It grows like a power: {off}.")
            : (Verdict.Undecided, $"Neither law surely predicts better: {off}.");
        return new(verdict, because)
        {
            Level = falseAlarm,
            Estimates =
            [
                new($"exponent of {symbol}, mild half", power.Slope(k => rungs[k].Mean), power.Slope(k => rungs[k].Mean), power.Slope(k => rungs[k].Mean)),
                new("position between the laws", position, position - likely, position + likely),
                new("prediction error of the power law, factor", byPower, byPower, byPower),
                new("prediction error of the exponential, factor", byExponential, byExponential, byExponential),
            ],
            TrialsNeeded = verdict == Verdict.Undecided ? More(rungs, position, surely, likely) : null,
        };
    }

    private static int? More(ImmutableArray<DesignCell> rungs, double position, double surely, double likely)
    {
        var factor = Math.Min(new ConfidenceMargin(likely, 0).TrialsFactor(-position), new ConfidenceMargin(surely, 0).TrialsFactor(position));
        return double.IsFinite(factor) ? (int)Math.Clamp(Math.Ceiling(rungs.Min(c => c.Trials) * (factor - 1)), 1, int.MaxValue) : null;
    }

    /// <summary>A straight line in a function of x, by the share that each fitted rung has in what it predicts.</summary>
    private sealed record Law(ImmutableArray<double> Z, ImmutableArray<double> Weights, Func<double, double> Of)
    {
        private readonly double mean = Z.Zip(Weights, (z, w) => z * w).Sum();

        public static Law Through(ImmutableArray<DesignCell> rungs, Func<double, double> of)
        {
            var trials = (double)rungs.Sum(c => c.Trials);
            return new([.. rungs.Select(c => of(c.X[0]))], [.. rungs.Select(c => c.Trials / trials)], of);
        }

        public double Share(double x, int k) => Weights[k] * (1 + ((Of(x) - mean) * (Z[k] - mean) / Spread));

        public double Predict(double x, Func<int, double> response) => Enumerable.Range(0, Z.Length).Sum(k => Share(x, k) * response(k));

        public double Slope(Func<int, double> response) => Enumerable.Range(0, Z.Length).Sum(k => Weights[k] * (Z[k] - mean) * response(k)) / Spread;

        private double Spread => Z.Zip(Weights, (z, w) => w * (z - mean) * (z - mean)).Sum();
    }
}
