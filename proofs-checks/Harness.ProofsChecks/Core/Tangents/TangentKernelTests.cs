using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Networks;
using Harness.Core.Tangents;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Tangents;

/// <summary>The tangent kernel against its definition, and the limit kernel against closed values.</summary>
public sealed class TangentKernelTests
{
    /// <summary>
    /// K[(i,j),(i′,j′)] is the inner product of the exact gradients of y_j(x_i) and y_j′(x_i′). The relative tolerance 10⁻⁹ of √(K_aa K_bb) is far above rounding
    /// (at most a few hundred roundings with |W| products below 10³ times the norm at these sizes) and far below any wrong index, missing layer or factor.
    /// </summary>
    [Test]
    public void Kernel_OfSmallNetworks_IsTheGramMatrixOfExactGradients() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(NetworkDraw.Any, draw =>
        {
            var (network, inputs, columns) = (draw.Network(), draw.Inputs(), draw.Samples * draw.Outputs);
            var kernel = new double[columns * columns];
            TangentKernel.Compute<double>(
                network, inputs, new BatchState<double>(network, columns), kernel, new double[TangentKernel.WorkspaceLength(draw.Samples, draw.Outputs)]);
            var exact = ExactGram(new RationalNetwork(network), draw, inputs);
            return Enumerable.Range(0, columns).All(a => Enumerable.Range(0, columns).All(b =>
                Math.Abs(kernel[(a * columns) + b] - exact[a, b]) <= 1e-9 * Math.Sqrt(exact[a, a] * exact[b, b])));
        }));

    [TestCase(1, 1)]
    [TestCase(0, 0.5)]
    [TestCase(-1, 0)]
    [TestCase(0.5, 2.0 / 3)]
    public void Kappa0_AtKnownAngles_IsOneMinusTheAngleOverPi(double cosine, double expected) =>
        Assert.That(LimitKernel.Kappa0(cosine), Is.EqualTo(expected).Within(4).Ulps);

    [TestCase(1, 1)]
    [TestCase(0, 1 / Math.PI)]
    [TestCase(-1, 0)]
    public void Kappa1_AtKnownAngles_HasItsClosedValue(double cosine, double expected) =>
        Assert.That(LimitKernel.Kappa1(cosine), Is.EqualTo(expected).Within(1e-15));

    [Test]
    public void LimitKernel_OnTheDiagonal_IsTheDepth([Range(1, 12)] int depth) =>
        Assert.That(LimitKernel.Value(1, depth), Is.EqualTo(depth).Within(1e-13));

    /// <summary>
    /// Reference values from the defining double sum in 60-digit decimal arithmetic. The recursion is contractive and has L steps of about four roundings, so 10⁻¹³ is generous
    /// for rounding and far below any wrong index.
    /// </summary>
    [TestCase(0.3, 1, 0.31878498694441115)]
    [TestCase(0.3, 3, 0.97237967433444006)]
    [TestCase(0.3, 12, 3.7744117171991536)]
    [TestCase(-0.7, 1, 0.025844194114958287)]
    [TestCase(-0.7, 6, 1.4059239325949684)]
    public void LimitKernel_AwayFromTheDiagonal_HasItsReferenceValue(double cosine, int depth, double expected) =>
        Assert.That(LimitKernel.Value(cosine, depth), Is.EqualTo(expected).Within(1e-13));

    /// <summary>
    /// Two samples at distance δ: λ_min = L − K(1 − δ²/2) ≈ δ L(L + 1)/(2π). Ratios from 60-digit arithmetic at δ = 10⁻³. In double the cosine 1 − δ²/2 carries an error of 2⁻⁵³,
    /// hence the angle one of 2⁻⁵³/δ, a relative 10⁻¹⁰ of δ at most.
    /// </summary>
    [TestCase(1, 1.00146389587839)]
    [TestCase(3, 1.00032496666451)]
    [TestCase(6, 0.999458492595079)]
    [TestCase(12, 0.998193120616647)]
    public void LimitKernel_OfACloseCloud_SeparatesLinearlyInTheDistance(int depth, double ratio)
    {
        const double δ = 1e-3;
        var smallest = depth - LimitKernel.Value(1 - (δ * δ / 2), depth);
        Assert.That(smallest / (δ * depth * (depth + 1) / (2 * Math.PI)), Is.EqualTo(ratio).Within(1e-9));
    }

    private static double[,] ExactGram(RationalNetwork network, NetworkDraw draw, double[] inputs)
    {
        var columns = draw.Samples * draw.Outputs;
        var gram = new BigRational[columns, columns];
        for (var l = 1; l <= draw.Depth; l++)
        {
            for (var r = 0; r < draw.Width; r++)
            {
                for (var c = 0; c < draw.Width; c++)
                {
                    BigRational[] derivatives = [.. Enumerable.Range(0, draw.Samples).SelectMany(i =>
                        network.OutputDerivative(inputs.AsSpan(i * draw.InputDimension, draw.InputDimension), l, r, c))];
                    for (var a = 0; a < columns; a++)
                    {
                        for (var b = 0; b < columns; b++)
                        {
                            gram[a, b] += derivatives[a] * derivatives[b];
                        }
                    }
                }
            }
        }

        var rounded = new double[columns, columns];
        for (var a = 0; a < columns; a++)
        {
            for (var b = 0; b < columns; b++)
            {
                rounded[a, b] = gram[a, b].ToDouble();
            }
        }

        return rounded;
    }
}
