using Harness.Core.Enclosures;

namespace Harness.Core.Spectra;

/// <summary>1 − e^{−x} for x ≥ 0 to a few ulp of itself, however small x is, in a fixed sequence of correctly rounded operations.</summary>
internal static class Saturation
{
    /// <summary>Taylor coefficients 1/k! of (1 − e^{−x})/x, signs alternating; the first one left out is below 2⁻⁵⁶ of the sum for x ≤ ¼.</summary>
    private static ReadOnlySpan<double> Coefficients =>
        [1, -1.0 / 2, 1.0 / 6, -1.0 / 24, 1.0 / 120, -1.0 / 720, 1.0 / 5040, -1.0 / 40320, 1.0 / 362880, -1.0 / 3628800, 1.0 / 39916800];

    /// <summary>1 − e^{−x}.</summary>
    public static double Of(double x) => x <= LargestOfSeries ? Series(x) : Split(x).Saturation;

    /// <summary>1 − e^{−x} and e^{−x}, each to a few ulp of itself.</summary>
    /// <remarks>Above ¼ the difference from one is at least 0.22, so that the exponential's last bit is worth four of its own at most.</remarks>
    public static (double Saturation, double Remainder) Split(double x)
    {
        var remainder = double.IsPositiveInfinity(x) ? 0 : Ball.Exp(Ball.Exactly(-x)).Midpoint;
        return (x <= LargestOfSeries ? Series(x) : 1 - remainder, remainder);
    }

    /// <summary>(1 − e^{−x})/x for |x| ≤ <see cref="LargestOfSeries"/>: 1 at 0.</summary>
    public static double Quotient(double x) => Polynomial.Evaluate(x, Coefficients);

    /// <summary>Up to here the series is summed.</summary>
    public const double LargestOfSeries = 0.25;

    private static double Series(double x) => x * Quotient(x);
}
