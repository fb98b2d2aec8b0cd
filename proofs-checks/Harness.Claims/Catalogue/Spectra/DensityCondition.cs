using Harness.Claims.Decisions;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The condition on the density: carried to the half-sphere of the homogenised inputs, the law must have a bounded weight.</summary>
public static class DensityCondition
{
    private static readonly Domain Radii = Domain.Climbing("R", rungs: (6, 8, 12), trials: 1, new VariableRange("R", 4, (256, 1024, 65536), IsInteger: false));

    /// <summary>Bounded from 2a = d + 3 on.</summary>
    public static Claim Claim { get; } = Claim
        .Named("edr.density-condition")
        .DerivedFrom(Papers.LiYuChenLin, "Condition on the density", "Eigenvalue decay", "R10")
        .States("sup_{|x| ≤ R} (1 + |x|²)^{(d+3)/2} p(x)/p(0) = O(1) as R → ∞   for p ∝ (1 + |x|²)^{−a}, 2a ≥ d + 3;   tried at d = 1, 2a = 4, 5")
        .Given(new Generator<double>(Radii, "p ∝ (1 + x²)^{−a}; nothing is drawn", takesData: false, trial => trial.Variables["R"]))
        .Observes("sup_{|x| ≤ R} (1 + x²)² p(x)/p(0), the larger", radius => Math.Max(Largest(4, radius, power: 4), Largest(5, radius, power: 4)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(0, within: 0.1, ladder: "R"))
        .RefutedWhen("2a = d + 2", radius => Largest(3, radius, power: 4))
        .RefutedWhen("the weight is that of d + 1 dimensions", radius => Largest(4, radius, power: 5))
        .Build();

    /// <summary>Of (1 + x²)^{power/2 − a}, which is monotonic.</summary>
    private static double Largest(int twiceExponent, double radius, int power)
    {
        var density = Density.HeavyTailed(twiceExponent);
        return Math.Max(1, density.At(radius) * Math.Pow(1 + (radius * radius), power / 2.0) / density.At(0));
    }
}
