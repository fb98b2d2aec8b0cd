using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
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

        var (λ, θ, vectors, tails) = (new double[n], new double[n], new double[n * n], new double[n + 1]);
        FixedDesign.ToSequence(design, β, λ, θ, vectors, new double[FixedDesign.WorkspaceLength(n)]);
        OrderedEnergies.Tails(θ, [.. Enumerable.Range(0, n)], tails);
        var k = EffectiveSpan.Dimension(tails, 1.0 / n);
        double[] mean = [.. Enumerable.Range(0, n).Select(i => FixedOrder.Dot<double>(design.AsSpan(i * p, p), β))];

        double sum = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var responses = new double[n];
            trial.Random("noise").Derive((ulong)draw).FillGaussian(responses, 1.0);
            for (var i = 0; i < n; i++)
            {
                responses[i] += mean[i];
            }

            sum += SquaredDistance(Projected(responses, vectors, k), mean) / n;
        }

        return new(Ball.Unbounded(sum / Draws)) { Bound = Ball.Unbounded(SpectralRisk.PrincipalComponents(tails, stated(1.0 / n), k)) };
    }

    /// <summary>The fit: U_k U_kᵀ y.</summary>
    private static double[] Projected(double[] y, double[] vectors, int k)
    {
        var fit = new double[y.Length];
        for (var row = 0; row < k; row++)
        {
            var vector = vectors.AsSpan(row * y.Length, y.Length);
            var along = FixedOrder.Dot<double>(vector, y);
            for (var i = 0; i < fit.Length; i++)
            {
                fit[i] += along * vector[i];
            }
        }

        return fit;
    }

    private static double SquaredDistance(double[] x, double[] y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();
}
