using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.ProofsChecks.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Lanczos and the bounds of single eigenpairs against whole decompositions with their proven radius.</summary>
public sealed class LanczosTests
{
    /// <summary>Without those near over- and underflow, where squares of norms leave the range: the iteration does not scale, its caller does.</summary>
    private static IEnumerable<string> ScaledTypes => TestMatrices.Types.Where(type => !type.StartsWith("near", StringComparison.Ordinal));

    [Test]
    public void Largest_EveryType_EachResidualReachesAnEigenvalue(
        [ValueSource(nameof(ScaledTypes))] string type, [Values(1, 5, 50, 130)] int n)
    {
        var a = TestMatrices.Create(type, n);
        var count = Math.Min(4, n);
        var (values, vectors, residuals) = (new double[count], new double[count * n], new double[count]);
        var converged = Lanczos.Largest(new DenseSymmetric(a, n), RandomStream.FromSeed(3), 1e-10, values, vectors, residuals, new double[Lanczos.WorkspaceLength(n, count)]);
        var (all, radius) = Spectrum(a, n);
        Assert.That(converged);
        for (var i = 0; i < count; i++)
        {
            Assert.That(residuals[i], Is.LessThanOrEqualTo((1e-9 * Math.Abs(all[^1])) + (1e-9 * Math.Abs(all[0])) + 1e-300), "what underflow may have done is part of the bound");
            Assert.That(Math.Abs(values[i] - all[n - 1 - i]), Is.LessThanOrEqualTo(residuals[i] + radius), $"λ_{i}");
        }
    }

    [Test]
    public void Largest_FewerProductsThanTheOrder_OfALargeOperator()
    {
        // The second difference of order 3,000 as an operator without a matrix: λ = 2 − 2 cos(kπ/(n + 1)); a diagonal with a gap is added, so that the leading one is isolated.
        const int N = 3000;
        var (values, vectors, residuals) = (new double[1], new double[N], new double[1]);
        var converged = Lanczos.Largest(new Spiked(N), RandomStream.FromSeed(4), 1e-10, values, vectors, residuals, new double[Lanczos.WorkspaceLength(N, 1)]);
        Assert.That(converged);
        Assert.That(values[0], Is.EqualTo(10).Within(residuals[0]));
    }

    [Test]
    public void KatoTemple_OfALooseVector_IsTighterThanTheResidualAndHolds()
    {
        const int N = 50;
        var a = TestMatrices.Create("evenly spaced", N);
        var (all, radius) = Spectrum(a, N);
        var (values, vectors, workspace) = (new double[N], new double[N * N], new double[N]);
        SymmetricEigen.Decompose((double[])a.Clone(), N, values, vectors, new double[SymmetricEigen.WorkspaceLength(N, vectors: true)]);
        double[] loose = [.. vectors.AsSpan((N - 1) * N).ToArray().Zip(vectors.AsSpan(0, N).ToArray(), (top, bottom) => top + (1e-4 * bottom))];
        var quotient = EigenpairBounds.RayleighQuotient(new DenseSymmetric(a, N), loose, workspace);
        var residual = EigenpairBounds.Residual(new DenseSymmetric(a, N), quotient.Midpoint, loose, workspace);
        var enclosure = EigenpairBounds.KatoTemple(quotient, residual, below: all[^2] + radius, above: double.PositiveInfinity);
        Assert.That(residual, Is.InRange(9e-5, 1.1e-4), "sin of the angle, 10⁻⁴, times the spread of 0.98");
        Assert.That(enclosure.Radius, Is.LessThan(residual / 100));
        Assert.That(Math.Abs(enclosure.Midpoint - all[^1]), Is.LessThanOrEqualTo(enclosure.Radius + radius));
        Assert.That(EigenpairBounds.Angle(residual, all[^1] - all[^2] - (2 * radius)), Is.InRange(9e-5, 1e-2));
    }

    [Test]
    public void KatoTemple_QuotientOutsideTheInterval_StatesNothing() => Assert.That(EigenpairBounds.KatoTemple(Ball.Exactly(1), 0.1, 1, 2).IsRigorous, Is.False);

    private static (double[] Values, double Radius) Spectrum(double[] a, int n)
    {
        var (values, vectors, workspace) = (new double[n], new double[n * n], new double[SymmetricEigen.WorkspaceLength(n, vectors: true)]);
        SymmetricEigen.Decompose((double[])a.Clone(), n, values, vectors, workspace);
        return (values, SymmetricEigen.Radius(a, n, values, vectors, workspace));
    }

    /// <summary>10 on the first coordinate, the numbers 0 … 9 · 10⁻¹ on the others, and no coupling.</summary>
    private readonly struct Spiked(int order) : ISymmetricOperator
    {
        public int Order => order;

        // A product of a number with one of ten others, rounded once.
        public double ErrorNorm => 10 * Rounding.Unit;

        public void Apply(ReadOnlySpan<double> x, Span<double> product)
        {
            for (var i = 0; i < order; i++)
            {
                product[i] = (i == 0 ? 10 : i % 10 / 10.0) * x[i];
            }
        }
    }
}
