using System.Globalization;
using Harness.Claims;

namespace Harness.Reports.Report;

/// <summary>Proved and measured exponents as a reader wants them: three decimals of a third are enough, and a sign is a minus.</summary>
public static class ExponentText
{
    /// <summary>"≤ 1", "≥ 0.667", "= −0.5": what the measured exponent has to be.</summary>
    public static string Proved(ComparedExponent e) => $"{Sign(e.Relation)} {Number(e.Proved, 3)}";

    /// <summary>"0.98 ± 0.07"; without an interval where the exponent was counted, and "0.98, no interval" where none could be estimated.</summary>
    public static string Measured(ComparedExponent e)
    {
        var half = Math.Max(e.Upper - e.Measured, e.Measured - e.Lower);
        return half == 0 ? Number(e.Measured, 2) + " exactly" : double.IsFinite(half) ? $"{Number(e.Measured, 2)} {(half < 0.005 ? "± < 0.01" : $"± {Number(half, 2)}")}" : $"{Number(e.Measured, 2)}, no interval";
    }

    /// <summary>Whether the interval lies wholly on the side that the bound does not permit, beyond the claim's margin: possible over a finite range, where lower-order terms and logarithms bend a slope.</summary>
    public static bool IsBeyond(ComparedExponent e) => e.Relation switch
    {
        Relation.AtMost => e.Lower > e.Proved + e.Margin,
        Relation.AtLeast => e.Upper < e.Proved - e.Margin,
        _ => e.Lower > e.Proved + e.Margin || e.Upper < e.Proved - e.Margin,
    };

    /// <summary>The relation as a sign.</summary>
    public static string Sign(Relation relation) => relation switch
    {
        Relation.AtMost => "≤",
        Relation.AtLeast => "≥",
        _ => "=",
    };

    /// <summary>A number with at most so many decimals and a true minus; never "−0".</summary>
    public static string Number(double value, int decimals)
    {
        var text = Math.Round(value, decimals).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
        return text is "-0" or "0" ? "0" : text.Replace('-', '−');
    }
}
