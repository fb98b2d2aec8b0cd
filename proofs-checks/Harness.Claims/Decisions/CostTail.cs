using System.Collections.Immutable;

namespace Harness.Claims.Decisions;

/// <summary>The tail of a cost ladder: its slopes with their standard errors, and how steep a polynomial of degree p can look there (<see cref="Cost"/>).</summary>
/// <remarks>Standard errors are to first order in the noise of the rungs' logarithms, whose variance is estimated from the scatter of the trials about their rungs.</remarks>
internal sealed class CostTail
{
    private readonly DesignCell first, start, end;
    private readonly ImmutableArray<DesignCell> heldOut;
    private readonly double freedom, logRatio;
    private readonly int degree;

    public CostTail(CostFit fit, int degree)
    {
        this.degree = degree;
        var cells = fit.Cells;
        (first, end, heldOut) = (cells[0], cells[^1], cells[^CostFit.HeldOut..]);

        // Compared as numbers, not logarithms, and a few roundings of the logarithm forgiven: a rung at exactly 4·x₁ counts.
        start = cells.FirstOrDefault(c => Math.Exp(c.X[0] - first.X[0]) >= Cost.TailBegins * (1 - 1e-14)) ?? end;
        (freedom, logRatio) = (cells.Sum(c => c.Trials) - cells.Length, end.X[0] - start.X[0]);

        var (ρStart, ρEnd) = (Math.Exp(degree * (first.X[0] - start.X[0])), Math.Exp(degree * (first.X[0] - end.X[0])));
        GreatestSlope = degree + (Math.Log(Cost.MachineFactor) / logRatio);
        Limit = degree + (Math.Log(Cost.MachineFactor * (1 - ρEnd) / (1 - (Cost.MachineFactor * ρStart))) / logRatio);
    }

    /// <summary>x_t.</summary>
    public double From => Math.Exp(start.X[0]);

    /// <summary>x_N.</summary>
    public double To => Math.Exp(end.X[0]);

    /// <summary>p + log f/log R: no polynomial is steeper.</summary>
    public double GreatestSlope { get; }

    /// <summary>The same for <see cref="Rise"/>; infinite or no number where the tail is empty.</summary>
    public double Limit { get; }

    /// <summary>Whether the most that <see cref="Rise"/> can be at degree p is less than the least that it can be at degree p + 1.</summary>
    public bool TellsDegrees => Limit < degree + 1 - (GreatestSlope - degree);

    /// <summary>log(y_N/y_t)/log R.</summary>
    public (double Value, double Error) Slope => ((end.Mean - start.Mean) / logRatio, Error(1, -1, 0));

    /// <summary>log((y_N − y₁)/(y_t − y₁))/log R; infinite where the tail does not begin above the first rung.</summary>
    public (double Value, double Error) Rise
    {
        get
        {
            var (yStart, yEnd) = (Math.Exp(start.Mean - first.Mean), Math.Exp(end.Mean - first.Mean));
            return yStart > 1 && yEnd > 1
                ? (Math.Log((yEnd - 1) / (yStart - 1)) / logRatio, Error(yEnd / (yEnd - 1), -yStart / (yStart - 1), (1 / (yStart - 1)) - (1 / (yEnd - 1))))
                : (double.PositiveInfinity, 0);
        }
    }

    /// <summary>Standard error of the difference of two root mean square errors over the held-out rungs: each moves by no more than these do.</summary>
    public double PredictionNoise => 2 * Math.Sqrt(heldOut.Average(c => c.Variance / c.Trials));

    /// <summary>Student's t with the trials' degrees of freedom.</summary>
    public double Quantile(double tail) => StudentTail.Quantile(tail, freedom);

    private double Error(double atEnd, double atStart, double atFirst) =>
        Math.Sqrt((atEnd * atEnd * end.Variance / end.Trials) + (atStart * atStart * start.Variance / start.Trials) + (atFirst * atFirst * first.Variance / first.Trials)) / logRatio;
}
