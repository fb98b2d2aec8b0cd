using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Reports.Report;

/// <summary>
/// Numbers as a reader wants them: three significant digits, whole numbers in full, powers of ten set as powers (1.23×10⁻⁴), a true minus sign.
/// </summary>
/// <remarks>For reading only. What has to be read back by a program is in the ledger, with every digit.</remarks>
internal static partial class ReadableNumber
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>"0.0123", "4096", "1.23×10⁻⁴", "−∞".</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "not a number";
        }

        var sign = value < 0 ? "−" : "";
        return sign + Unsigned(Math.Abs(value));
    }

    /// <summary>A sentence whose numbers are as a program prints them ("-0.5", "1.63E+03", "2E-10"), with numbers as a reader wants them.</summary>
    public static string InText(string sentence) => PrintedNumber().Replace(sentence, match => match.Groups["power"].Success
        ? Of(double.Parse(match.Value, CultureInfo.InvariantCulture))
        : "−" + match.Value[1..]);

    /// <summary>10ᵏ.</summary>
    public static string PowerOfTen(int exponent)
    {
        var digits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']);
        return "10" + (exponent < 0 ? "⁻" : "") + string.Concat(digits);
    }

    /// <summary>"1 trial", "2 trials"; "2 trajectories" where the plural is given.</summary>
    public static string Count(int count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>A number with a power, or with a hyphen for its sign; not a part of a word, of a range or of another number.</summary>
    [GeneratedRegex(@"(?<![\w.\-/])(-?\d+(\.\d+)?(?<power>E[+\-]?\d{1,3})|-\d+(\.\d+)?)(?![\w/])", RegexOptions.ExplicitCapture)]
    private static partial Regex PrintedNumber();

    private static string Unsigned(double size)
    {
        if (double.IsInfinity(size))
        {
            return "∞";
        }

        if (size < 1e6 && size == Math.Floor(size))
        {
            return size.ToString("0", CultureInfo.InvariantCulture);
        }

        if (size is >= 1e-3 and < 1e5)
        {
            // Rounded first: 0.9996 has its third significant digit where 1.00 has it.
            var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 5);
            return Math.Round(size, decimals).ToString("0.#####", CultureInfo.InvariantCulture);
        }

        var scientific = size.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var (mantissa, exponent) = (scientific[..scientific.IndexOf('e')], int.Parse(scientific.AsSpan(scientific.IndexOf('e') + 1), CultureInfo.InvariantCulture));
        return mantissa == "1" ? PowerOfTen(exponent) : $"{mantissa}×{PowerOfTen(exponent)}";
    }
}
