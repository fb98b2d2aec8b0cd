namespace Harness.Claims.Instances;

/// <summary>Shifts of pre-activations and the signs that they flip.</summary>
public static class SignFlips
{
    /// <summary>The shift of length at most ω that flips the most signs: the smallest pre-activations, each moved just across zero.</summary>
    public static double[] Cheapest(double[] g, double ω)
    {
        const double Overshoot = 1e-6; // crosses zero strictly, also after the product with h is rounded; costs a relative 1e-6 of the budget
        var order = new int[g.Length];
        for (var k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        Array.Sort(Array.ConvertAll(g, Math.Abs), order);
        var (shift, spent) = (new double[g.Length], 0.0);
        foreach (var k in order)
        {
            var move = -(1 + Overshoot) * g[k];
            spent += move * move;
            if (spent > ω * ω)
            {
                break;
            }

            shift[k] = move;
        }

        return shift;
    }

    /// <summary>#{k : 1{g_k ≥ 0} ≠ 1{moved_k ≥ 0}}.</summary>
    public static int Count(ReadOnlySpan<double> g, ReadOnlySpan<double> moved)
    {
        var flips = 0;
        for (var k = 0; k < g.Length; k++)
        {
            flips += (g[k] >= 0) != (moved[k] >= 0) ? 1 : 0;
        }

        return flips;
    }
}
