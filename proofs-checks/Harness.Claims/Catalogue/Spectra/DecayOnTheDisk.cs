using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Spectra;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The eigenvalues of the tangent kernel with biases fall like i^{−(d+1)/d} in the plane too: like i^{−3/2} on the disk.</summary>
public static class DecayOnTheDisk
{
    // The boundary's term is smaller by 1/√i and takes 0.07 from the slope between 50 and 250; exponents of the theory are 1/2 apart.
    private const double Margin = 0.15;

    private static readonly int[] Layers = [1, 2];

    private static readonly Domain Indices = Domain.Climbing("i", rungs: (12, 16, 24), trials: 1, new VariableRange("i", 50, 250, IsInteger: true));

    /// <summary>∫(1 + |x|²)^{1/6} p^{2/3} with p = 1/π on the disk: π^{1/3} (6/7)(2^{7/6} − 1).</summary>
    private static readonly double Integral = Math.Cbrt(Math.PI) * 6 / 7 * (Math.Pow(2, 7.0 / 6) - 1);

    /// <summary>Inputs uniform on the unit disk.</summary>
    public static Claim Uniform { get; } = Claim
        .Named("edr.decay-disk")
        .From(Papers.LiYuChenLin, "Eigenvalue decay on general domains (d = 2)", "R7", "R8")
        .States("λ_i(K_NT; p) ≍ i^{−(d+1)/d} = i^{−3/2}   for inputs uniform on the unit disk, d = 2, at every depth;   tried at L = 1, 2")
        .Given(new Generator<int>(Indices, "one and two hidden layers, with biases, inputs in the plane; nothing is drawn", takesData: false, trial => (int)trial.Variables["i"]))
        .Observes("λ_i over its limiting constant, mean over L = 1, 2", i => Value(i))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.EqualTo(-1.5, within: Margin, ladder: "i"))
        .RefutedWhen("the exponent is (d + 2)/d, which is that of one dimension", i => Value(i) * Math.Sqrt(i))
        .RefutedWhen("the covariance of the outputs, which training does not see", i => DiskSpectrum.OfCovariance(1)[i - 1] / EigenvalueDecay.OnDomain(2, 1, Integral))
        .Build();

    private static double Value(int i) => Layers.Average(layers => DiskSpectrum.Of(layers)[i - 1] / EigenvalueDecay.OnDomain(2, layers, Integral));
}
