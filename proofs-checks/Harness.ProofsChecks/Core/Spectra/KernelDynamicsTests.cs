using FsCheck;
using FsCheck.Fluent;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using Harness.Core.Tangents;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Spectra;

/// <summary>Training in closed form against training step by step, and the laws of the filters.</summary>
public sealed class KernelDynamicsTests
{
    private const int N = 12, D = 5;

    private readonly double[] kernel = new double[N * N], values = new double[N], vectors = new double[N * N], residual = new double[N], modes = new double[N];
    private readonly double[] fitted = new double[N], coefficients = new double[N];

    [SetUp]
    public void Decompose()
    {
        // The limit kernel of two-layer networks on unit inputs.
        var inputs = new double[N * D];
        RandomStream.FromSeed(5).FillGaussian<double>(inputs, 1);
        for (var i = 0; i < N; i++)
        {
            var row = inputs.AsSpan(i * D, D);
            var norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(row));
            foreach (ref var x in row)
            {
                x /= norm;
            }
        }

        ShallowKernel.Limit(inputs, N, kernel);
        SymmetricEigen.Decompose((double[])kernel.Clone(), N, values, vectors, new double[SymmetricEigen.WorkspaceLength(N, vectors: true)]);
        RandomStream.FromSeed(6).FillGaussian<double>(residual, 1);
        new KernelDynamics(values, vectors).Modes(residual, modes);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1000)]
    public void GradientDescent_ClosedForm_IsTheIteration(int steps)
    {
        var dynamics = new KernelDynamics(values, vectors);
        var η = dynamics.LargestStableStep() / 2;
        double[] u = [.. residual];
        for (var t = 0; t < steps; t++)
        {
            double[] step = [.. Enumerable.Range(0, N).Select(i => FixedOrder.Dot<double>(kernel.AsSpan(i * N, N), u))];
            u = [.. u.Zip(step, (x, s) => x - (η * s))];
        }

        var filter = new GradientDescentFilter(η, steps);
        dynamics.Residual(filter, modes, fitted);

        // Every step of the iteration rounds N + 2 times at numbers below ‖r‖ and contracts what is there; the closed form is off by the decomposition, t times at most, and by its own few roundings.
        var tolerance = (N + 32) * (steps + 1) * 1.2e-16 * Math.Sqrt(FixedOrder.SumOfSquares<double>(residual));
        Assert.That(fitted, Is.EqualTo(u).Within(tolerance));
        Assert.That(dynamics.SquaredResidual(filter, modes), Is.EqualTo(FixedOrder.SumOfSquares<double>(u)).Within(tolerance * 10));
    }

    [Test]
    public void Predict_AtTheTrainingInputs_IsTheTrainedOutput()
    {
        // f_t = f₀ − Kα, here with f₀ − y = r and y = 0: what is left is the residual. κ(K) ≤ 10³ here, and α is at most r/λ_min.
        var dynamics = new KernelDynamics(values, vectors);
        foreach (var time in new[] { 0.1, 3.0, 500 })
        {
            dynamics.Coefficients(new GradientFlowFilter(time), modes, coefficients);
            double[] outputs = [.. residual];
            KernelDynamics.Predict(kernel, coefficients, outputs);
            dynamics.Residual(new GradientFlowFilter(time), modes, fitted);
            Assert.That(outputs, Is.EqualTo(fitted).Within(1e-12));
        }
    }

    [Test]
    public void GradientFlow_IsTheLimitOfSmallSteps()
    {
        // (1 − λt/k)ᵏ = e^{−λt}(1 − (λt)²/2k + …), and e^{−z}z²/2 ≤ 0.28.
        var dynamics = new KernelDynamics(values, vectors);
        var flow = Math.Sqrt(dynamics.SquaredResidual(new GradientFlowFilter(2), modes));
        var descent = Math.Sqrt(dynamics.SquaredResidual(new GradientDescentFilter(2e-6, 1_000_000), modes));
        Assert.That(descent, Is.EqualTo(flow).Within(0.28e-6 * Math.Sqrt(FixedOrder.SumOfSquares<double>(residual))));
    }

    [Test]
    public void Cutoff_BelowTheSpectrum_Interpolates()
    {
        var dynamics = new KernelDynamics(values, vectors);
        dynamics.Coefficients(new CutoffFilter(values[0] / 2), modes, coefficients);
        double[] outputs = [.. residual];
        KernelDynamics.Predict(kernel, coefficients, outputs);
        Assert.That(outputs, Has.All.EqualTo(0).Within(1e-12));
    }

    [Test]
    public void Ridge_Coefficients_SolveTheirSystem()
    {
        const double Penalty = 0.25;
        new KernelDynamics(values, vectors).Coefficients(new RidgeFilter(Penalty), modes, coefficients);
        for (var i = 0; i < N; i++)
        {
            Assert.That(FixedOrder.Dot<double>(kernel.AsSpan(i * N, N), coefficients) + (Penalty * coefficients[i]), Is.EqualTo(residual[i]).Within(1e-13));
        }
    }

    [Test]
    public void StepsToResidual_IsTheFirstStepThatIsEnough()
    {
        var dynamics = new KernelDynamics(values, vectors);
        var η = dynamics.LargestStableStep() / 2;
        var target = 1e-3 * FixedOrder.SumOfSquares<double>(residual);
        var steps = dynamics.StepsToResidual(η, modes, target);
        Assert.That(steps, Is.GreaterThan(1));
        Assert.That(dynamics.SquaredResidual(new GradientDescentFilter(η, steps), modes), Is.LessThanOrEqualTo(target));
        Assert.That(dynamics.SquaredResidual(new GradientDescentFilter(η, steps - 1), modes), Is.GreaterThan(target));
    }

    [Test]
    public void StepsToResidual_ModeOfEigenvalueZero_IsNeverFitted() =>
        Assert.That(new KernelDynamics([0, 1], [1, 0, 0, 1]).StepsToResidual(1, [1, 1], 0.5), Is.EqualTo(-1));

    [Test]
    public void LargestStableStep_BeyondIt_TheTopModeGrows()
    {
        var dynamics = new KernelDynamics(values, vectors);
        var η = dynamics.LargestStableStep();
        Assert.That(Math.Abs(new GradientDescentFilter(η * 0.999, 1).Residual(values[^1])), Is.LessThan(1));
        Assert.That(Math.Abs(new GradientDescentFilter(η * 1.001, 1).Residual(values[^1])), Is.GreaterThan(1));
    }

    /// <summary>r = 1 − λg, to a few u of the larger, for every filter, over ten decades of λt.</summary>
    [Test]
    public void Filters_FilterAndResidual_AreConsistent()
    {
        var cases = from exponent in Gen.Choose(-600, 400) from mantissa in Gen.Choose(100, 999) from steps in Gen.Choose(0, 2000) select (Eigenvalue: mantissa / 100.0 * Math.Pow(10, exponent / 100.0), Steps: steps);
        Prop.ForAll(Arb.From(cases, Shrink), pair => Consistent(new GradientFlowFilter(pair.Steps), pair.Eigenvalue)
            && Consistent(new GradientDescentFilter(1 / Math.Max(1, pair.Eigenvalue), pair.Steps), pair.Eigenvalue)
            && Consistent(new RidgeFilter(0.5), pair.Eigenvalue) && Consistent(new RidgeFilter(0.5, 3), pair.Eigenvalue) && Consistent(new CutoffFilter(1), pair.Eigenvalue)).QuickCheckThrowOnFailure();

        static IEnumerable<(double Eigenvalue, int Steps)> Shrink((double Eigenvalue, int Steps) pair)
        {
            if (pair.Steps > 0)
            {
                yield return (pair.Eigenvalue, pair.Steps / 2);
            }

            if (pair.Eigenvalue != 1)
            {
                yield return (1, pair.Steps);
            }
        }
    }

    [Test]
    public void Dynamics_AfterWarmUp_AllocatesNothing()
    {
        Run();
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Run();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Run()
        {
            var dynamics = new KernelDynamics(values, vectors);
            dynamics.Modes(residual, modes);
            dynamics.Residual(new GradientFlowFilter(1), modes, fitted);
            dynamics.Coefficients(new GradientDescentFilter(0.1, 100), modes, coefficients);
            KernelDynamics.Predict(kernel, coefficients, fitted);
            _ = dynamics.SquaredResidual(new RidgeFilter(0.1), modes);
        }
    }

    // (1 − ηλ) is rounded once, and its power takes that t times; everything else is a few roundings.
    private static bool Consistent<TFilter>(TFilter filter, double eigenvalue)
        where TFilter : struct, ISpectralFilter => Math.Abs(1 - (eigenvalue * filter.Filter(eigenvalue)) - filter.Residual(eigenvalue)) <= 2100 * 2.3e-16;
}
