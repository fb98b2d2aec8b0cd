using Harness.Core.Numerics;
using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Operators whose eigenvalues are known: Brownian motion's min(x, y) on [0, 1], λ_k = 4/((2k − 1)²π²), with a kink on the diagonal like that of a tangent kernel; and its square in two dimensions.</summary>
public sealed class NystromOperatorTests
{
    [Test]
    public void Extrapolate_BrownianKernel_ReachesTheEigenvalues()
    {
        var (coarse, fine) = (Brownian(100).Values, Brownian(200).Values[..100]);
        var (values, changes) = (new double[100], new double[100]);
        NystromOperator.Extrapolate(coarse, fine, ratio: 2, order: 2, values, changes);
        for (var k = 1; k <= 5; k++)
        {
            var exact = 4 / (((2 * k) - 1) * ((2 * k) - 1) * Math.PI * Math.PI);
            Assert.That(Math.Abs(values[k - 1] - exact), Is.LessThan(changes[k - 1]).And.LessThan(1e-6), $"λ_{k}");
        }
    }

    [TestCase(5)]
    [TestCase(50)]
    public void LipschitzBound_BrownianKernel_CoversTheErrors(int n)
    {
        // |min(x, y) − min(x′, y)| ≤ |x − x′|.
        var (values, nodes, weights) = Brownian(n);
        double[] ends = [0, .. weights.Select((_, i) => weights.Take(i + 1).Sum())];
        var bound = NystromOperator.LipschitzBound(nodes, weights, ends, lipschitz: 1);
        Assert.That(bound, Is.LessThan(4.0 / n));
        for (var k = 1; k <= n; k++)
        {
            Assert.That(Math.Abs(values[k - 1] - (4 / (((2 * k) - 1) * ((2 * k) - 1) * Math.PI * Math.PI))), Is.LessThanOrEqualTo(bound), $"λ_{k}");
        }
    }

    [Test]
    public void LipschitzBound_NodeOutsideOfItsCell_Throws() =>
        Assert.That(() => NystromOperator.LipschitzBound([0.5], [1], [0, 0.4], 1), Throws.ArgumentException.With.Message.Contains("Node 0"));

    [Test]
    public void Eigenfunction_BrownianKernel_IsASine()
    {
        // e₁(x) = √2 sin(πx/2); at x = 1 it is √2. The quadrature of a kink is off by O(1/n²).
        const int N = 100;
        var (_, nodes, weights) = Brownian(N);
        var kernel = Kernel(nodes);
        NystromOperator.Symmetrise(kernel, weights, new double[2 * N]);
        var (values, vectors) = (new double[N], new double[N * N]);
        SymmetricEigen.Decompose(kernel, N, values, vectors, new double[SymmetricEigen.WorkspaceLength(N, vectors: true)]);
        Assert.That(Math.Abs(NystromOperator.Eigenfunction(nodes, weights, vectors.AsSpan((N - 1) * N, N), values[^1])), Is.EqualTo(Math.Sqrt(2)).Within(1e-3));
    }

    [Test]
    public void Symmetrise_SymmetricKernel_StaysSymmetricToTheBit()
    {
        var (_, nodes, weights) = Brownian(40);
        var kernel = Kernel(nodes);
        NystromOperator.Symmetrise(kernel, weights, new double[80]);
        for (var i = 0; i < 40; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.That(kernel[(i * 40) + j], Is.EqualTo(kernel[(j * 40) + i]));
            }
        }
    }

    [Test]
    public void Lanczos_TensorRuleOnTheSquare_HasTheProductsOfTheEigenvalues()
    {
        // min(x, x′)min(y, y′): the leading eigenvalue is λ₁² and the next two are both λ₁λ₂. Their matrix is the Kronecker square of the one-dimensional one, so that its eigenvalues are products to rounding.
        const int N = 24;
        var (values, nodes, weights) = Brownian(N);
        var line = Kernel(nodes);
        NystromOperator.Symmetrise(line, weights, new double[2 * N]);
        var matrix = new double[N * N * N * N];
        for (var row = 0; row < N * N; row++)
        {
            for (var column = 0; column < N * N; column++)
            {
                matrix[(row * N * N) + column] = line[(row / N * N) + (column / N)] * line[(row % N * N) + (column % N)];
            }
        }

        var (leading, vectors, residuals) = (new double[3], new double[3 * N * N], new double[3]);
        var converged = Lanczos.Largest(new DenseSymmetric(matrix, N * N), RandomStream.FromSeed(1), 1e-12, leading, vectors, residuals, new double[Lanczos.WorkspaceLength(N * N, 3)]);
        Assert.That(converged);
        Assert.That(leading[0], Is.EqualTo(values[0] * values[0]).Within(residuals[0] + 1e-14));
        Assert.That(leading[1], Is.EqualTo(values[0] * values[1]).Within(residuals[1] + 1e-14));
        Assert.That(leading[2], Is.EqualTo(values[0] * values[1]).Within(residuals[2] + 1e-14));
    }

    private static (double[] Values, double[] Nodes, double[] Weights) Brownian(int n)
    {
        var (nodes, weights, values) = (new double[n], new double[n], new double[n]);
        GaussLegendre.Compute(nodes, weights);
        GaussLegendre.Map(nodes, weights, 0, 1);
        var kernel = Kernel(nodes);
        NystromOperator.Symmetrise(kernel, weights, new double[2 * n]);
        SymmetricEigen.Values(kernel, n, values, new double[SymmetricEigen.WorkspaceLength(n, vectors: false)]);
        Array.Reverse(values);
        return (values, nodes, weights);
    }

    private static double[] Kernel(double[] nodes) => [.. from x in nodes from y in nodes select Math.Min(x, y)];
}
