using System.Collections.Immutable;
using System.Globalization;

namespace Harness.Reports.Report.Figures;

/// <summary>
/// Colours for numbers: viridis (van der Walt and Smith, 2015), whose lightness rises evenly, so that readers with any colour vision and prints without colour keep the order. The colours are the same in light
/// and dark: they stand beside each other, not on the page.
/// </summary>
internal sealed class ColourScale
{
    private static readonly ImmutableArray<int> Stops = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725];

    /// <summary>Bands of the bar that explains the scale: more than the eye tells apart in it.</summary>
    private const int Bands = 64;

    /// <summary>Up to here white text, from here on black text has a contrast of at least 4.5.</summary>
    private const double Dark = 0.425;

    private ColourScale(Axis axis) => Axis = axis;

    /// <summary>The numbers' axis.</summary>
    public Axis Axis { get; }

    /// <summary>Rates, from 0 to 1 on every map, so that maps compare.</summary>
    public static ColourScale Rates(string label) => new(Axis.Between(label, isLogarithmic: false, 0, 1));

    /// <summary>From the least to the greatest of the finite numbers, logarithmic where all are positive and the greatest is more than three times the least.</summary>
    public static ColourScale Around(string label, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        var (low, high) = (finite.Min(), finite.Max());
        var least = 1e-6 * Math.Max(Math.Abs(low), Math.Abs(high));
        return high - low > least ? new(Axis.Between(label, low > 0 && high > 3 * low, low, high))
            : new(Axis.Between(label, isLogarithmic: false, low - Math.Max(0.5, least), high + Math.Max(0.5, least))); // one number
    }

    /// <summary>The colour of a number, "#rrggbb"; that of the nearest end for one beyond. NaN has none.</summary>
    public string? Of(double value) => double.IsNaN(value) ? null : At(Math.Clamp(Axis.Position(value), 0, 1));

    /// <summary>Whether white is read more easily on the colour than black.</summary>
    public bool IsDark(double value) => Axis.Position(value) < Dark;

    /// <summary>The bar with the numbers that its colours stand for, in the right margin of a map.</summary>
    public Html Bar(PanelSize size)
    {
        const double Width = 14;
        var (left, height) = (size.Width - size.Right + 14, size.Height - size.Top - size.Bottom);
        double Down(double u) => size.Top + ((1 - u) * height);
        var bands = Enumerable.Range(0, Bands).Select(k => Html.Of(
            $"<rect shape-rendering=\"crispEdges\" x=\"{left}\" y=\"{Down((k + 1.0) / Bands)}\" width=\"{Width}\" height=\"{(height / Bands) + 0.5}\" fill=\"{At((k + 0.5) / Bands)}\"/>"));
        var ticks = Axis.Ticks.Where(tick => tick.Label is not null).Select(tick => Html.Of(
            $"<path class=\"tick\" d=\"M{left + Width} {Down(Axis.Position(tick.Value))}h4\"/><text x=\"{left + Width + 7}\" y=\"{Down(Axis.Position(tick.Value)) + (size.Text * 0.35)}\">{tick.Label}</text>"));
        return Html.Of($"{bands}{ticks}<text class=\"label\" text-anchor=\"end\" x=\"{size.Width - 4}\" y=\"{size.Text + 2}\">{MathText.ToSvg(Axis.Label)}</text>");
    }

    private static string At(double u)
    {
        var place = u * (Stops.Length - 1);
        var k = Math.Min((int)place, Stops.Length - 2);
        return string.Create(CultureInfo.InvariantCulture, $"#{Mixed(16):x2}{Mixed(8):x2}{Mixed(0):x2}");

        int Mixed(int shift) => (int)Math.Round(((1 - place + k) * ((Stops[k] >> shift) & 255)) + ((place - k) * ((Stops[k + 1] >> shift) & 255)));
    }
}
