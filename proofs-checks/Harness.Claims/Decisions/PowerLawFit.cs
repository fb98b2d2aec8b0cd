using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>
/// A power law y = B·xᵖ, or one above a fixed offset y = A + B·xᵖ with A ≥ 0, fitted to a ladder; the exponent's interval is by profile.
/// </summary>
/// <remarks>
/// Without an offset: least squares on logarithms. With one: for every p the best A ≥ 0, B ≥ 0 for the relative residuals 1 − (A + B·xᵖ)/y, and p minimises
/// what is left. The interval is {p : SS(p) − SS(p̂) ≤ t²s²}, with t²s² as in <see cref="ErrorVariance"/> (Seber and Wild, Nonlinear Regression, section 5.4): exact on logarithms, and honest where the offset
/// hides the exponent, because SS is then flat and the interval infinite. Cells are ordered by x; <see cref="DesignCell.X"/> holds log x, <see cref="DesignCell.Mean"/> log y.
/// </remarks>
internal sealed class PowerLawFit
{
    /// <summary>Exponents beyond this are not searched; an interval that reaches it is infinite.</summary>
    private const double LargestExponent = 8;

    /// <summary>Relative accuracy of the fitted curve, far below any noise: it keeps exact data from looking like a misfit by rounding.</summary>
    private const double Accuracy = 1e-7;

    private readonly ImmutableArray<DesignCell> rungs;
    private readonly bool offset;
    private readonly double least;

    /// <param name="rungs">At least 3, or 4 with an offset, at differing x.</param>
    /// <param name="offset">Whether y may contain a fixed part.</param>
    /// <param name="significance">Level of the test of lack of fit.</param>
    public PowerLawFit(ImmutableArray<DesignCell> rungs, bool offset, double significance)
    {
        (this.rungs, this.offset) = (rungs, offset);
        Exponent = offset ? Minimum() : LogSlope(rungs);
        least = SumOfSquares(Exponent);
        Error = new(least, rungs.Length - (offset ? 3 : 2), rungs.Sum(c => (c.Trials - 1) * (c.Variance + (Accuracy * Accuracy))), rungs.Sum(c => c.Trials - 1), significance);
    }

    /// <summary>p̂.</summary>
    public double Exponent { get; }

    /// <summary>Error variance of one trial's logarithm.</summary>
    public ErrorVariance Error { get; }

    /// <summary>The share of the squared margin at <paramref name="tail"/> that more trials would not remove.</summary>
    public double PersistentShare(double tail) => ConfidenceMargin.Of(Error.SquaredNoiseMargin(tail), Error.SquaredMisfitMargin()).PersistentShare;

    /// <summary>The interval for p that is missed on either side with probability <paramref name="tail"/>.</summary>
    public (double Lower, double Upper) Interval(double tail)
    {
        var permitted = least + Error.SquaredNoiseMargin(tail) + Error.SquaredMisfitMargin();
        return (Exponent - Reach(-1), Exponent + Reach(+1));

        double Reach(int direction)
        {
            double inside = 0, outside = 1e-6;
            while (SumOfSquares(Exponent + (direction * outside)) <= permitted)
            {
                (inside, outside) = (outside, 2 * outside);
                if (outside > LargestExponent)
                {
                    return double.PositiveInfinity;
                }
            }

            for (var i = 0; i < 30; i++)
            {
                var middle = (inside + outside) / 2;
                (inside, outside) = SumOfSquares(Exponent + (direction * middle)) <= permitted ? (middle, outside) : (inside, middle);
            }

            return outside;
        }
    }

    /// <summary>log y of the fitted law at log x, within the ladder or beyond it.</summary>
    public double LogAt(double logX)
    {
        var (x, y) = Centre(rungs);
        if (!offset)
        {
            return y + (Exponent * (logX - x));
        }

        var (fixedPart, powerPart) = Parts(Exponent, x, y);
        return y + Math.Log(fixedPart + (powerPart * Math.Exp(Exponent * (logX - x))));
    }

    /// <summary>A, the fitted offset, in units of y.</summary>
    public double FixedPart => offset && Centre(rungs) is var (x, y) ? Math.Exp(y) * Parts(Exponent, x, y).FixedPart : 0;

    /// <summary>Slope of log y against log x by least squares weighted with trials.</summary>
    public static double LogSlope(ImmutableArray<DesignCell> rungs)
    {
        var (x, y) = Centre(rungs);
        double products = 0, squares = 0;
        foreach (var c in rungs)
        {
            products += c.Trials * (c.X[0] - x) * (c.Mean - y);
            squares += c.Trials * (c.X[0] - x) * (c.X[0] - x);
        }

        return products / squares;
    }

    private static (double X, double Y) Centre(ImmutableArray<DesignCell> rungs)
    {
        var trials = (double)rungs.Sum(c => c.Trials);
        return (rungs.Sum(c => c.Trials * c.X[0]) / trials, rungs.Sum(c => c.Trials * c.Mean) / trials);
    }

    private double SumOfSquares(double p)
    {
        var (x, y) = Centre(rungs);
        if (!offset)
        {
            return rungs.Sum(c => c.Trials * Math.Pow(c.Mean - y - (p * (c.X[0] - x)), 2));
        }

        var (fixedPart, powerPart) = Parts(p, x, y);
        return Residual(p, x, y, fixedPart, powerPart);
    }

    /// <summary>The best A ≥ 0 and B ≥ 0 for p, about the ladder's centre (x, y) so that neither overflows: y ≈ eʸ(A + B·e^{p(log x − x)}).</summary>
    private (double FixedPart, double PowerPart) Parts(double p, double x, double y)
    {
        // Normal equations of 1 ≈ A·f + B·g with f = 1/y, g = xᵖ/y.
        double ff = 0, fg = 0, gg = 0, f1 = 0, g1 = 0;
        foreach (var c in rungs)
        {
            var (f, g) = Terms(c, p, x, y);
            (ff, fg, gg, f1, g1) = (ff + (c.Trials * f * f), fg + (c.Trials * f * g), gg + (c.Trials * g * g), f1 + (c.Trials * f), g1 + (c.Trials * g));
        }

        var determinant = (ff * gg) - (fg * fg);
        var (a, b) = ((f1 * gg) - (g1 * fg), (g1 * ff) - (f1 * fg));
        return determinant > 1e-13 * ff * gg && a >= 0 && b >= 0 ? (a / determinant, b / determinant)
            : Residual(p, x, y, 0, g1 / gg) <= Residual(p, x, y, f1 / ff, 0) ? (0, g1 / gg)
            : (f1 / ff, 0);
    }

    private double Residual(double p, double x, double y, double fixedPart, double powerPart) => rungs.Sum(c =>
    {
        var (f, g) = Terms(c, p, x, y);
        return c.Trials * Math.Pow(1 - (fixedPart * f) - (powerPart * g), 2);
    });

    private static (double F, double G) Terms(DesignCell c, double p, double x, double y) => (Math.Exp(y - c.Mean), Math.Exp((p * (c.X[0] - x)) + y - c.Mean));

    // A grid finds the valley, golden sections its floor: the profile may have a second valley of the other sign.
    private double Minimum()
    {
        const double Step = 0.125;
        const double GoldenSection = 0.6180339887498949;
        var best = 0.0;
        for (var p = -LargestExponent; p <= LargestExponent; p += Step)
        {
            best = SumOfSquares(p) < SumOfSquares(best) ? p : best;
        }

        double low = best - Step, high = best + Step;
        while (high - low > 1e-9)
        {
            var (left, right) = (high - (GoldenSection * (high - low)), low + (GoldenSection * (high - low)));
            (low, high) = SumOfSquares(left) < SumOfSquares(right) ? (low, right) : (left, high);
        }

        return (low + high) / 2;
    }
}
