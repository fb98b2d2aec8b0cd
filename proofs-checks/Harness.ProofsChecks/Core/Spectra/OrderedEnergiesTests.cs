using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Order, energies and dimension against their definitions on whole numbers, where every operation is exact.</summary>
public sealed class OrderedEnergiesTests
{
    private static readonly Arbitrary<(int[] Coefficients, int[] Spectrum, int Variance)> Models =
        (from length in Gen.Choose(1, 40)
         from coefficients in Gen.ArrayOf(Gen.Choose(-9, 9), length)
         from spectrum in Gen.ArrayOf(Gen.Choose(1, 6), length) // few values: ties
         from variance in Gen.Choose(0, 30)
         select (coefficients, spectrum, variance)).ToArbitrary();

    [Test]
    public void Dimension_OfAnyModel_IsTheFirstThatItsDefinitionNames() => Prop.ForAll(Models, model =>
    {
        var (θ, λ, variance) = model;
        var order = Enumerable.Range(0, θ.Length).OrderByDescending(i => λ[i]).ThenBy(i => i).ToArray();
        var expected = Enumerable.Range(1, θ.Length).First(k => order.Skip(k).Sum(i => θ[i] * θ[i]) <= k * variance);
        var (found, tails) = (new int[θ.Length], new double[θ.Length + 1]);
        OrderedEnergies.Order([.. λ.Select(x => (double)x)], found, new double[θ.Length]);
        OrderedEnergies.Tails([.. θ.Select(x => (double)x)], found, tails);
        Assert.That(found, Is.EqualTo(order));
        Assert.That(EffectiveSpan.Dimension(tails, variance), Is.EqualTo(expected));
        var (least, most) = EffectiveSpan.Enclose(tails, variance);
        Assert.That(expected, Is.InRange(least, most));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Enclosure_AtATie_HoldsBothSides()
    {
        double[] tails = [5, 2, 1, 0];
        Assert.That(EffectiveSpan.Dimension(tails, 2), Is.EqualTo(1));
        Assert.That(EffectiveSpan.Enclose(tails, 2), Is.EqualTo((1, 2)));
    }

    [Test]
    public void Order_OfASpectrumWithNaN_SaysWhere() =>
        Assert.That(() => OrderedEnergies.Order([1, double.NaN], new int[2], new double[2]), Throws.ArgumentException.With.Message.Contains("index 1"));

    [Test]
    public void Everything_AfterWarmUp_AllocatesNothing()
    {
        const int D = 200;
        double[] λ = [.. Enumerable.Range(1, D).Select(i => 1.0 / i)];
        var (order, tails, workspace, points) = (new int[D], new double[D + 1], new double[D], new FlowPoint[2]);
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Run()
        {
            OrderedEnergies.Order(λ, order, workspace);
            OrderedEnergies.Tails(λ, order, tails);
            _ = EffectiveSpan.Enclose(tails, 1e-3);
            _ = SpectralRisk.Of(new GradientFlowFilter(3), λ, λ, 1e-3).Bias + SpectralRisk.OraclePrincipalComponents(tails, 1e-3, 1).Risk;
            ReadOnlySpan<double> times = [1, 5];
            new OverparameterisedFlow(0.5, 3, 0.3).Integrate(2, times, points, 1e-9);
        }
    }

    [TestCase(1e-300)]
    [TestCase(1e-8)]
    [TestCase(0.2499)]
    [TestCase(0.2501)]
    [TestCase(3)]
    public void GradientFlowWeight_AtAnyTime_IsWithinFourUlp(double x)
    {
        // At λ = 1 the filter is the weight 1 − e^{−t}; at λ = 2⁻⁴⁰ it is that over λ, exactly.
        var weight = new GradientFlowFilter(x).Filter(1);
        Assert.That(new GradientFlowFilter(Math.ScaleB(x, 40)).Filter(Math.ScaleB(1, -40)), Is.EqualTo(Math.ScaleB(weight, 40)));

        // expm1 of the reference: −2 sinh(x/2) e^{−x/2} up to a few ulp of its own.
        var expected = 2 * Math.Sinh(x / 2) * Math.Exp(-x / 2);
        Assert.That(weight, Is.EqualTo(expected).Within(8).Ulps);
    }
}
