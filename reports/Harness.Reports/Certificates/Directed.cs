namespace Harness.Reports.Certificates;

/// <summary>
/// Sums and products rounded towards −∞: the result to nearest, one step down where it is above the exact one. The error of a sum or product is a floating-point number itself, which tells on which side the
/// result is (Dekker 1971; Knuth, TAOCP 4.2.2); where an error could underflow, a step is taken in any case. Rounded up is −(rounded down) of the opposite.
/// </summary>
internal static class Directed
{
    /// <summary>Products at least this large have errors that are representable: 2⁻¹⁰⁷⁴ is 106 binary orders below 2⁻⁹⁶⁸.</summary>
    private const double Representable = 4.008336720017946e-292; // 2⁻⁹⁶⁸

    /// <summary>At most x + y.</summary>
    public static double SumBelow(double x, double y)
    {
        var sum = x + y;
        var part = sum - x;
        var error = (x - (sum - part)) + (y - part);

        // Not "error < 0": the error of an overflow is not a number.
        return error >= 0 ? sum : double.BitDecrement(sum);
    }

    /// <summary>At most x · y.</summary>
    public static double ProductBelow(double x, double y)
    {
        var product = x * y;
        return x == 0 || y == 0 || (Math.Abs(product) >= Representable && Math.FusedMultiplyAdd(x, y, -product) >= 0) ? product : double.BitDecrement(product);
    }

    /// <summary>At least x + y.</summary>
    public static double SumAbove(double x, double y) => -SumBelow(-x, -y);

    /// <summary>At least x · y.</summary>
    public static double ProductAbove(double x, double y) => -ProductBelow(-x, y);
}
