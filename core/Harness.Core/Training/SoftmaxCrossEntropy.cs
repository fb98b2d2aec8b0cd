using Harness.Core.Enclosures;

namespace Harness.Core.Training;

/// <summary>f(z; y) = −Σ_j y_j z_j + (Σ_j y_j) ln Σ_j e^{z_j}, ∇f = (Σ_j y_j) p − y with p the softmax of z.</summary>
/// <remarks>
/// Shifted by the largest output, so that no exponential overflows. With s = Σ_j y_j = 1 the Hessian diag(p) − ppᵀ has norm at most ½: uᵀ(diag(p) − ppᵀ)u is the variance of u_j under p, at most a quarter of the
/// squared range of u, which is at most 2 on unit vectors.
/// </remarks>
internal sealed class SoftmaxCrossEntropy : Loss
{
    public SoftmaxCrossEntropy()
        : base("cross-entropy", 0.5) => IsConvex = true;

    public override double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> y, Span<double> gradient)
    {
        var largest = z[0];
        foreach (var output in z)
        {
            largest = Math.Max(largest, output);
        }

        var (weight, sum, linear) = (0.0, 0.0, 0.0);
        for (var j = 0; j < z.Length; j++)
        {
            var shifted = z[j] - largest;
            gradient[j] = Ball.Exp(Ball.Exactly(shifted)).Midpoint;
            (weight, sum, linear) = (weight + y[j], sum + gradient[j], linear + (y[j] * shifted));
        }

        for (var j = 0; j < z.Length; j++)
        {
            gradient[j] = (weight * (gradient[j] / sum)) - y[j];
        }

        return (weight * Ball.Log(Ball.Exactly(sum)).Midpoint) - linear;
    }

    public override Ball Enclose(ReadOnlySpan<Ball> z, ReadOnlySpan<double> y, Span<Ball> gradient)
    {
        var largest = z[0].Midpoint;
        foreach (var output in z)
        {
            largest = Math.Max(largest, output.Midpoint);
        }

        var (weight, sum, linear) = (Ball.Exactly(0), Ball.Exactly(0), Ball.Exactly(0));
        for (var j = 0; j < z.Length; j++)
        {
            var shifted = z[j] - Ball.Exactly(largest);
            gradient[j] = Ball.Exp(shifted);
            (weight, sum, linear) = (weight + Ball.Exactly(y[j]), sum + gradient[j], linear + (Ball.Exactly(y[j]) * shifted));
        }

        for (var j = 0; j < z.Length; j++)
        {
            gradient[j] = (weight * (gradient[j] / sum)) - Ball.Exactly(y[j]);
        }

        return (weight * Ball.Log(sum)) - linear;
    }
}
