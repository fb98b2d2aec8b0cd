using System.Globalization;

namespace Harness.Reports.Files;

/// <summary>Numbers as they stand in data files: with a decimal point, or with a decimal comma where commas do not separate cells.</summary>
internal static class NumberText
{
    /// <summary>Reads a number; no thousands separators, no hexadecimal. The value may be infinite or NaN.</summary>
    public static bool TryParse(string cell, char separator, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        || (separator != ',' && cell.Contains(',') && !cell.Contains('.') && double.TryParse(cell.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value));
}
