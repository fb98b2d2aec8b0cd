using Harness.Claims.Exact;
using Harness.Core.Networks;

namespace Harness.ProofsChecks.Core.Networks;

/// <summary>A piecewise affine activation by its definition, σ(z) = b + s₀ z + Σ_j (s_j − s_{j−1}) max(z − t_j, 0), in exact arithmetic.</summary>
internal static class ExactActivation
{
    public static int Piece(PiecewiseAffine activation, BigRational z)
    {
        var piece = 0;
        foreach (var t in activation.Breakpoints)
        {
            piece += z >= BigRational.Exactly(t) ? 1 : 0;
        }

        return piece;
    }

    public static double Slope(PiecewiseAffine activation, BigRational z) => activation.Slopes[Piece(activation, z)];

    public static BigRational Value(PiecewiseAffine activation, BigRational z)
    {
        var value = BigRational.Exactly(activation.Intercept) + (BigRational.Exactly(activation.Slopes[0]) * z);
        for (var j = 0; j < activation.Breakpoints.Length; j++)
        {
            var jump = BigRational.Exactly(activation.Slopes[j + 1]) - BigRational.Exactly(activation.Slopes[j]);
            value += jump * BigRational.Max(z - BigRational.Exactly(activation.Breakpoints[j]), 0);
        }

        return value;
    }
}
