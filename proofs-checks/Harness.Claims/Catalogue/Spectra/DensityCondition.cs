using Harness.Claims.Decisions;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The condition on the density: carried to the half-sphere of the homogenised inputs, the law must have a bounded weight.</summary>
public static class DensityCondition
{
    private static readonly Domain Radii = Domain.Climbing("R", rungs: (5, 6, 8), trials: (4, 4, 6), new VariableRange("R", 4, (256, 1024, 65536), IsInteger: false));

    /// <summary>Bounded from 2a = d + 3 on.</summary>
    public static Claim Claim { get; } = Claim
        .Named("edr.density-condition")
        .DerivedFrom(Papers.LiYuChenLin, "Condition on the density", "Eigenvalue decay", "R10")
        .States("sup_{|x| ≤ R} (1 + |x|²)^{(d+3)/2} p(x) = O(1) as R → ∞   for p ∝ (1 + |x|²)^{−a}, 2a ≥ d + 3;   tried at d = 1")
        .Given(Tails(least: 4))
        .Observes("sup_{|x| ≤ R} (1 + x²)² p(x)", tail => Largest(tail, power: 4))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(0, within: 0.1, ladder: "R"))
        .RefutedWhen("2a = d + 2", Tails(least: 3, kinds: 1))
        .RefutedWhen("the weight is that of d + 1 dimensions", Tails(least: 4, kinds: 1), tail => Largest(tail, power: 5))
        .Build();

    private static Measurement Largest((Density Density, double Radius) tail, int power)
    {
        // Of (1 + x²)^{power/2 − a}, which is monotonic.
        return Math.Max(tail.Density.At(0), tail.Density.At(tail.Radius) * Math.Pow(1 + (tail.Radius * tail.Radius), power / 2.0));
    }

    private static Generator<(Density Density, double Radius)> Tails(int least, int kinds = 2) => new(Radii, "p ∝ (1 + x²)^{−a}", takesData: false, trial =>
    {
        var twiceExponent = least + trial.Random("tail").Integer(0, kinds);
        trial.Measure("2a", twiceExponent);
        return (Density.HeavyTailed(twiceExponent), trial.Variables["R"]);
    });
}
