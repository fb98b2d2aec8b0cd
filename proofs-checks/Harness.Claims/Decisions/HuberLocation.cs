using System.Collections.Immutable;
using MathNet.Numerics.Statistics;

namespace Harness.Claims.Decisions;

/// <summary>
/// Robust locations of replicated cells: Huber's estimate in each cell with one scale for all, the median absolute deviation.
/// </summary>
/// <remarks>
/// With tuning constant 1.345 it has 95 % of the mean's efficiency at the normal distribution. Started from the median, with that scale, it breaks down only
/// when half of the trials of a cell, or half of all trials, are outliers. The variance of one trial that goes with it is Huber's
/// σ²·mean(ψ²)/mean(ψ′)², pooled, with trials − cells degrees of freedom. Source: Huber and Ronchetti, Robust Statistics, 2nd ed., sections 3.2 and 6.3.
/// </remarks>
internal static class HuberLocation
{
    private const double TuningConstant = 1.345;

    /// <summary>1/Φ⁻¹(¾): makes the median absolute deviation estimate a normal standard deviation.</summary>
    private const double NormalConsistency = 1.4826022185056018;

    /// <summary>Each cell's location and the common variance of one trial.</summary>
    public static ImmutableArray<DesignCell> Of(IReadOnlyList<(ImmutableArray<double> X, ImmutableArray<double> Responses)> cells)
    {
        double[] medians = [.. cells.Select(c => c.Responses.Median())];
        double[] residuals = [.. cells.Zip(medians, (c, median) => c.Responses.Select(y => Math.Abs(y - median))).SelectMany(r => r)];
        var freedom = residuals.Length - cells.Count;

        // Residuals from each cell's own median are too small by √(1 − cells/trials).
        var scale = freedom == 0 ? 0 : NormalConsistency * residuals.Median() * Math.Sqrt((double)residuals.Length / freedom);
        if (scale == 0)
        {
            return [.. cells.Zip(medians, (c, median) => new DesignCell(c.X, median, 0, c.Responses.Length))];
        }

        double[] locations = [.. cells.Zip(medians, (c, median) => Solve(c.Responses, median, scale))];
        double squares = 0, inliers = 0;
        for (var c = 0; c < cells.Count; c++)
        {
            foreach (var y in cells[c].Responses)
            {
                var r = (y - locations[c]) / scale;
                squares += Math.Pow(Math.Clamp(r, -TuningConstant, TuningConstant), 2);
                inliers += Math.Abs(r) < TuningConstant ? 1 : 0;
            }
        }

        var share = inliers / residuals.Length;
        var variance = scale * scale * squares / freedom / (share * share);
        return [.. cells.Zip(locations, (c, location) => new DesignCell(c.X, location, c.Responses.Length > 1 ? variance : 0, c.Responses.Length))];
    }

    // Modified residuals: each step moves by the mean of ψ, a contraction (Huber and Ronchetti, section 7.8).
    private static double Solve(ImmutableArray<double> responses, double start, double scale)
    {
        var location = start;
        for (var i = 0; i < 100; i++)
        {
            var step = scale * responses.Average(y => Math.Clamp((y - location) / scale, -TuningConstant, TuningConstant));
            location += step;
            if (Math.Abs(step) < 1e-12 * scale)
            {
                break;
            }
        }

        return location;
    }
}
