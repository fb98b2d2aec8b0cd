using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>
/// A power along a ladder of one variable, as a figure draws it: y = b·xᵖ by least squares of the logarithms.
/// </summary>
/// <remarks>It guides the eye and ranks trials by their distance. The exponent that decides a claim, with its interval, is the procedure's own fit.</remarks>
internal sealed class PowerLaw
{
    private readonly string symbol;
    private readonly double meanX;
    private readonly double meanY;

    private PowerLaw(string symbol, IReadOnlyCollection<(double X, double Y)> points)
    {
        this.symbol = symbol;
        (meanX, meanY) = (points.Average(p => p.X), points.Average(p => p.Y));
        Exponent = points.Sum(p => (p.X - meanX) * (p.Y - meanY)) / points.Sum(p => (p.X - meanX) * (p.X - meanX));
    }

    /// <summary>p.</summary>
    public double Exponent { get; }

    /// <summary>Fits the positive observations; null where they lie on fewer than two rungs.</summary>
    public static PowerLaw? Through(IReadOnlyList<Observation> observations, string symbol)
    {
        var points = observations
            .Where(o => o.Value.Midpoint > 0 && double.IsFinite(o.Value.Midpoint) && o.Variables.TryGet(symbol, out var x) && x > 0)
            .Select(o => (X: Math.Log(o.Variables[symbol]), Y: Math.Log(o.Value.Midpoint))).ToArray();
        return points.Select(p => p.X).Distinct().Skip(1).Any() ? new(symbol, points) : null;
    }

    /// <summary>The same through the half of the ladder near its limit: a procedure may have fitted the ladder's tail alone, so the line goes through what is surely in it.</summary>
    public static PowerLaw? NearLimit(IReadOnlyList<Observation> observations, string symbol)
    {
        var cells = observations.Select(o => o.Cell).DefaultIfEmpty(0).ToArray();
        return Through([.. observations.Where(o => o.Cell >= (cells.Min() + cells.Max()) / 2.0)], symbol);
    }

    /// <summary>y at x with another exponent, through the centre of the observations.</summary>
    public double At(double x, double exponent) => Math.Exp(meanY + (exponent * (Math.Log(x) - meanX)));

    /// <summary>|log y − log b·xᵖ|.</summary>
    public double Distance(Observation o) => Math.Abs(Math.Log(o.Value.Midpoint) - Math.Log(At(o.Variables[symbol], Exponent)));
}
