using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.AllenZhuLiSong;

/// <summary>Appendices B and C: gradient descent finds global minima of convolutional and residual networks too, at a rate that neither the width nor, with τ = 1/(L log m), the depth changes.</summary>
public static class OtherArchitectures
{
    private const double Accuracy = 0.1;

    // Below 1/6, the smallest step between exponents in the theory.
    private const double Margin = 0.15;

    private static readonly Domain ConvolutionalWidths = Domain.Climbing("m", rungs: (6, 6, 6), trials: (10, 14, 40), m(256, (768, 768, 2048)), n(2), L(2), d(1), δ(0.95));

    private static readonly Domain ResidualWidths = Domain.Climbing("m", rungs: (6, 6, 6), trials: (10, 14, 40), m(256, (1024, 2048, 8192)), n(2), L(3), d(1), δ(0.95));

    private static readonly Domain Depths = Domain.Climbing("L", rungs: (6, 6, 6), trials: (8, 14, 30), L(3, (24, 32, 128)), m(192), n(2), d(1), δ(0.95));

    /// <summary>T(ε) against m, convolutional.</summary>
    public static Claim ConvolutionalSteps { get; } = Claim
        .Named("azls.convolutional-steps")
        .From(Papers.AllenZhuLiSong, "Appendix B (number of steps)", "C55")
        .States("T(ε) = poly(n, L, 𝔡)/δ² · log(1/ε) at η = Θ(d/m): independent of m, convolutional network")
        .Given(Networks.WithAlternatingTargets(Architectures.Convolutional(ConvolutionalWidths, Architectures.SmallRing)))
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, ConvolutionalRate(instance.Trial)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "m"))
        .RefutedWhen("η does not fall with m", Networks.WithAlternatingTargets(Architectures.Convolutional(ConvolutionalWidths.Reduced(cells: (6, 6, 6), trials: 5), Architectures.SmallRing)), instance => Steps(instance, ConvolutionalRate(instance.Trial) * instance.Trial.m / 512))
        .Build();

    /// <summary>T(ε) against m, residual.</summary>
    public static Claim ResidualSteps { get; } = Claim
        .Named("azls.residual-steps")
        .From(Papers.AllenZhuLiSong, "Appendix C (number of steps)", "C57")
        .States("T(ε) = poly(n, L)/δ² · log(1/ε) at η = Θ(d/m): independent of m, residual network with τ = 1/(L log m)")
        .Given(Networks.WithAlternatingTargets(Architectures.Residual(ResidualWidths)).GeneratedOnly())
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, ResidualRate(instance.Trial)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "m"))
        .RefutedWhen("η does not fall with m", Networks.WithAlternatingTargets(Architectures.Residual(ResidualWidths.Reduced(cells: (6, 6, 6), trials: 5))), instance => Steps(instance, ResidualRate(instance.Trial) * instance.Trial.m / 1024))
        .Build();

    /// <summary>T(ε) against L, residual.</summary>
    public static Claim ResidualDepth { get; } = Claim
        .Named("azls.residual-steps-in-depth")
        .DerivedFrom(Papers.AllenZhuLiSong, "Appendix C (number of steps)", "Convolution and residual layers", "C57")
        .States("T(ε) is of one order for all L at η = d/(n m) and τ = 1/(L log m): the dense layer above does the learning")
        .Given(Networks.WithAlternatingTargets(Architectures.Residual(Depths)).GeneratedOnly())
        .Observes("steps to F = 0.1 F(0)", instance => Steps(instance, ResidualRate(instance.Trial)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(0, within: Margin, ladder: "L"))
        .RefutedWhen("η = d/(n L m)", Networks.WithAlternatingTargets(Architectures.Residual(Depths.Reduced(cells: (6, 6, 6), trials: 5))), instance => Steps(instance, ResidualRate(instance.Trial) * 3 / instance.Trial.L))
        .Build();

    /// <summary>d/(n m): the trained residual layers weigh τ² each beside the dense one, whose kernel has the trace n m/(2d).</summary>
    private static double ResidualRate(Trial trial) => Measured(trial, trial.d / ((double)trial.n * trial.m));

    /// <summary>d/(n m (1 + q (L − 1))): the trace of the limit kernel is at most n m/(2d) for the dense layer and q times that for each filter, because patches repeat a feature q times.</summary>
    private static double ConvolutionalRate(Trial trial) =>
        Measured(trial, trial.d / ((double)trial.n * trial.m * (1 + (Architectures.SmallRing.Offsets * (trial.L - 1)))));

    private static double Measured(Trial trial, double η)
    {
        trial.Measure("η", η);
        return η;
    }

    private static Measurement Steps(NetworkInstance instance, double η)
    {
        const int Most = 2000;
        var losses = Descent.Run(instance, η, Most, until: Accuracy * instance.Loss());
        return new(Core.Enclosures.Ball.Unbounded(Descent.StepsTo(losses, Accuracy))) { Series = [.. Descent.Plotted(losses)] };
    }
}
