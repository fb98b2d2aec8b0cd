using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>
/// The line that a figure draws through the observations of a ladder: y = b·xᵖ by least squares of the logarithms.
/// </summary>
/// <remarks>It guides the eye and ranks trials by their distance. The exponent that decides a claim, with its interval, is the procedure's own fit.</remarks>
internal sealed class PowerLaw
{
    private readonly string symbol;

    private PowerLaw(string symbol, double exponent, double meanX, double meanY) => (this.symbol, Exponent, MeanX, MeanY) = (symbol, exponent, meanX, meanY);

    /// <summary>p.</summary>
    public double Exponent { get; }

    /// <summary>Mean of log x, through which lines of any exponent are drawn.</summary>
    public double MeanX { get; }

    /// <summary>Mean of log y.</summary>
    public double MeanY { get; }

    /// <summary>Fits the positive observations; null where they lie on fewer than two rungs.</summary>
    public static PowerLaw? Through(IReadOnlyList<Observation> observations, string symbol)
    {
        var points = observations
            .Where(o => o.Value.Midpoint > 0 && double.IsFinite(o.Value.Midpoint) && o.Variables.TryGet(symbol, out var x) && x > 0)
            .Select(o => (X: Math.Log(o.Variables[symbol]), Y: Math.Log(o.Value.Midpoint))).ToArray();
        if (points.Select(p => p.X).Distinct().Count() < 2)
        {
            return null;
        }

        var (meanX, meanY) = (points.Average(p => p.X), points.Average(p => p.Y));
        var slope = points.Sum(p => (p.X - meanX) * (p.Y - meanY)) / points.Sum(p => (p.X - meanX) * (p.X - meanX));
        return new(symbol, slope, meanX, meanY);
    }

    /// <summary>y at x with another exponent, through the centre of the observations.</summary>
    public double At(double x, double exponent) => Math.Exp(MeanY + (exponent * (Math.Log(x) - MeanX)));

    /// <summary>|log y − log b·xᵖ|.</summary>
    public double Distance(Observation o) => Math.Abs(Math.Log(o.Value.Midpoint) - Math.Log(At(o.Variables[symbol], Exponent)));
}
