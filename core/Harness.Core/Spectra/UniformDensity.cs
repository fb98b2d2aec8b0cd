namespace Harness.Core.Spectra;

/// <summary>½ on [−1, 1].</summary>
internal sealed class UniformDensity : Density
{
    private const double RootOfTwo = 1.4142135623730951;

    public override double RootIntegral => RootOfTwo;

    public override double At(double x) => Math.Abs(x) <= 1 ? 0.5 : 0;

    private protected override double QuantileBeyondZero(double q, ref double from) => 2 * q;
}
