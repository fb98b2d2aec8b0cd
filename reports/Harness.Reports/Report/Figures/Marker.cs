using Harness.Claims;

namespace Harness.Reports.Report.Figures;

/// <summary>What a plotted observation was for; each kind has a shape of its own, so that none depends on its colour.</summary>
internal enum MarkerKind
{
    /// <summary>Decides the claim: a disc.</summary>
    HeldOut,

    /// <summary>Fitted the hidden constant: an open square.</summary>
    Calibration,

    /// <summary>Drawn from real samples: a diamond.</summary>
    Data,
}

/// <summary>The shapes of the plotted observations.</summary>
internal static class Marker
{
    /// <summary>Half the height of a marker, in the drawing's units.</summary>
    private const double Size = 3.6;

    /// <summary>The class of a kind in the style sheet.</summary>
    public static string Class(MarkerKind kind) => kind switch
    {
        MarkerKind.Calibration => "calibration",
        MarkerKind.Data => "data",
        _ => "held-out",
    };

    /// <summary>The outline around a centre, as SVG path data.</summary>
    public static string Path(MarkerKind kind, double x, double y) => kind switch
    {
        MarkerKind.Calibration => Html.Of($"M{x - (Size * 0.85)} {y - (Size * 0.85)}h{Size * 1.7}v{Size * 1.7}h{-Size * 1.7}z").ToString(),
        MarkerKind.Data => Html.Of($"M{x} {y - (Size * 1.3)}l{Size * 1.3} {Size * 1.3}l{-Size * 1.3} {Size * 1.3}l{-Size * 1.3} {-Size * 1.3}z").ToString(),
        _ => Html.Of($"M{x - Size} {y}a{Size} {Size} 0 1 0 {2 * Size} 0a{Size} {Size} 0 1 0 {-2 * Size} 0z").ToString(),
    };

    /// <summary>What an observation was for.</summary>
    public static MarkerKind KindOf(Claim claim, Sample sample, Observation observation) =>
        sample.IsData ? MarkerKind.Data
        : claim.Procedure.Calibrates && observation.IsCalibration ? MarkerKind.Calibration
        : MarkerKind.HeldOut;
}
