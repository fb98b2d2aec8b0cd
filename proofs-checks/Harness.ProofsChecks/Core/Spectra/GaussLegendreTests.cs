using Harness.Core.Enclosures;
using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Gauss–Legendre rules: nodes and weights computed elsewhere to 40 digits, and what makes a rule Gauss's.</summary>
public sealed class GaussLegendreTests
{
    private const double NodeBound = 12 * Rounding.Unit;

    [TestCase(7, 6, 0.94910791234275852, 0.12948496616886969)]
    [TestCase(64, 33, 0.072993121787799039, 0.048575467441503427)]
    [TestCase(3000, 1000, -0.49947096318164882, 0.00090706811732192759)]
    [TestCase(3000, 2999, 0.99999967881898038, 8.2425417107612095e-7)]
    public void Compute_NodesAndWeights_AreThoseOfFortyDigits(int n, int index, double node, double weight)
    {
        var (nodes, weights) = Rule(n);
        Assert.That(nodes[index], Is.EqualTo(node).Within(NodeBound));
        Assert.That(1 - Math.Abs(nodes[index]), Is.EqualTo(1 - Math.Abs(node)).Within(2 * Rounding.Unit), "the distance from the end is rounded once more");
        Assert.That(weights[index], Is.EqualTo(weight).Within(1e-12 * weight));
    }

    /// <summary>The table and Newton's iteration are two ways to the same numbers: the proven radius of one and the bound of the other. The table runs from the ends inwards, both signs in turn.</summary>
    [Test]
    public void Enclosed_SixteenNodes_AreTheComputedOnes()
    {
        var (nodes, weights) = Rule(GaussLegendre.EnclosedNodes);
        for (var k = 0; k < nodes.Length; k++)
        {
            var at = k % 2 == 0 ? nodes.Length - 1 - (k / 2) : k / 2;
            var (node, weight) = GaussLegendre.Enclosed(k);
            Assert.That(nodes[at], Is.EqualTo(node.Midpoint).Within(node.Radius + NodeBound));
            Assert.That(weights[at], Is.EqualTo(weight.Midpoint).Within(weight.Radius + (1e-12 * weight.Midpoint)));
        }
    }

    /// <summary>∫x^{2k} = 2/(2k + 1) up to degree 2n − 1, and not at 2n: there P_n² is left over, whose integral is 2/(2n + 1) times the square of its leading coefficient's inverse.</summary>
    [Test]
    public void Compute_Monomials_AreExactUpToDegreeTwoNLessOne([Values(1, 2, 3, 8, 9, 17, 40)] int n)
    {
        var (nodes, weights) = Rule(n);
        for (var degree = 0; degree < 2 * n; degree++)
        {
            // A node is off by NodeBound at most, which a monomial magnifies by its degree; all weights have the sum 2.
            var exact = degree % 2 == 0 ? 2.0 / (degree + 1) : 0;
            Assert.That(Integral(degree), Is.EqualTo(exact).Within(2 * ((degree + 1) * NodeBound) + (n * 1e-15)), $"degree {degree}");
        }

        if (n <= 9)
        {
            Assert.That(Integral(2 * n), Is.LessThan((2.0 / ((2 * n) + 1)) - 1e-6));
        }

        double Integral(int degree) => nodes.Zip(weights, (x, w) => w * Math.Pow(x, degree)).Sum();
    }

    [Test]
    public void Compute_AnyOrder_IsSymmetricAscendingAndPositive([Values(1, 2, 15, 16, 17, 501)] int n)
    {
        var (nodes, weights) = Rule(n);
        Assert.That(nodes, Is.Ordered);
        Assert.That(nodes.Reverse().Select(x => 0 - x), Is.EqualTo(nodes));
        Assert.That(weights, Has.All.GreaterThan(0));
        Assert.That(nodes.Distinct().Count(), Is.EqualTo(n));
    }

    [Test]
    public void Map_ToAnInterval_IntegratesThere()
    {
        var (nodes, weights) = Rule(5);
        GaussLegendre.Map(nodes, weights, 1, 4);
        Assert.That(nodes.Zip(weights, (x, w) => w * x * x).Sum(), Is.EqualTo(21).Within(1e-13));
    }

    [Test]
    public void Compute_WeightsOfAnotherLength_Throws() => Assert.That(() => GaussLegendre.Compute(new double[3], new double[2]), Throws.ArgumentException);

    private static (double[] Nodes, double[] Weights) Rule(int n)
    {
        var (nodes, weights) = (new double[n], new double[n]);
        GaussLegendre.Compute(nodes, weights);
        return (nodes, weights);
    }
}
