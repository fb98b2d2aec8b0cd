namespace Harness.Core.Spectra;

/// <summary>1 − |x| on [−1, 1].</summary>
internal sealed class TriangularDensity : Density
{
    public override double RootIntegral => 4.0 / 3;

    public override double At(double x) => Math.Max(0, 1 - Math.Abs(x));

    /// <remarks>x − x²/2 = q: the root 1 − √(1 − 2q), without its cancellation.</remarks>
    private protected override double QuantileBeyondZero(double q, ref double from) => 2 * q / (1 + Math.Sqrt(1 - (2 * q)));
}
