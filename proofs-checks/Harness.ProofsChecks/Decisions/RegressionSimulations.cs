using System.Collections.Immutable;
using Harness.Claims.Decisions;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Decisions;

/// <summary>Whether margins and variances are those of the errors.</summary>
[Category("Simulation")]
public sealed class RegressionSimulations
{
    [Test]
    public void Margin_EqualUnequalAndMisfittingErrors_KeepsItsLevel([Values("equal", "at the ends", "in the middle", "misfit")] string errors)
    {
        // One-sided level 5 %, checked by an exact binomial test at 1e-6. Unequal: standard deviations from 0.05 to 0.5. Misfit: a normal effect of
        // each cell, as large as the trials' noise, that is drawn anew in each run.
        const int Cells = 24, Trials = 4, Runs = 4000;
        var missed = 0;
        for (ulong run = 0; run < Runs; run++)
        {
            var z = SyntheticEvidence.Normals(RandomStream.FromSeed(11).Derive(errors).Derive(run), Cells * (Trials + 1));
            DesignCell[] cells =
            [
                .. Enumerable.Range(0, Cells).Select(c =>
                {
                    var x = (c / (Cells - 1.0)) - 0.5;
                    var spread = errors switch { "at the ends" => 0.05 + (1.8 * x * x), "in the middle" => 0.5 - (1.8 * x * x), _ => 0.5 };
                    var effect = errors == "misfit" ? 0.5 * z[(Cells * Trials) + c] : 0;
                    return DesignCell.Of([x, Math.Cos(5 * c)], [.. Enumerable.Range(0, Trials).Select(t => effect + (spread * z[(c * Trials) + t]))]);
                }),
            ];
            var fit = LinearRegression.Fit(cells, [0, 1])!;
            missed += fit.Slopes[0] > fit.Margin(0, 0.05).HalfWidth ? 1 : 0;
        }

        Assert.That(new Frequency(missed, Runs).IsConsistentWithAtMost(0.05), $"{missed} of {Runs}");
    }

    [Test]
    public void HuberLocation_NormalTrials_VarianceIsThatOfItsLocations()
    {
        // Squared errors of the locations, times trials, against the variance that goes with them, both averaged over 2000 runs of 6 cells of 4 trials. The
        // correction K is of first order in cells/trials = ¼, so a twentieth may be left; four standard errors of the simulation are 0.05.
        double squares = 0, variance = 0;
        for (ulong run = 0; run < 2000; run++)
        {
            var z = SyntheticEvidence.Normals(RandomStream.FromSeed(12).Derive(run), 24);
            var located = HuberLocation.Of([.. Enumerable.Range(0, 6).Select(c => (ImmutableArray<double>.Empty, z.Skip(4 * c).Take(4).ToImmutableArray()))]);
            squares += located.Average(c => 4 * c.Mean * c.Mean);
            variance += located[0].Variance;
        }

        Assert.That(squares / variance, Is.EqualTo(1).Within(0.1));
    }
}
