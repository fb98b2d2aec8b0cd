using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Harness.Claims.Decisions;

/// <summary>
/// Multiple linear regression on replicated cells, with confidence margins that survive unequal variances and lack of fit.
/// </summary>
/// <remarks>
/// Least squares by QR on centred cell means weighted with their trials, which has the coefficients of least squares on all trials. The noise margin is the larger of the classical one,
/// exact for normal errors of equal variance (<see cref="ErrorVariance"/>), and of one in which every cell has the variance of its own trials, with Satterthwaite's
/// degrees of freedom (Biometrics Bulletin 2, 1946): a design whose far cells are the noisy ones must not profit from its quiet ones. What the fit leaves out is added in squares.
/// </remarks>
internal sealed class LinearRegression
{
    /// <summary>
    /// A regressor is dropped when the others before it explain all but this share of its variance: its slope would have a hundred times the
    /// standard error that it has alone, which no statement here could use.
    /// </summary>
    private const double LeastOwnShare = 1e-4;

    private readonly Matrix<double> influence;
    private readonly ImmutableArray<(double Variance, double Freedom)> ownVariances;

    private LinearRegression(ImmutableArray<int> regressors, Vector<double> slopes, Matrix<double> influence, IReadOnlyList<DesignCell> cells, Vector<double> residuals)
    {
        (Regressors, Slopes, this.influence) = (regressors, [.. slopes], influence);
        Error = new(
            residuals.DotProduct(residuals), cells.Count - 1 - regressors.Length, cells.Sum(c => (c.Trials - 1) * c.Variance), cells.Sum(c => c.Trials) - cells.Count);
        ownVariances = [.. Enumerable.Range(0, regressors.Length).Select(Satterthwaite)];

        // Row j of the influence matrix is what each cell's mean, times √trials, contributes to slope j.
        (double, double) Satterthwaite(int j)
        {
            double variance = 0, squares = 0;
            for (var c = 0; c < cells.Count; c++)
            {
                var part = influence[j, c] * influence[j, c] * cells[c].Variance;
                variance += part;
                squares += cells[c].Trials > 1 ? part * part / (cells[c].Trials - 1) : 0;
            }

            return (variance, squares > 0 ? variance * variance / squares : 0);
        }
    }

    /// <summary>Indices of the regressors that were kept: those that vary and are not combinations of the ones before.</summary>
    public ImmutableArray<int> Regressors { get; }

    /// <summary>Slopes, in the order of <see cref="Regressors"/>.</summary>
    public ImmutableArray<double> Slopes { get; }

    /// <summary>The error variance of one trial.</summary>
    public ErrorVariance Error { get; }

    /// <summary>Margin of slope <paramref name="j"/>, exceeded on either side with probability <paramref name="tail"/>; infinite where no variance can be estimated.</summary>
    public ConfidenceMargin Margin(int j, double tail)
    {
        var factor = influence.Row(j).DotProduct(influence.Row(j));
        var (variance, freedom) = ownVariances[j];
        var own = variance == 0 ? 0 : Math.Pow(StudentTail.Quantile(tail, freedom), 2) * variance;
        return ConfidenceMargin.Of(Math.Max(factor * Error.SquaredNoiseMargin(tail), own), factor * Error.SquaredMisfitMargin());
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
            var qr = design.QR(QRMethod.Thin);
            int[] own = [.. Enumerable.Range(0, kept.Length).Where(j => Math.Pow(qr.R[j, j] / design.Column(j).L2Norm(), 2) >= LeastOwnShare)];
            if (own.Length == kept.Length)
            {
                var influence = qr.R.Solve(qr.Q.Transpose());
                var response = Centred(c => c.Mean);
                var slopes = influence * response;
                return new([.. kept], slopes, influence, cells, response - (design * slopes));
            }

            kept = [.. own.Select(j => kept[j])];
        }

        return null;
    }
}
