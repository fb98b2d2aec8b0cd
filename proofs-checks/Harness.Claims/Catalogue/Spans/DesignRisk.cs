using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Linear regression with a fixed design is the sequence model in other coordinates (appendix B): principal components, fitted to drawn responses, have the risk that the model says.</summary>
public static class DesignRisk
{
    private const int Draws = 24;

    private static readonly Generator<Trial> Designs = new(
        Domain.Filling(cells: (6, 10, 24), trials: (24, 32, 100), n(16, (40, 100, 300)), new VariableRange("p", 10, (60, 150, 400), IsInteger: true), new VariableRange("decay", 0.2, 1.2, IsInteger: false)),
        "Gaussian rows with variances j^{−decay}, β_j = j^{−1/5}, noise of variance 1",
        takesData: false,
        trial => trial);

    /// <summary>E‖X(β̂ − β)‖²/n of d† components.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.fixed-design-risk")
        .DerivedFrom(Papers.HuangLiLiLin, "Proposition B.2", "Effective span dimension", "E15")
        .States("E ‖X(β̂ − β)‖²/n = kσ₀²/n + Σ_{i>k} θ_i²   for k principal components, θ = Uᵀ(Xβ)/√n;  k = d†(σ₀²/n)")
        .Given(Designs)
        .Observes("‖X(β̂ − β)‖²/n, mean over 24 draws", trial => Error(trial, variance => variance))
        .AgainstItsOwnBound("kσ₀²/n + Σ_{i>k} θ_i²")
        .DecidedBy(Moment.Equals(resolution: 0.25))
        .RefutedWhen("noise σ₀² in place of σ₀²/n", trial => Error(trial, variance => variance * trial.n))
        .RefutedWhen("twice the noise", trial => Error(trial, variance => 2 * variance))
        .Build();

    private static Measurement Error(Trial trial, Func<double, double> stated)
    {
        var (n, p) = (trial.n, (int)trial.Variables["p"]);
        var (design, β) = (new double[n * p], new double[p]);
        trial.Random("design").FillGaussian(design, 1.0);
        for (var j = 0; j < p; j++)
        {
            β[j] = Math.Pow(j + 1, -0.2);
            for (var i = 0; i < n; i++)
            {
                design[(i * p) + j] *= Math.Pow(j + 1, -trial.Variables["decay"] / 2);
            }
        }

        var regression = FixedDesignInstance.Of(design, β);
        var k = regression.Span(1.0 / n);
        return new(Ball.Unbounded(regression.Error(k, trial.Random("noise"), Draws))) { Bound = Ball.Unbounded(SpectralRisk.PrincipalComponents(regression.Tails, stated(1.0 / n), k)) };
    }
}
