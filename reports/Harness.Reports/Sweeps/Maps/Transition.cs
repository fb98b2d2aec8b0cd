using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace Harness.Reports.Sweeps.Maps;

/// <summary>Where along one variable y half of the trials succeed: logistic regression of success on log y.</summary>
/// <remarks>
/// P(success) = 1/(1 + e^{−s(log y − c)}) by maximum likelihood, and the interval {c : D(c) − D(ĉ) ≤ χ²} of the deviance profiled over s, which needs no normal approximation for c and is infinite on a side where
/// the trials do not end it. Steps without a cell between failure and success would have every steep s: s is at most what the trials of two neighbouring cells can show.
/// </remarks>
/// <param name="At">y at which half of the trials succeed.</param>
/// <param name="Lower">Lower confidence limit; 0 where there is none.</param>
/// <param name="Upper">Upper confidence limit; infinite where there is none.</param>
internal readonly record struct Transition(double At, double Lower, double Upper)
{
    /// <summary>Places of c that are tried before the best is refined, and half of those before a limit is.</summary>
    private const int Places = 48;

    /// <summary>Where the transition is, if it lies within what was swept.</summary>
    /// <param name="cells">y &gt; 0, successes and trials; at least two different y.</param>
    /// <returns>The transition; null where success or failure prevails at both ends.</returns>
    public static Transition? Of(IReadOnlyList<(double Y, int Successes, int Trials)> cells)
    {
        (double X, double Successes, double Trials)[] logs = [.. cells.Select(cell => (Math.Log(cell.Y), (double)cell.Successes, (double)cell.Trials)).OrderBy(cell => cell.Item1)];
        var (from, to) = (logs[0].X, logs[^1].X);
        var step = (to - from) / Places;
        var deviance = (double c) => Deviance(logs, c);
        var place = Enumerable.Range(0, Places + 1).MinBy(k => deviance(from + (k * step)));
        if (place is 0 or Places)
        {
            return null;
        }

        var at = Smallest(deviance, from + ((place - 1) * step), from + ((place + 1) * step));
        var permitted = deviance(at) + ChiSquared.InvCDF(1, PointStatistic.Confidence);
        return new(Math.Exp(at), Math.Exp(Limit(-1)), Math.Exp(Limit(+1)));

        // The profile of a quotient of coefficients rises from its minimum to a level on either side, so the first crossing is the only one.
        double Limit(int direction)
        {
            for (var k = 1; k <= 2 * Places; k++)
            {
                if (deviance(at + (direction * k * step)) > permitted)
                {
                    return Brent.FindRoot(c => deviance(c) - permitted, Math.Min(at + (direction * k * step), at + (direction * (k - 1) * step)), Math.Max(at + (direction * k * step), at + (direction * (k - 1) * step)), 1e-9);
                }
            }

            return direction * double.PositiveInfinity;
        }
    }

    /// <summary>Twice the log-likelihood that is missing to that of free rates, with the best s for this c.</summary>
    private static double Deviance((double X, double Successes, double Trials)[] cells, double c)
    {
        // Between two neighbours that are half a step from c the log-odds go from −log(2n + 1) to log(2n + 1): beyond, n trials would not show it.
        var steepest = 2 * Math.Log((2 * cells.Max(cell => cell.Trials)) + 1) / cells.Zip(cells.Skip(1), (a, b) => b.X - a.X).Where(gap => gap > 0).Min();
        double low = -steepest, high = steepest;
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Score(cells, c, middle) > 0 ? (middle, high) : (low, middle);
        }

        return cells.Sum(cell => Deviance(cell.Successes, cell.Trials, (low + high) / 2 * (cell.X - c)));
    }

    /// <summary>The derivative of the log-likelihood in s, which falls.</summary>
    private static double Score((double X, double Successes, double Trials)[] cells, double c, double s)
    {
        double sum = 0;
        foreach (var (x, successes, trials) in cells)
        {
            sum += (successes - (trials / (1 + Math.Exp(-s * (x - c))))) * (x - c);
        }

        return sum;
    }

    private static double Deviance(double successes, double trials, double logOdds)
    {
        // log(1 + eᶻ) without overflow.
        var log = Math.Max(logOdds, 0) + double.LogP1(Math.Exp(-Math.Abs(logOdds)));
        return 2 * (Entropy(successes, trials) + Entropy(trials - successes, trials) + (trials * log) - (successes * logOdds));
    }

    private static double Entropy(double count, double trials) => count == 0 ? 0 : count * Math.Log(count / trials);

    private static double Smallest(Func<double, double> of, double low, double high)
    {
        const double GoldenSection = 0.6180339887498949;
        for (var i = 0; i < 40; i++)
        {
            var (left, right) = (high - (GoldenSection * (high - low)), low + (GoldenSection * (high - low)));
            (low, high) = of(left) < of(right) ? (low, right) : (left, high);
        }

        return (low + high) / 2;
    }
}
