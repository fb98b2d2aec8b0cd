using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The eigenvalues of the tangent kernel with biases fall like i^{−(d+1)/d}: on the line like i⁻², whatever the density and the depth, and with the constant that Weyl's law gives.</summary>
public static class DecayOnTheLine
{
    // Between 30 and 100 the lower-order term 2/i takes the slope 0.04 from its limit; exponents of the theory are 1 apart.
    private const double Margin = 0.1;

    private static readonly Domain Indices = Domain.Climbing("i", rungs: (12, 16, 24), trials: (4, 4, 6), new VariableRange("i", 30, 100, IsInteger: true));

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
        .Given(Layers(Domain.Climbing("i", rungs: (10, 12, 16), trials: (4, 4, 6), new VariableRange("i", 10, 80, IsInteger: true))))
        .Observes("|λ_i i²/C − 1|", instance => Math.Abs(Ratio(instance, Density.Uniform, layers => EigenvalueDecay.OnDomain(1, layers, Density.Uniform.RootIntegral)) - 1))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(-1, within: 0.15, ladder: "i"))
        .RefutedWhen("∫√p in place of its square", instance => Math.Abs(Ratio(instance, Density.Uniform, layers => EigenvalueDecay.OnDomain(1, layers, Math.Sqrt(Density.Uniform.RootIntegral))) - 1))
        .RefutedWhen("L in place of L(L + 1)/2 + 1", instance => Math.Abs(Ratio(instance, Density.Uniform, layers => layers / (1 + (layers * (layers + 1) / 2.0)) * EigenvalueDecay.OnDomain(1, layers, Density.Uniform.RootIntegral)) - 1))
        .Build();

    private static Claim Decay(string name, string inputs, Density density) => Claim
        .Named($"edr.decay-{name}")
        .From(Papers.LiYuChenLin, "Eigenvalue decay on general domains (d = 1)", "R7", "R8")
        .States($"λ_i(K_NT; p) ≍ i^{{−(d+1)/d}} = i⁻²   for inputs {inputs}, at every depth")
        .Given(Layers(Indices))
        .Observes("λ_i over its limiting constant", instance => Value(instance, LineSpectrum.Of(density, instance.Layers), density))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-2, within: Margin, ladder: "i"))
        .RefutedWhen("the exponent is (d + 2)/d", instance => Value(instance, LineSpectrum.Of(density, instance.Layers), density) * instance.Index)
        .RefutedWhen("the kernel is the covariance of the outputs, which training does not see", Layers(Indices.Reduced(cells: 8, trials: 2)), instance => Value(instance, LineSpectrum.OfCovariance(density, instance.Layers), density))
        .Build();

    private static double Value(LineInstance instance, double[] spectrum, Density density) =>
        spectrum[instance.Index - 1] / EigenvalueDecay.OnDomain(1, instance.Layers, density.RootIntegral);

    private static double Ratio(LineInstance instance, Density density, Func<int, double> constant) =>
        LineSpectrum.Of(density, instance.Layers)[instance.Index - 1] * instance.Index * instance.Index / constant(instance.Layers);

    /// <summary>One to three hidden layers.</summary>
    private static Generator<LineInstance> Layers(Domain domain) => new(domain, "one to three hidden layers, with biases", takesData: false, trial =>
    {
        var layers = 1 + trial.Random("layers").Integer(0, 3);
        trial.Measure("L", layers);
        return new((int)trial.Variables["i"], layers);
    });

    /// <summary>Which eigenvalue, of which network.</summary>
    internal readonly record struct LineInstance(int Index, int Layers);
}
