using Harness.Claims.Decisions;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.PiecewiseAffineNetworks;

/// <summary>Few neurons start near a breakpoint: what makes the certificate likely.</summary>
public static class AntiConcentration
{
    private static readonly Domain Radii = Domain.Filling(cells: (60, 120, 400), trials: 1, new VariableRange("R", 3, (0.001, 0.0001, 0.00001), IsInteger: false));

    /// <summary>J15: the density of a normal variable is largest at zero.</summary>
    public static Claim Claim { get; } = Harness.Claims.Claim
        .Named("jk.anti-concentration")
        .DerivedFrom(Papers.JentzenKroeger, "Sign changes (anti-concentration)", "Certificate of convergence", "J15")
        .States("P(|⟨w, x̃⟩| ≤ R‖x̃‖) ≤ √(2/π) R   for w ~ N(0, I) and every R")
        .Given(new Generator<Trial>(Radii, "R from 3 down", takesData: false, trial => trial))
        .Observes("√(2/π) ∫₀^R e^{−t²/2} dt", trial => Probability(Ball.Exactly(trial.Variables["R"])))
        .AgainstItsOwnBound("√(2/π) R")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("one side of zero only: R/√(2π)", trial => Probability(Ball.Exactly(trial.Variables["R"]), share: 2))
        .Build();

    /// <summary>Σ_k (−1)^k R^{2k+1}/(2^k k! (2k + 1)), whose terms fall from k = R²/2 on and alternate: what is left is at most the first term left out.</summary>
    private static Measurement Probability(Ball R, int share = 1)
    {
        const int Terms = 40; // at R = 3 the first term left out is 3⁸¹/(2⁴⁰ 40! 81) < 10⁻²²
        var (factor, half, term, sum) = (Ball.Sqrt(Ball.Exactly(2) / Ball.Pi), -Ball.Square(R) / Ball.Exactly(2), R, Ball.Exactly(0));
        for (var k = 0; k < Terms; k++)
        {
            sum += term / Ball.Exactly((2 * k) + 1);
            term = term * half / Ball.Exactly(k + 1);
        }

        return new((sum + new Ball(0, Math.Abs(term.Upper) + Math.Abs(term.Lower))) * factor) { Bound = factor * R / Ball.Exactly(share) };
    }
}
