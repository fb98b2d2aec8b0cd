using System.Collections.Immutable;
using Harness.Claims.Decisions;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using static Harness.Claims.Instances.Ranges;

namespace Harness.Claims.Catalogue.Spectra;

/// <summary>The spectrum of tangent kernels on the sphere S^{p−1}: closed forms, trace, parity, and the constant of its decay.</summary>
public static class SphereSpectrum
{
    private static readonly VariableRange Dimensions = new("p", 2, (10, 16, 40), IsInteger: true);

    private static readonly Domain Spheres = Domain.Filling(cells: (9, 15, 30), trials: 1, Dimensions);

    /// <summary>Hidden layers of the decay: every observation keeps μ_k and μ_{k+1} of each, one of them even and one odd, beside their limits over powers of k (<see cref="PredictedSeries"/>).</summary>
    public static ImmutableArray<int> Layers { get; } = [2, 3];

    /// <summary>Closed forms against quadrature: absolute, because half of the eigenvalues are zero and others far below the quadrature's rounding.</summary>
    public static Claim ClosedForm { get; } = Claim
        .Named("edr.sphere-closed-form")
        .DerivedFrom(Papers.LiYuChenLin, "Spectrum on the sphere (two-layer tangent kernel)", "Spectra on the sphere", "R3")
        .States("μ_k(κ₁ + uκ₀) = 2pℓ_k(1)² + (2kℓ_{k−1}(0)² + 2(k + p − 2)ℓ_{k+1}(0)²)/(2k + p − 2),   k ≤ 40")
        .Given(OnSpheres(Spheres))
        .Observes("max_k |μ_k − c_p∫KP_k sin^{p−2}|", sphere => Deviation(sphere, shift: 0, scale: 1))
        .Against("10⁻¹²", _ => 1e-12)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("p + 1 in place of p", sphere => Deviation(sphere, shift: 1, scale: 1))
        .RefutedWhen("the prefactor is off by π", sphere => Deviation(sphere, shift: 0, scale: Math.PI))
        .Build();

    /// <summary>The trace.</summary>
    public static Claim Trace { get; } = Claim
        .Named("edr.sphere-trace")
        .DerivedFrom(Papers.LiYuChenLin, "Spectrum on the sphere (trace)", "Spectra on the sphere", "R4")
        .States("0 ≤ K(1) − Σ_{k<m} N(p, k) μ_k ≤ C p/m,   K = κ₁ + uκ₀, K(1) = 2")
        .Given(OnSpheres(Domain.Filling(cells: (24, 40, 80), trials: 1, m(40, (8000, 16000, 64000)), new VariableRange("p", 2, (12, 16, 20), IsInteger: true))))
        .Observes("K(1) − Σ_{k<m} N(p, k) μ_k", Remainder)
        .Against("p/m", v => v["p"] / v.m)
        .DecidedBy(HiddenConstant.UpperBound)
        .RefutedWhen("p/m²", v => v["p"] / (v.m * v.m))
        .RefutedWhen("p is left out", v => 1 / v.m)
        .Build();

    /// <summary>What a network without biases cannot see.</summary>
    public static Claim Parity { get; } = Claim
        .Named("edr.sphere-parity")
        .DerivedFrom(Papers.LiYuChenLin, "Spectrum on the sphere (odd degrees)", "Spectra on the sphere", "R5")
        .States("μ_k = 0 for every odd k ≥ 3 of the tangent kernel with one hidden layer and no bias")
        .Given(OnSpheres(Spheres))
        .Observes("max over odd 3 ≤ k ≤ 39 of |μ_k|, by quadrature", sphere => LargestOdd(sphere, layers: 1))
        .Against("10⁻¹²", _ => 1e-12)
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("two hidden layers", sphere => LargestOdd(sphere, layers: 2))
        .Build();

    /// <summary>On the circle's successor, S².</summary>
    public static Claim DecayInThree { get; } = Decay(dimension: 3);

    /// <summary>On S³.</summary>
    public static Claim DecayInFour { get; } = Decay(dimension: 4);

    private static Claim Decay(int dimension) => Claim
        .Named($"edr.sphere-decay-{dimension}")
        .DerivedFrom(Papers.LiYuChenLin, $"Spectrum on the sphere (decay and constant, p = {dimension})", "Eigenvalue decay", "R6")
        .States($"|μ_k kᵖ / ((2^{{p−2}}Γ(p/2)²/π²)(L(L + 1)/2 + (−1)ᵏ q_L)) − 1| = O(1/k),   q_L = Π_{{s=1}}^{{L−1}} κ₀(κ₁^{{(s)}}(−1)),   p = {dimension}, L = 2, 3")
        .Given(OnSpheres(Domain.Climbing("k", rungs: (10, 12, 14), trials: 1, new VariableRange("k", 40, (320, 480, 640), IsInteger: true), new VariableRange("p", dimension, dimension, IsInteger: true))))
        .Observes("max over L and parities of |μ_k kᵖ/limit − 1|", sphere => DistanceFromLimit(sphere, parity: true, shift: 0))
        .Against("1", _ => 1)
        .DecidedBy(Exponent.AtMost(-1, within: 0.2, ladder: "k"))
        .RefutedWhen("the parity constant q_L is left out", sphere => DistanceFromLimit(sphere, parity: false, shift: 0))
        .RefutedWhen("k^{p+1} in place of kᵖ", sphere => DistanceFromLimit(sphere, parity: true, shift: 1))
        .Build();

    private static Measurement Deviation(Sphere sphere, int shift, double scale)
    {
        var (closed, integrated) = (new Ball[41], Integrate(sphere.Dimension, 1, 41));
        ArcCosineSpectrum.TwoLayerTangent(sphere.Dimension + shift, SpectralQuantity.Eigenvalue, closed);
        return closed.Zip(integrated, (exact, number) => Math.Abs((scale * exact.Midpoint) - number)).Max();
    }

    private static Measurement Remainder(Sphere sphere)
    {
        var spectrum = new Ball[sphere.Trial.m];
        ArcCosineSpectrum.TwoLayerTangent(sphere.Dimension, SpectralQuantity.Share, spectrum);
        return spectrum.Aggregate(Ball.Exactly(2), (rest, share) => rest - share);
    }

    private static Measurement LargestOdd(Sphere sphere, int layers)
    {
        var spectrum = Integrate(sphere.Dimension, layers, 41);
        return Enumerable.Range(3, 38).Where(k => k % 2 == 1).Max(k => Math.Abs(spectrum[k]));
    }

    private static Measurement DistanceFromLimit(Sphere sphere, bool parity, int shift)
    {
        var first = (int)sphere.Trial.Variables["k"];
        var (largest, measured, predicted) = (0.0, ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        foreach (var layers in Layers)
        {
            var spectrum = Integrate(sphere.Dimension, layers, first + 2);
            var (even, odd) = (EigenvalueDecay.OnSphere(sphere.Dimension, layers, even: true), EigenvalueDecay.OnSphere(sphere.Dimension, layers, even: false));
            for (var k = first; k < first + 2; k++)
            {
                var limit = !parity ? (even + odd) / 2 : k % 2 == 0 ? even : odd;
                largest = Math.Max(largest, Math.Abs((spectrum[k] * Math.Pow(k, sphere.Dimension + shift) / limit) - 1));
                measured.Add(spectrum[k]);
                predicted.Add(limit / Math.Pow(k, sphere.Dimension + shift));
            }
        }

        return new(Ball.Unbounded(largest)) { Series = new PredictedSeries(measured.ToImmutable(), predicted.ToImmutable()).ToSeries() };
    }

    private static double[] Integrate(int dimension, int layers, int degrees)
    {
        var n = degrees + dimension + 60;
        var (nodes, weights, spectrum) = (new double[n], new double[n], new double[degrees]);
        GaussLegendre.Compute(nodes, weights);
        FunkHecke.Compute(new DeepTangent(layers), dimension, nodes, weights, spectrum);
        return spectrum;
    }

    private static Generator<Sphere> OnSpheres(Domain domain) => new(domain, "spheres S^{p−1}; nothing is drawn", takesData: false, trial => new(trial));

    /// <summary>S^{p−1}.</summary>
    private sealed record Sphere(Trial Trial)
    {
        public int Dimension => (int)Trial.Variables["p"];
    }
}
