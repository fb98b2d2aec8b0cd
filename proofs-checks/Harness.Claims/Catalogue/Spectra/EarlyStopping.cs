using System.Collections.Immutable;
using Harness.Claims.Decisions;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>Gradient flow that is stopped in time reaches the best rate that any estimator has: in the sequence model of the kernel, with the eigenvalues that the theorem gives it on the line.</summary>
public static class EarlyStopping
{
    /// <summary>Eigenvalues i⁻²; the bias of the modes beyond the last is below two per cent of the rest at every n and s here.</summary>
    private const int Modes = 60_000;

    private static readonly double[] Eigenvalues = [.. Enumerable.Range(1, Modes).Select(i => 1.0 / i / i)];

    /// <summary>Rougher than the kernel's own space (s = ½), in it (1), and smoother (3/2, 5/2).</summary>
    public static ImmutableArray<Claim> Claims { get; } = [Smoothness("half", "1/2", 0.5), Smoothness("one", "1", 1), Smoothness("three-halves", "3/2", 1.5), Smoothness("five-halves", "5/2", 2.5)];

    private static Claim Smoothness(string name, string value, double s)
    {
        // A target at the border of the space has f_i² = i^{−(2s+1)}; the further 0.02 puts it inside, and the finite range takes the slope up to 0.02 from its limit.
        double[] squares = [.. Enumerable.Range(1, Modes).Select(i => Math.Pow(i, -((2 * s) + 1.02)))];
        var exponent = -2 * s / ((2 * s) + 1);
        return Claim
            .Named($"edr.early-stopping-{name}")
            .From(Papers.LiYuChenLin, "Optimality of early stopping (sequence model, d = 1)", "R13")
            .States($"E‖f_t − f*‖² ≍ n^{{−s(d+1)/(s(d+1)+d)}} at t = n^{{(d+1)/(s(d+1)+d)}} for f* ∈ [H]^s;   tried at d = 1, s = {value}, λ_i = i⁻²")
            .Given(new Generator<double>(
                Domain.Climbing("n", rungs: (10, 12, 16), trials: 1, n(300, 3e5)), "independent modes with noise of variance 1/n", takesData: false, trial => trial.Variables.n))
            .Observes("E‖f_t − f*‖²", samples => Risk(squares, samples, 2 / ((2 * s) + 1)))
            .Against("1", _ => 1)
            .DecidedBy(Exponent.EqualTo(exponent, within: 0.03, ladder: "n"))
            .RefutedWhen("training goes on for the time to the power 3/2", samples => Risk(squares, samples, 3 / ((2 * s) + 1)))
            .RefutedWhen("training stops at time 1, whatever n", samples => Risk(squares, samples, 0))
            .Build();
    }

    private static Measurement Risk(double[] squares, double samples, double timeExponent)
    {
        var (bias, variance) = SpectralRisk.Of(new GradientFlowFilter(Math.Pow(samples, timeExponent)), Eigenvalues, squares, 1 / samples);
        return bias + variance;
    }
}
