using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Tangents;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>The residual of a wide network decays mode by mode, at rates that the kernel of the infinitely wide network alone determines: the deep analogue of Arora et al. 2019, Theorem 4.1.</summary>
public static class ResidualModes
{
    /// <summary>The largest deviation of ‖r(t)‖ from the sum over modes, against m.</summary>
    public static Claim Claim { get; } = Claim
        .Named("azls.residual-modes")
        .DerivedFrom(Papers.AllenZhuLiSong, "Theorem 5 and Theorem 1", "Training near initialisation", "C23")
        .States("max_t |‖r⁽ᵗ⁾‖ − √Σ_i (1 − ηλ_i)^{2t}⟨v_i, r⁽⁰⁾⟩²| / ‖r⁽⁰⁾‖ = O(m^{−1/6})   for the eigenpairs of K^∞")
        .Given(MovementLimit.FewStarts)
        .Observes("max_t |‖r(t)‖ − √Σ_i (1 − ηλ_i)^{2t}⟨v_i, r(0)⟩²| / ‖r(0)‖, root mean square over 4 initialisations", instance => Deviation(instance, factor: 1))
        .Against("m^{−1/6}", v => Math.Pow(v.m, -1.0 / 6))
        .DecidedBy(Exponent.AtMost(-1.0 / 6, within: 0.05, ladder: "m"))
        .RefutedWhen("the kernel has a quarter of its size", instance => Deviation(instance, factor: 0.25))
        .Build();

    /// <summary>Keeps the residual of the first initialisation, over T steps, beside the sum over modes (<see cref="PredictedSeries"/>).</summary>
    private static Measurement Deviation(NetworkInstance instance, double factor)
    {
        var (n, m, d) = (instance.Trial.n, instance.Trial.m, instance.Trial.d);
        var (perOutput, kernel) = (new double[n * n], new double[n * d * n * d]);
        LimitKernel.Compute(instance.Inputs, n, instance.Trial.L, perOutput);
        for (var row = 0; row < n * d; row++)
        {
            for (var column = row % d; column < n * d; column += d)
            {
                kernel[(row * n * d) + column] = factor * m / (2.0 * d) * perOutput[(row / d * n) + (column / d)];
            }
        }

        PredictedSeries? first = null;
        var deviation = MovementLimit.RootMeanSquare(instance, run =>
        {
            var (norms, modes) = run.BesideModes(kernel, instance.Trial.Variables.η);
            if (first is null)
            {
                first = new([.. Descent.Plotted(norms)], [.. Descent.Plotted(modes)]);
                instance.Trial.Measure("T", norms.Length - 1);
            }

            return norms.Zip(modes).Aggregate(0.0, (worst, pair) => Math.Max(worst, Math.Abs(pair.First - pair.Second))) / norms[0];
        });
        return deviation with { Series = first!.ToSeries() };
    }
}
