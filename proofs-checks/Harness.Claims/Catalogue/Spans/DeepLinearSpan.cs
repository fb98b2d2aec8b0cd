using System.Collections.Immutable;
using System.Numerics.Tensors;
using Harness.Claims.Decisions;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Training;

namespace Harness.Claims.Catalogue.Spans;

/// <summary>Figure 5: the effective span along the training of a deep linear network x ↦ w W₄W₃W₂W₁ x, whose representation A = W₄W₃W₂W₁ is a kernel AᵀA with a spectrum of its own at every epoch (appendix D.2).</summary>
/// <remarks>
/// The authors' setting is p = 900, n = 1000, layers 1 + 0.01·N(0, 1), Adam at 10⁻⁴, which only the thorough profile takes. A smaller p keeps n/p, the share of coordinates with a signal, the spectral norm √p·0.01 of the initial noise and that, p·10⁻⁴, of a step of Adam.
/// </remarks>
public static class DeepLinearSpan
{
    private const int Depth = 4, Stride = 50;

    /// <summary>σ₀²: the authors' noise of 0.1 as a standard deviation, with which their final risk is that of least squares, σ₀²p/(n − p − 1).</summary>
    private const double Noise = 0.01;

    private static readonly ByProfile Width = (90, 90, 900);

    private static readonly Generator<Trial> Networks = new(
        Domain.Filling(cells: 1, trials: (12, 12, 12), new VariableRange("L", Depth, Depth, IsInteger: true)),
        "x uniform on {−1, 1}^p, β_j = j^{−1.1} for j ≤ 2p/9, noise of variance 0.01, n = 10p/9; W_l = 1 + (0.3/√p) N(0, 1), w = e₁; Adam on the full batch at 0.09/p",
        takesData: false,
        trial => trial);

    /// <summary>Training lowers the effective span of the representation.</summary>
    public static Claim Claim { get; } = Claim
        .Named("esd.figure-5-deep-linear")
        .From(Papers.HuangLiLiLin, "Appendix D.2 and Figure 5")
        .BeyondTheList("The list has no entry on a network in training.")
        .States("E d†(500 epochs)/d†(0) ≤ 0.9,   d† of Vᵀβ in the order of AᵀA = V diag(λ) Vᵀ at σ² = (σ₀² + ‖β‖₁²)/n")
        .Given(Networks)
        .Observes("d†(500)/d†(0)", trial => Trained(trial, layersMove: true))
        .Against("0.9", _ => 0.9)
        .DecidedBy(Moment.AtMost(resolution: 0.1))
        .RefutedWhen("w alone is trained", trial => Trained(trial, layersMove: false))
        .Build();

    /// <summary>Epochs of a trial's series: d† at each, then the risk of d† components, then that of the network, ‖θ − β‖².</summary>
    public static ImmutableArray<int> Epochs { get; } = [.. Enumerable.Range(0, 11).Select(i => i * Stride)];

    private static Measurement Trained(Trial trial, bool layersMove)
    {
        var p = (int)Width.In(trial.Profile);
        var n = 10 * p / 9;
        trial.Measure("p", p);
        var (design, responses, β) = (new double[n * p], new double[n], new double[p]);
        for (var i = 0; i < design.Length; i++)
        {
            design[i] = trial.Random("inputs").Integer((ulong)i, 2) == 0 ? 1 : -1;
        }

        for (var j = 0; j < 2 * p / 9; j++)
        {
            β[j] = Math.Pow(j + 1, -1.1);
        }

        trial.Random("noise").FillGaussian(responses, Math.Sqrt(Noise));
        for (var i = 0; i < n; i++)
        {
            responses[i] += FixedOrder.Dot<double>(design.AsSpan(i * p, p), β);
        }

        var network = new DeepLinearNetwork(p, Depth);
        var (parameters, means, squares) = (Initial(trial, network, p), new double[network.ParametersLength], new double[network.ParametersLength]);
        var (factors, coefficients) = (new double[network.FactorsLength], new double[p]);
        var (adam, variance) = (new Adam(0.09 / p), (Noise + Math.Pow(β.Sum(), 2)) / n);
        var (spans, risks, errors) = (new List<double>(), new List<double>(), new List<double>());
        for (var epoch = 0; ; epoch++)
        {
            if (epoch % Stride == 0)
            {
                var tails = Tails(network, parameters, β);
                var k = EffectiveSpan.Dimension(tails, variance);
                network.Coefficients(parameters, coefficients, factors);
                spans.Add(k);
                risks.Add(SpectralRisk.PrincipalComponents(tails, variance, k));
                errors.Add(coefficients.Zip(β, (θ, target) => (θ - target) * (θ - target)).Sum());
            }

            if (epoch == Epochs[^1])
            {
                return new(Ball.Unbounded(spans[^1] / spans[0])) { Series = [.. spans, .. risks, .. errors] };
            }

            network.Gradients(parameters, design, responses, factors, coefficients);
            network.Step(adam, epoch + 1, factors, layersMove, parameters, means, squares);
        }
    }

    private static double[] Initial(Trial trial, DeepLinearNetwork network, int p)
    {
        var parameters = new double[network.ParametersLength];
        trial.Random("layers").FillGaussian(parameters.AsSpan(0, Depth * p * p), 0.3 / Math.Sqrt(p));
        for (var i = 0; i < Depth * p; i++)
        {
            parameters[(i * p) + (i % p)] += 1;
        }

        parameters[Depth * p * p] = 1;
        return parameters;
    }

    /// <summary>Energies of Vᵀβ in the order of AᵀA.</summary>
    private static double[] Tails(DeepLinearNetwork network, double[] parameters, double[] β)
    {
        var p = β.Length;
        var (representation, kernel, λ, vectors) = (new double[p * p], new double[p * p], new double[p], new double[p * p]);
        network.Representation(parameters, representation, vectors);
        for (var i = 0; i < p; i++)
        {
            var row = representation.AsSpan(i * p, p);
            for (var k = 0; k < p; k++)
            {
                TensorPrimitives.FusedMultiplyAdd(row, row[k], kernel.AsSpan(k * p, p), kernel.AsSpan(k * p, p));
            }
        }

        SymmetricEigen.Decompose(kernel, p, λ, vectors, new double[SymmetricEigen.WorkspaceLength(p, vectors: true)]);
        var (order, tails) = (new int[p], new double[p + 1]);
        OrderedEnergies.Order(λ, order, new double[p]);
        OrderedEnergies.Tails([.. Enumerable.Range(0, p).Select(k => FixedOrder.Dot<double>(vectors.AsSpan(k * p, p), β))], order, tails);
        return tails;
    }
}
