using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>
/// What a ladder of measured costs looks like: robust rungs, slopes between neighbours, and two laws fitted to all rungs but the largest ones, which they then have to predict:
/// a fixed part and a power, a + b·x^q with a ≥ 0, and the exponential a·e^{bx}.
/// </summary>
/// <remarks>
/// The power law is that of <see cref="PowerLawFit"/>, which minimises relative errors; the exponential is least squares on logarithms. The exponential has no fixed part: with one it would
/// contain every straight line as a limit, and could not be told from it.
/// </remarks>
public sealed class CostFit
{
    /// <summary>Rungs at the large end that no law is fitted to.</summary>
    public const int HeldOut = 2;

    /// <summary>A power law with a fixed part needs four rungs.</summary>
    internal const int FewestRungs = 4 + HeldOut;

    private readonly DesignCell centre;
    private readonly double rate;

    private CostFit(ImmutableArray<DesignCell> cells)
    {
        Cells = cells;
        var fitted = cells[..^HeldOut];
        Power = new(fitted, offset: true, ErrorVariance.Significance);

        // A straight line in x itself: the same regression with x where a power law has log x.
        ImmutableArray<DesignCell> inX = [.. fitted.Select(c => c with { X = [Math.Exp(c.X[0])] })];
        rate = PowerLawFit.LogSlope(inX);
        var trials = (double)inX.Sum(c => c.Trials);
        centre = new([inX.Sum(c => c.Trials * c.X[0]) / trials], inX.Sum(c => c.Trials * c.Mean) / trials, 0, 1);
    }

    /// <summary>x and the robust location of the cost at each rung, ascending.</summary>
    public ImmutableArray<(double X, double Cost)> Rungs => [.. Cells.Select(c => (Math.Exp(c.X[0]), Math.Exp(c.Mean)))];

    /// <summary>Slope of log cost against log x between neighbouring rungs, at their geometric mean.</summary>
    public ImmutableArray<(double X, double Slope)> LocalSlopes =>
        [.. Cells.Zip(Cells.Skip(1), (a, b) => (Math.Exp((a.X[0] + b.X[0]) / 2), (b.Mean - a.Mean) / (b.X[0] - a.X[0])))];

    /// <summary>x of the first rung that is predicted only.</summary>
    public double HeldOutFrom => Math.Exp(Cells[^HeldOut].X[0]);

    /// <summary>q of the fitted a + b·x^q.</summary>
    public double FittedExponent => Power.Exponent;

    /// <summary>a + b·x^q as fitted.</summary>
    public double PolynomialAt(double x) => Math.Exp(Power.LogAt(Math.Log(x)));

    /// <summary>a·e^{bx} as fitted.</summary>
    public double ExponentialAt(double x) => Math.Exp(LogExponential(x));

    /// <summary>Root mean square of log(predicted/measured) over the held-out rungs, for the power law.</summary>
    public double PolynomialError => PredictionError(c => Power.LogAt(c.X[0]));

    /// <summary>The same for the exponential.</summary>
    public double ExponentialError => PredictionError(c => LogExponential(Math.Exp(c.X[0])));

    /// <summary>log x, and location and scatter of log cost.</summary>
    internal ImmutableArray<DesignCell> Cells { get; }

    internal PowerLawFit Power { get; }

    /// <summary>Fits the positive observations of a ladder; null where it has fewer than six rungs.</summary>
    /// <param name="observations">Trials; those of one cell are one rung.</param>
    /// <param name="symbol">The ladder's variable.</param>
    public static CostFit? Of(IEnumerable<Observation> observations, string symbol)
    {
        var rungs = observations
            .Where(o => o.Value.Midpoint > 0 && double.IsFinite(o.Value.Midpoint) && o.Variables.TryGet(symbol, out var x) && x > 0)
            .GroupBy(o => o.Variables[symbol])
            .OrderBy(rung => rung.Key)
            .Select(rung => (ImmutableArray.Create(Math.Log(rung.Key)), rung.Select(o => Math.Log(o.Value.Midpoint)).ToImmutableArray()))
            .ToArray();
        return rungs.Length < FewestRungs ? null : new(HuberLocation.Of(rungs));
    }

    private double LogExponential(double x) => centre.Mean + (rate * (x - centre.X[0]));

    private double PredictionError(Func<DesignCell, double> predict) => Math.Sqrt(Cells[^HeldOut..].Average(c => Math.Pow(predict(c) - c.Mean, 2)));
}
