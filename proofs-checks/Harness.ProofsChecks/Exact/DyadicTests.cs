using FsCheck;
using FsCheck.Fluent;
using Harness.Claims.Exact;
using Harness.Core.Networks;
using Harness.Core.Numerics;
using Harness.ProofsChecks.Core.Enclosures;
using Harness.ProofsChecks.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Exact;

/// <summary>The fast oracle against the slow one: dyadic numbers against fractions, a network by neurons against a network by single weights, inertia against LDLᵀ.</summary>
public sealed class DyadicTests
{
    private static Config Cases => Config.QuickThrowOnFailure.WithMaxTest(200);

    [Test]
    public void Arithmetic_HardNumbers_SameAsFractions() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var (x, y) = (draw.Draw<double>("x", draw.Rows), draw.Draw<double>("y", draw.Rows));
        return Enumerable.Range(0, x.Length).All(i =>
        {
            var (a, b) = (Dyadic.Exactly(x[i]), Dyadic.Exactly(y[i]));
            var (p, q) = (BigRational.Exactly(x[i]), BigRational.Exactly(y[i]));
            return (a + b).ToRational() == p + q && (a - b).ToRational() == p - q && (a * b).ToRational() == p * q && Dyadic.Abs(a).ToRational() == BigRational.Abs(p)
                && Dyadic.Scale(a, -3).ToRational() == p / 8 && (a * b).CompareTo(a + b) == (p * q).CompareTo(p + q) && (a - b).Sign == (p - q).Sign && a.CompareTo(a) == 0;
        });
    }));

    // Negative powers of two are where lengths of two's complement and of magnitudes part.
    [TestCase(-1, -2)]
    [TestCase(-2, -1.5)]
    [TestCase(-1.5, -1)]
    [TestCase(-4, -4)]
    [TestCase(0, -0.5)]
    [TestCase(0.25, 0)]
    public void CompareTo_NearPowersOfTwo_AsDoubles(double x, double y) => Assert.That(Dyadic.Exactly(x).CompareTo(Dyadic.Exactly(y)), Is.EqualTo(x.CompareTo(y)));

    [Test]
    public void Exactly_NotFinite_Throws([Values(double.NaN, double.PositiveInfinity)] double value) => Assert.That(() => Dyadic.Exactly(value), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Network_HardNetwork_SameValuesAndDerivativesAsByFractions() =>
        Check.One(Cases, Prop.ForAll(HardNetwork.Any, draw => AreSame(draw.Create<double>(), draw.Inputs<double>()[..draw.InputDimension])));

    [Test]
    public void Network_AnyArchitecture_SameValuesAndDerivativesAsByFractions() =>
        Check.One(Cases.WithMaxTest(30), Prop.ForAll(ArchitectureDraw.Any, draw => AreSame(draw.WholeNetwork(), draw.Inputs()[..draw.InputDimension])));

    [Test]
    public void Inertia_HardMatrix_ZeroNegativesExactlyWhenLdltSaysSo() => Check.One(Cases, Prop.ForAll(HardNumbers.Any, draw =>
    {
        var n = Math.Min(draw.Rows, 5);
        var elements = draw.Draw<double>("a", n * n);
        var (a, fractions) = (new Dyadic[n * n], new BigRational[n * n]);
        for (var at = 0; at < a.Length; at++)
        {
            // Diagonally heavy half of the time, so that both answers occur.
            var (i, j) = (Math.Max(at / n, at % n), Math.Min(at / n, at % n));
            var entry = elements[(i * n) + j] * (i == j && draw.Seed % 2 == 0 ? 4 : 1);
            entry = i == j && draw.Seed % 2 == 0 ? Math.Abs(entry) : entry;
            (a[at], fractions[at]) = (double.IsFinite(entry) ? Dyadic.Exactly(entry) : default, double.IsFinite(entry) ? BigRational.Exactly(entry) : 0);
        }

        var inertia = Inertia.Of(a, n);
        return inertia.Negative + inertia.Zero + inertia.Positive == n
            && (inertia.Negative == 0) == IsPositiveSemidefinite(fractions, n)
            && (inertia.Positive == 0) == IsPositiveSemidefinite([.. fractions.Select(entry => -entry)], n);
    }));

    // Eigenvalues known in the head; the second and third have zeros on the diagonal, the fourth none but a singular minor.
    [TestCase(new double[] { 2, 0, 0, 0, -3, 0, 0, 0, 0 }, 3, 1, 1, 1)]
    [TestCase(new double[] { 0, 1, 1, 0 }, 2, 1, 0, 1)]
    [TestCase(new double[] { 0, 1, 1, 1, 0, 1, 1, 1, 0 }, 3, 2, 0, 1)]
    [TestCase(new double[] { 1, 1, 0, 1, 1, 1, 0, 1, 1 }, 3, 1, 0, 2)]
    [TestCase(new double[] { 0, 0, 0, 0 }, 2, 0, 2, 0)]
    public void Inertia_KnownEigenvalues_Counted(double[] a, int n, int negative, int zero, int positive) =>
        Assert.That(Inertia.Of(Dyadic.Exactly(a), n), Is.EqualTo(new Inertia(negative, zero, positive)));

    [Test]
    public void InertiaOfShifted_Eigenvalue_CountsIt() => Assert.That(Inertia.OfShifted(Dyadic.Exactly([2, 1, 1, 2]), 2, Dyadic.Exactly(1)), Is.EqualTo(new Inertia(0, 1, 1)));

    private static bool AreSame(Network<double> network, double[] input)
    {
        var layers = Enumerable.Range(0, network.Depth + 2).ToArray();
        var oracle = new RationalNetwork(network);
        var fast = new DyadicNetwork(network.Width, [.. layers.Select(l => Elements(network.Layer(l)))])
        {
            Graph = (network as Convolutional<double>)?.Graph, Step = (network as Residual<double>)?.Step,
        };
        var (values, expected) = (fast.Evaluate(input), oracle.Evaluate(input));
        return Array.TrueForAll(layers, l => values[l].Select(v => v.ToRational()).SequenceEqual(expected[l])) && Array.TrueForAll(layers, l =>
        {
            var (derivatives, columns) = (fast.OutputDerivatives(input, values, l), network.Layer(l).Columns);
            return Enumerable.Range(0, derivatives[0].Length).All(at =>
                oracle.OutputDerivative(input, l, at / columns, at % columns).SequenceEqual(derivatives.Select(d => d[at].ToRational())));
        });
    }

    private static double[] Elements(Weights<double> weights)
    {
        var elements = new double[weights.Rows * weights.Columns];
        weights.CopyTo(elements);
        return elements;
    }

    /// <summary>By LDLᵀ over fractions: no negative pivot, and a zero pivot only with a zero column below.</summary>
    private static bool IsPositiveSemidefinite(BigRational[] a, int n)
    {
        for (var p = 0; p < n; p++)
        {
            var pivot = a[(p * n) + p];
            if (pivot.Sign < 0 || (pivot.Sign == 0 && Enumerable.Range(p + 1, n - p - 1).Any(i => a[(i * n) + p].Sign != 0)))
            {
                return false;
            }

            for (var i = p + 1; pivot.Sign > 0 && i < n; i++)
            {
                for (var j = p + 1; j < n; j++)
                {
                    a[(i * n) + j] -= a[(i * n) + p] * a[(p * n) + j] / pivot;
                }
            }
        }

        return true;
    }
}
