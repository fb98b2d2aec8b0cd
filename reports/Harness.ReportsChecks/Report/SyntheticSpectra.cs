using System.Collections.Immutable;
using Harness.Claims;
using Harness.Claims.Catalogue.AllenZhuLiSong;
using Harness.Claims.Catalogue.PiecewiseAffineNetworks;
using Harness.Claims.Catalogue.Spectra;
using Harness.Claims.Catalogue.TwoLayers;
using Harness.Claims.Catalogue.WideNetworks;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Reports.Report;

namespace Harness.ReportsChecks.Report;

/// <summary>The catalogue's claims on kernels and spectra with observations whose truth is known: everything measured is a given multiple of what is predicted.</summary>
internal static class SyntheticSpectra
{
    /// <summary>A run of all of them.</summary>
    /// <param name="factor">Measured over predicted.</param>
    public static ReportModel Model(double factor = 1) => SyntheticReport.AllHold() with
    {
        Claims =
        [
            .. new[] { DecayOnTheLine.Uniform, DecayOnTheLine.Gaussian, DecayOnTheLine.Triangular }
                .Select(claim => Page(claim, -2, (v, o) => Beside(o, DecayOnTheLine.Layers.Select(layers => layers * (layers + 1) / Math.Pow(v["i"], 2)), factor))),
            .. new[] { SphereSpectrum.DecayInThree, SphereSpectrum.DecayInFour }.Select(claim => Page(claim, -1, (v, o) => Beside(o, SphereSpectrum.Layers.SelectMany(layers => OnSphere(v, layers)), factor))),
            .. new[] { (Claim: Certificate.Rate, Power: 1.0), (Claim: Convergence.Rate, Power: 0.5) }.Select(c => Page(c.Claim, null, (_, o) => Certified(o, c.Power, factor))),
            .. new[] { Modes.Residual, ResidualModes.Claim }.Select(claim => Page(claim, -0.5, (_, o) => Beside(o, Enumerable.Range(0, 31).Select(t => Math.Pow(0.7, t)), factor))),
            .. new[] { SampledGram.Mean, SampledGram.Eigenvalues }.Select(claim => Page(claim, null, (v, o) => o with { Value = Ball.Unbounded(factor / v.n), Bound = Ball.Unbounded(1 / v.n) })),
            .. new[]
            {
                KernelLimit.Claim, KernelConcentration.Rate, GramLimit.Rate, FiniteWidth.Claim, RegressionRate.Claim, Interpolation.Claim, LazyRegime.Outputs, LinearisedTraining.Claim, UniformApproximation.Claim,
                DecayOnTheLine.Constant,
            }.Concat(EarlyStopping.Claims).Select((claim, k) => Page(claim, -0.5, (v, o) => o with { Value = Ball.Unbounded(factor * (k + 1) / Math.Sqrt(v[claim.Experiment.Domain.Ladder!])) })),
        ],
    };

    /// <summary>A claim with two trials on every cell of the gate, and the exponent that was decided on where there is one.</summary>
    private static ClaimPage Page(Claim claim, double? exponent, Func<Variables, Observation, Observation> measure)
    {
        ImmutableArray<Observation> observations =
        [
            .. from cell in claim.Experiment.Domain.Cells(Profile.Gate)
               from trial in Enumerable.Range(0, 2)
               select measure(cell.Variables, new(cell.Index, trial, cell.IsCalibration, cell.Variables, Ball.Exactly(1), Ball.Exactly(1), [])),
        ];
        var decision = new Decision(Verdict.Holds, "As predicted.")
        {
            Exponents = exponent is { } p && claim.Experiment.Domain.Ladder is { } ladder ? [new(ladder, 1, 10, Relation.Equal, p, p, p - 0.01, p + 0.01)] : [],
        };
        return new(new(claim, [new(Sample.Generated, decision, "synthetic instances") { Instances = observations.Length }], []), [new(Sample.Generated, observations)], 1);
    }

    private static Observation Beside(Observation o, IEnumerable<double> predicted, double factor)
    {
        ImmutableArray<double> all = [.. predicted];
        return o with { Series = new PredictedSeries([.. all.Select(p => factor * p)], all).ToSeries() };
    }

    /// <summary>Two neighbouring degrees, of which the odd one has the larger constant.</summary>
    private static IEnumerable<double> OnSphere(Variables v, int layers) => new[] { v["k"], v["k"] + 1 }.Select(k => (layers + (k % 2)) / Math.Pow(k, v["p"]));

    /// <summary>Residuals that contract at the certified rate to a power, and are a multiple of that from the first step on.</summary>
    private static Observation Certified(Observation o, double power, double factor) => o with
    {
        Variables = o.Variables.With("η", 0.1).With("λ", 0.5).With("λ₀", 0.5).With("T", 126),
        Series = [1, .. Enumerable.Range(1, 63).Select(i => factor * Math.Pow(1 - (0.1 * 0.5 / 2), power * 2 * i))],
    };
}
