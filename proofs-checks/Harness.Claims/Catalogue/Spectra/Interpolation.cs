using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>Trained to the end on noisy samples, kernel regression interpolates them, and more of them do not help.</summary>
public static class Interpolation
{
    private const double Noise = 1;

    private static readonly Domain Ladder = Domain.Climbing("n", rungs: (5, 6, 8), trials: (8, 12, 24), n(30, (200, 480, 960)));

    private static readonly Generator<(Trial Trial, SampledRegression Value)> Few = Samples(Ladder.Reduced(cells: (5, 6, 8), trials: 5));

    /// <summary>No power of n is gained.</summary>
    public static Claim Claim { get; } = Claim
        .Named("edr.interpolation")
        .From(Papers.LiYuChenLin, "Overfitted networks generalise poorly", "R15")
        .States("E‖f_∞ − f*‖² ≥ c n^{−ε} for every ε > 0;   tried at d = 1, L = 1, noise of variance 1")
        .Given(Samples(Ladder))
        .Observes("E‖f_∞ − f*‖², mean over the noise", regression => regression.Value.Interpolating(Noise))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtLeast(0, within: 0.15, ladder: "n"))
        .RefutedWhen("there is no noise", Few, regression => regression.Value.Interpolating(noise: 0))
        .RefutedWhen("training stops in time", Few, regression => regression.Value.Stopped(32 * Math.Pow(regression.Trial.n, 2.0 / 3), Noise))
        .Build();

    private static Generator<(Trial Trial, SampledRegression Value)> Samples(Domain domain) => new(domain, "inputs uniform on [−1, 1], f* = √|x|, noise of deviation 1", takesData: false, trial => (trial, new(trial)));
}
