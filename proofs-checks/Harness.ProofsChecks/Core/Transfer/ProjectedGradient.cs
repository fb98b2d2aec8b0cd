namespace Harness.ProofsChecks.Core.Transfer;

/// <summary>min d Σ w_k²/n_k + (Σ w_k h_k)² over the simplex, by accelerated projected gradient descent: an oracle that knows nothing of the closed form.</summary>
internal static class ProjectedGradient
{
    /// <summary>The objective at weights; sources with infinite bounds have none.</summary>
    public static double Objective(TransferCase draw, double[] w) => (draw.Dimension * w.Select((x, k) => x * x / draw.Sizes[k]).Sum()) + Math.Pow(Bias(draw, w), 2);

    /// <summary>The least objective found, and how far above the minimum it may be: the gap ⟨∇, w⟩ − min_k ∇_k of a convex objective.</summary>
    public static (double Least, double Gap) Minimise(TransferCase draw)
    {
        int[] open = [.. Enumerable.Range(0, draw.Sizes.Length).Where(k => double.IsFinite(H(draw, k)))];

        // In v_k = w_k/√n_k the quadratic part is the identity and the rest has rank one.
        var step = 1 / (2 * ((draw.Dimension * open.Max(k => 1 / draw.Sizes[k])) + open.Sum(k => H(draw, k) * H(draw, k))));
        var (w, previous) = (new double[draw.Sizes.Length], new double[draw.Sizes.Length]);
        w[0] = previous[0] = 1;
        for (var t = 1; t <= 4000; t++)
        {
            var momentum = (t - 1.0) / (t + 2);
            double[] point = [.. w.Select((x, k) => x + (momentum * (x - previous[k])))];
            var gradient = Gradient(draw, point);
            previous = w;
            w = Project([.. point.Select((x, k) => x - (step * gradient[k]))], open);
        }

        var at = Gradient(draw, w);
        return (Objective(draw, w), w.Select((x, k) => x * at[k]).Sum() - open.Min(k => at[k]));
    }

    private static double H(TransferCase draw, int k) => k == 0 ? 0 : draw.Biases[k - 1];

    private static double Bias(TransferCase draw, double[] w) => w.Select((x, k) => x == 0 ? 0 : x * H(draw, k)).Sum();

    private static double[] Gradient(TransferCase draw, double[] w)
    {
        var bias = Bias(draw, w);
        return [.. w.Select((x, k) => (2 * draw.Dimension * x / draw.Sizes[k]) + (double.IsFinite(H(draw, k)) ? 2 * bias * H(draw, k) : 0))];
    }

    /// <summary>The nearest point of the simplex on the open coordinates (Held, Wolfe and Crowder, Math. Programming 6, 1974).</summary>
    private static double[] Project(double[] x, int[] open)
    {
        var (sum, shift) = (0.0, 0.0);
        double[] sorted = [.. open.Select(k => x[k]).OrderDescending()];
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            shift = sorted[i] > (sum - 1) / (i + 1) ? (sum - 1) / (i + 1) : shift;
        }

        return [.. x.Select((value, k) => open.Contains(k) ? Math.Max(0, value - shift) : 0)];
    }
}
