using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>Gradient flow with the network's tangent kernel on samples, stopped in time, reaches the best rate; on the line, with everything computed from the samples.</summary>
public static class RegressionRate
{
    private const double Noise = 1;

    /// <summary>The time at n = 1: some 2n^{1/3} modes are then fitted, so that the smooth ones that come first do not rule the risk.</summary>
    private const double Time = 32;

    // Margin: a fifth of the exponent; the slopes of the next smoother and rougher spaces that the sequence model tries, −3/4 and −1/2, are 0.08 and 0.17 away.
    private static readonly Domain Ladder = Domain.Climbing("n", rungs: (5, 6, 8), trials: (6, 12, 24), n(50, (200, 500, 1200)));

    private static readonly Generator<(Trial Trial, SampledRegression Value)> Few = Samples(Ladder.Reduced(cells: (5, 6, 8), trials: 5));

    /// <summary>The rate.</summary>
    public static Claim Claim { get; } = Claim
        .Named("edr.regression-rate")
        .From(Papers.LiYuChenLin, "Optimality of early stopping (regression on samples, d = 1)", "R14")
        .States("E‖f_t − f*‖² ≍ n^{−s(d+1)/(s(d+1)+d)} at t = n^{(d+1)/(s(d+1)+d)} for f* ∈ [H]^s;   tried at d = 1, s = 1, L = 1, f* = √|x|")
        .Given(Samples(Ladder))
        .Observes("E‖f_t − f*‖², mean over the noise", regression => regression.Value.Stopped(At(regression.Trial.n, 2.0 / 3), Noise))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-2.0 / 3, within: 0.1, ladder: "n"))
        .RefutedWhen("training goes on for the time squared", Few, regression => regression.Value.Stopped(At(regression.Trial.n, 4.0 / 3), Noise))
        .RefutedWhen("training stops at time 1, whatever n", Few, regression => regression.Value.Stopped(1, Noise))
        .Build();

    private static double At(double samples, double exponent) => Time * Math.Pow(samples, exponent);

    private static Generator<(Trial Trial, SampledRegression Value)> Samples(Domain domain) => new(domain, "inputs uniform on [−1, 1], noise of deviation 1", takesData: false, trial => (trial, new(trial)));
}
