using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Figure 4: principal components of a kernel with known eigenfunctions, estimated from random inputs, under spectra that move away from the signal (appendix C).</summary>
public static class KernelComponents
{
    private const int Functions = 800;
    private const int Draws = 8;

    private static readonly Generator<Trial> Spectra = new(
        Domain.Climbing("α", rungs: (4, 6, 10), trials: (24, 24, 60), new VariableRange("α", 3, 30, IsInteger: false)), "φ_j(x) = √2 cos 2πjx, x uniform on [0, 1], n = 400, 800 functions, θ_j = j⁻⁴, σ₀² = 1, λ_j = j^{−1.1} e^{αw_j} with w rising from 0 to 1 over the first 80 and 0 beyond", takesData: false, trial => trial);

    /// <summary>n.</summary>
    public const int Samples = 400;

    /// <summary>‖f‖²_∞ = 2(Σ j⁻⁴)², at x = 0.</summary>
    private static readonly double LargestSquare = 2 * Math.Pow(Enumerable.Range(1, Functions).Sum(j => Math.Pow(j, -4)), 2);

    /// <summary>Upper bound of Proposition C.4 at the components that it is about.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.figure-4-kernel-components")
        .From(Papers.HuangLiLiLin, "Proposition C.4 and Figure 4", "E16")
        .States("E ‖f̂ − f‖² ≤ 2 d†(σ²) σ²   for d† kernel principal components, σ² = (σ₀² + ‖f‖²_∞)/n")
        .Given(Spectra)
        .Observes("‖f̂ − f‖², mean over 8 draws of inputs and noise", trial => Error(trial, 2))
        .AgainstItsOwnBound("2 d† σ²")
        .DecidedBy(Moment.AtMost(resolution: 0.1))
        .RefutedWhen("d† σ²/5 in place of 2 d† σ²", trial => Error(trial, 0.2))
        .Build();

    private static Measurement Error(Trial trial, double constant)
    {
        var α = trial.Variables["α"];
        double[] λ = [.. Enumerable.Range(1, Functions).Select(j => Math.Pow(j, -1.1) * Math.Exp(α * (j <= 80 ? (j - 1) / 79.0 : 0)))];
        double[] θ = [.. Enumerable.Range(1, Functions).Select(j => Math.Pow(j, -4))];
        var (order, tails) = (new int[Functions], new double[Functions + 1]);
        OrderedEnergies.Order(λ, order, new double[Functions]);
        OrderedEnergies.Tails(θ, order, tails);
        var variance = (1 + LargestSquare) / Samples;
        var k = EffectiveSpan.Dimension(tails, variance);
        trial.Measure("d†", k);

        double sum = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var estimate = Estimate(trial, θ, draw);
            sum += tails[k] + order.Take(k).Sum(j => (estimate[j] - θ[j]) * (estimate[j] - θ[j]));
        }

        return new(Ball.Unbounded(sum / Draws)) { Bound = Ball.Unbounded(constant * k * variance) };
    }

    /// <summary>θ̂_j = (1/n) Σ_i y_i φ_j(x_i), with φ_j by the recurrence of cosines.</summary>
    private static double[] Estimate(Trial trial, double[] θ, int draw)
    {
        var (inputs, noise, values, estimate) = (new double[Samples], new double[Samples], new double[Functions], new double[Functions]);
        trial.Random("inputs").Derive((ulong)draw).FillUniform<double>(inputs);
        trial.Random("noise").Derive((ulong)draw).FillGaussian(noise, 1.0);
        for (var i = 0; i < Samples; i++)
        {
            var twice = 2 * Math.Cos(2 * Math.PI * inputs[i]);
            var (previous, current, response) = (1.0, twice / 2, noise[i]);
            for (var j = 0; j < Functions; j++)
            {
                values[j] = Math.Sqrt(2) * current;
                response += θ[j] * values[j];
                (previous, current) = (current, (twice * current) - previous);
            }

            for (var j = 0; j < Functions; j++)
            {
                estimate[j] += response * values[j] / Samples;
            }
        }

        return estimate;
    }
}
