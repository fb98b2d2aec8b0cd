namespace Harness.ProofsChecks.Core.Data;

/// <summary>
/// Inner products as if computed in twice the working precision: Dot2 of Ogita, Rump and Oishi, "Accurate sum and dot product", SIAM J. Sci.
/// Comput. 26 (2005). The unevaluated sum High + Low is off by at most γ²ₙ Σ|xᵢyᵢ|, which is nothing beside u for the lengths here.
/// </summary>
internal readonly record struct TwofoldSum(double High, double Low)
{
    public static TwofoldSum Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double high = 0, low = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var product = x[i] * y[i];
            var sum = high + product;
            var part = sum - high;
            low += Math.FusedMultiplyAdd(x[i], y[i], -product) + (high - (sum - part)) + (product - part);
            high = sum;
        }

        return new(high, low);
    }

    /// <summary>The sum less a number near it, exact but for the last rounding.</summary>
    public double Less(double value) => (High - value) + Low;
}
