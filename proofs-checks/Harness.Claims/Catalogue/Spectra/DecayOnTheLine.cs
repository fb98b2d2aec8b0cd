using System.Collections.Immutable;
using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The eigenvalues of the tangent kernel with biases fall like i^{−(d+1)/d}: on the line like i⁻², whatever the density and the depth, and with the constant that Weyl's law gives.</summary>
public static class DecayOnTheLine
{
    // Between 30 and 100 the lower-order term 2/i takes the slope 0.04 from its limit; exponents of the theory are 1 apart.
    private const double Margin = 0.1;

    /// <summary>Hidden layers: every observation keeps λ_i of each, beside its limiting constant over i² (<see cref="PredictedSeries"/>).</summary>
    public static ImmutableArray<int> Layers { get; } = [1, 2, 3];

    private static readonly Domain Indices = Domain.Climbing("i", rungs: (12, 16, 24), trials: 1, new VariableRange("i", 30, 100, IsInteger: true));

    /// <summary>Inputs uniform on [−1, 1].</summary>
    public static Claim Uniform { get; } = Decay("uniform", "uniform on [−1, 1]", Density.Uniform);

    /// <summary>Normal inputs.</summary>
    public static Claim Gaussian { get; } = Decay("gaussian", "N(0, 1)", Density.Gaussian);

    /// <summary>Inputs of density 1 − |x|.</summary>
    public static Claim Triangular { get; } = Decay("triangular", "of density 1 − |x| on [−1, 1]", Density.Triangular);

    /// <summary>The constant.</summary>
    public static Claim Constant { get; } = Claim
        .Named("edr.decay-constant")
        .DerivedFrom(Papers.LiYuChenLin, "Eigenvalue decay (leading constant, d = 1)", "Eigenvalue decay", "R7")
        .States("|λ_i i² / ((L(L + 1)/π³) (∫√p)²) − 1| = O(1/i)   for inputs uniform on [−1, 1]")
        .Given(OnTheLine(Domain.Climbing("i", rungs: (10, 12, 16), trials: 1, new VariableRange("i", 10, 80, IsInteger: true))))
        .Observes("|λ_i i²/C − 1|, mean over L = 1, 2, 3", i => DistanceFromLimit(i, layers => Limit(layers, Density.Uniform.RootIntegral)))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(-1, within: 0.15, ladder: "i"))
        .RefutedWhen("π² in place of π³", i => DistanceFromLimit(i, layers => Math.PI * Limit(layers, Density.Uniform.RootIntegral)))
        .RefutedWhen("the covariance of the outputs, which training does not see, has the same limit", i => Math.Abs((LineSpectrum.OfCovariance(Density.Uniform, layers: 1)[i - 1] * i * i / Limit(1, Density.Uniform.RootIntegral)) - 1))
        .Build();

    private static Claim Decay(string name, string inputs, Density density) => Claim
        .Named($"edr.decay-{name}")
        .From(Papers.LiYuChenLin, "Eigenvalue decay on general domains (d = 1)", "R7", "R8")
        .States($"λ_i(K_NT; p) ≍ i^{{−(d+1)/d}} = i⁻²   for inputs {inputs}, at every depth")
        .Given(OnTheLine(Indices))
        .Observes("λ_i over its limiting constant, mean over L = 1, 2, 3", i => Eigenvalues(i, density))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-2, within: Margin, ladder: "i"))
        .RefutedWhen("the exponent is (d + 2)/d", i => Value(i, density) * i)
        .RefutedWhen("the exponent is that of two dimensions", i => Value(i, density) / Math.Sqrt(i))
        .Build();

    private static double Limit(int layers, double integral) => EigenvalueDecay.OnDomain(1, layers, integral);

    private static Measurement Eigenvalues(int i, Density density) => new(Ball.Unbounded(Value(i, density)))
    {
        Series = new PredictedSeries(
            [.. Layers.Select(layers => LineSpectrum.Of(density, layers)[i - 1])], [.. Layers.Select(layers => Limit(layers, density.RootIntegral) / i / i)]).ToSeries(),
    };

    private static double Value(int i, Density density) =>
        Layers.Average(layers => LineSpectrum.Of(density, layers)[i - 1] / Limit(layers, density.RootIntegral));

    private static double DistanceFromLimit(int i, Func<int, double> constant) => Layers.Average(layers => Math.Abs((LineSpectrum.Of(Density.Uniform, layers)[i - 1] * i * i / constant(layers)) - 1));

    private static Generator<int> OnTheLine(Domain domain) => new(domain, "one to three hidden layers, with biases; nothing is drawn", takesData: false, trial => (int)trial.Variables["i"]);
}
