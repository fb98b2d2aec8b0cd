using Harness.Claims.Instances;
using Harness.Core.Networks;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>The sufficient width and the largest target are two readings of one condition.</summary>
public sealed class WidthForCertificateTests
{
    private static readonly double[] Inputs = [1, 0, 1, 0, 1, 1];

    private static WidthForCertificate Width => new(PiecewiseAffine.Rectifier, Inputs, 2, eigenvalue: 0.5, failing: 0.1);

    /// <summary>Both bisections stop at a thousandth, and m grows like |y|²: four thousandths cover them.</summary>
    [TestCase(1e5)]
    [TestCase(1e7)]
    public void LargestTarget_AtAWidth_NeedsThatWidth(double m) => Assert.That(Width.For(Width.LargestTarget(m)), Is.EqualTo(m).Within(0.004 * m).And.LessThanOrEqualTo(m));

    /// <summary>The leading term (64/3)² (2/π) J²c⁴Δ²P³|y|²/λ⁴, P = 4: at |y| = 100 the others are below a hundredth.</summary>
    [Test]
    public void For_LargeTargets_IsTheLeadingTerm() =>
        Assert.That(Width.For(100) / (64.0 / 3 * (64.0 / 3) * 2 / Math.PI * 64 * 1e4 / Math.Pow(0.5, 4)), Is.EqualTo(1).Within(0.01));

    [Test]
    public void LargestTarget_WhereTheKernelHasNotConverged_IsZero() => Assert.That(Width.LargestTarget(10), Is.Zero);
}
