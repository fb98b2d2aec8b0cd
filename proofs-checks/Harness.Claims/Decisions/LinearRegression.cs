using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Harness.Claims.Decisions;

/// <summary>
/// Multiple linear regression on replicated cells, with confidence margins that survive unequal variances and lack of fit.
/// </summary>
/// <remarks>
/// Least squares by QR on centred cell means weighted with their trials, which has the coefficients of least squares on all trials. The error
/// variance follows <see cref="ErrorVariance"/>. A margin is the larger of the classical one and one that lets every cell have its own variance:
/// where trials are pooled, the cells' sample variances with Satterthwaite's degrees of freedom (Biometrics Bulletin 2, 1946); where cells are
/// the units, the leave-one-out residuals of HC3 (MacKinnon and White, J. Econometrics 29, 1985) with cells − parameters. Normal errors make
/// the classical margin exact; the second can only widen it.
/// </remarks>
internal sealed class LinearRegression
{
    /// <summary>
    /// A regressor is dropped when the others before it explain all but this share of its variance: its slope would have a hundred times the
    /// standard error that it has alone, which no statement here could use.
    /// </summary>
    private const double LeastOwnShare = 1e-4;

    private readonly ImmutableArray<double> classicalFactors;
    private readonly ImmutableArray<(double Deviation, double Freedom)> unequal;

    private LinearRegression(ImmutableArray<int> regressors, Vector<double> slopes, Matrix<double> influence, Matrix<double> q, IReadOnlyList<DesignCell> cells, Vector<double> residuals)
    {
        Regressors = regressors;
        Slopes = [.. slopes];
        var trials = cells.Sum(c => c.Trials);
        Error = new(
            residuals.DotProduct(residuals), cells.Count - 1 - regressors.Length, cells.Sum(c => (c.Trials - 1) * c.Variance), trials - cells.Count);

        classicalFactors = [.. Enumerable.Range(0, regressors.Length).Select(j => influence.Row(j).L2Norm())];
        unequal = [.. Enumerable.Range(0, regressors.Length).Select(j => Error.CellsAreUnits ? LeaveOneOut(j) : Satterthwaite(j))];

        // Row j of the influence matrix, times √trials, is what each cell's mean contributes to slope j.
        (double, double) Satterthwaite(int j)
        {
            double variance = 0, squares = 0;
            for (var c = 0; c < cells.Count; c++)
            {
                if (cells[c].Trials > 1)
                {
                    var part = influence[j, c] * influence[j, c] * cells[c].Variance;
                    variance += part;
                    squares += part * part / (cells[c].Trials - 1);
                }
            }

            return (Math.Sqrt(variance), squares > 0 ? variance * variance / squares : 1);
        }

        (double, double) LeaveOneOut(int j)
        {
            double variance = 0;
            for (var c = 0; c < cells.Count; c++)
            {
                var leverage = Math.Min(q.Row(c).DotProduct(q.Row(c)) + ((double)cells[c].Trials / trials), 1 - 1e-9);
                var part = influence[j, c] * residuals[c] / (1 - leverage);
                variance += part * part;
            }

            return (Math.Sqrt(variance), Error.DegreesOfFreedom);
        }
    }

    /// <summary>Indices of the regressors that were kept: those that vary and are not combinations of the ones before.</summary>
    public ImmutableArray<int> Regressors { get; }

    /// <summary>Slopes, in the order of <see cref="Regressors"/>.</summary>
    public ImmutableArray<double> Slopes { get; }

    /// <summary>The error variance of one trial.</summary>
    public ErrorVariance Error { get; }

    /// <summary>Half-width of the interval around slope <paramref name="j"/> that is exceeded on either side with probability <paramref name="tail"/>; infinite where no variance can be estimated.</summary>
    public double Margin(int j, double tail)
    {
        if (Error.DegreesOfFreedom == 0)
        {
            return double.PositiveInfinity;
        }

        var classical = StudentTail.Quantile(tail, Error.DegreesOfFreedom) * Math.Sqrt(Error.Variance) * classicalFactors[j];
        var (deviation, freedom) = unequal[j];
        return deviation == 0 ? classical : Math.Max(classical, StudentTail.Quantile(tail, freedom) * deviation);
    }

    /// <summary>Fits an intercept and as many of the given regressors as the cells can tell apart.</summary>
    /// <param name="cells">Cells.</param>
    /// <param name="candidates">Indices into <see cref="DesignCell.X"/>.</param>
    /// <returns>The fit, or null where no regressor is left or there are fewer cells than parameters.</returns>
    public static LinearRegression? Fit(IReadOnlyList<DesignCell> cells, IReadOnlyList<int> candidates)
    {
        var trials = (double)cells.Sum(c => c.Trials);
        double Average(Func<DesignCell, double> of) => cells.Sum(c => c.Trials * of(c)) / trials;
        Vector<double> Centred(Func<DesignCell, double> of)
        {
            var mean = Average(of);
            return DenseVector.OfEnumerable(cells.Select(c => Math.Sqrt(c.Trials) * (of(c) - mean)));
        }

        // A value that is the same everywhere leaves only the rounding of its mean.
        bool Varies(int k) => cells.Max(c => c.X[k]) - cells.Min(c => c.X[k]) > 1e-9 * (1 + cells.Max(c => Math.Abs(c.X[k])));

        int[] kept = [.. candidates.Where(Varies)];
        while (kept.Length > 0 && cells.Count > kept.Length)
        {
            var design = DenseMatrix.OfColumnVectors(kept.Select(k => Centred(c => c.X[k])));
            var qr = design.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
            int[] own = [.. Enumerable.Range(0, kept.Length).Where(j => Math.Pow(qr.R[j, j] / design.Column(j).L2Norm(), 2) >= LeastOwnShare)];
            if (own.Length == kept.Length)
            {
                var influence = qr.R.Solve(qr.Q.Transpose());
                var response = Centred(c => c.Mean);
                var slopes = influence * response;
                return new([.. kept], slopes, influence, qr.Q, cells, response - (design * slopes));
            }

            kept = [.. own.Select(j => kept[j])];
        }

        return null;
    }
}
