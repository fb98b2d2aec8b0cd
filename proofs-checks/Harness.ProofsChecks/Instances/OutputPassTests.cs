using Harness.Claims;
using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.Core.Tangents;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>Passes of single outputs against the core's gradient and kernel, which form the same quantities in other ways.</summary>
public sealed class OutputPassTests
{
    // A few hundred operations per entry, each within 2⁻⁵³ of a sum of non-negative magnitudes at most some hundred times the result.
    private const double Rounding = 1e-11;

    [Test]
    public void Kernel_OfEveryPairOfSamples_IsTheTangentKernelOfThatOutput()
    {
        var instance = Draw(seed: 1);
        var (n, d) = (instance.Trial.n, instance.Trial.d);
        var kernel = new double[n * d * n * d];
        TangentKernel.Compute<double>(instance.Network, instance.Inputs, new(instance.Network, n * d), kernel, new double[TangentKernel.WorkspaceLength(n, d)]);
        var passes = OutputPass.OfEach(instance);
        using (Assert.EnterMultipleScope())
        {
            for (var j = 0; j < d; j++)
            {
                for (var i = 0; i < n; i++)
                {
                    for (var k = 0; k < n; k++)
                    {
                        var expected = kernel[(((i * d) + j) * n * d) + (k * d) + j];
                        Assert.That(passes[j].Kernel(i, k), Is.EqualTo(expected).Within(Rounding * Math.Abs(kernel.Max())));
                    }
                }
            }
        }
    }

    [Test]
    public void SquaredGradientChange_OfAGaussianMove_IsThatOfTheGradientsFormed()
    {
        var instance = Draw(seed: 2);
        var direction = PerturbationFamily.Gaussian(instance);
        var (before, gradientsBefore) = (OutputPass.Of(instance), Formed(instance));
        direction.AddTo(instance.Network, 1);
        var (after, gradientsAfter) = (OutputPass.Of(instance), Formed(instance));
        for (var i = 0; i < instance.Trial.n; i++)
        {
            double expected = 0;
            for (var l = 1; l <= instance.Trial.L; l++)
            {
                gradientsAfter[i, l].AddScaled(-1, gradientsBefore[i, l]);
                expected += gradientsAfter[i, l].SquaredFrobeniusNorm();
            }

            Assert.That(after.SquaredGradientChange(before, i), Is.EqualTo(expected).Within(Rounding * before.Kernel(i, i)));
        }
    }

    [Test]
    public void Flips_ByTheAdversary_AreAsManyAsTheBudgetBuys()
    {
        var instance = Draw(seed: 3);
        var (L, ω) = (instance.Trial.L, instance.Trial.Variables.ω);
        var before = OutputPass.Of(instance);
        var after = OutputPass.Of(instance, PerturbationFamily.Adversary(instance, sample: 1));
        var (budget, affordable) = (ω * ω * FixedOrder.SumOfSquares<double>(before.Features(L - 1, 1)), 0);
        foreach (var g in before.PreActivations(L, 1).Order(Comparer<double>.Create((x, y) => Math.Abs(x).CompareTo(Math.Abs(y)))))
        {
            // The adversary steps over zero by one part in a million of every pre-activation.
            budget -= g * g * 1.000001 * 1.000001;
            affordable += budget >= 0 ? 1 : 0;
        }

        Assert.That(after.Flips(before, L, 1), Is.EqualTo(affordable).And.GreaterThan(3));
    }

    [Test]
    public void Passes_AtAPerturbation_LeaveTheWeightsAsTheyWere()
    {
        var instance = Draw(seed: 4);
        var before = OutputPass.Of(instance);
        OutputPass.Of(instance, PerturbationFamily.AlongGradient(instance));
        Assert.That(OutputPass.Of(instance).Outputs, Is.EqualTo(before.Outputs));
    }

    [Test]
    public void Repetitions_AlongALadder_KeepTheNumberOfFlips()
    {
        static int At(double ω) => PerturbationFamily.Repetitions(new(Variables.None.With("ω", ω), RandomStream.FromSeed(0), null, Profile.Gate), most: 10, least: 0.03, exponent: 1);
        Assert.That(new[] { At(0.3), At(0.1), At(0.03), At(0.01) }, Is.EqualTo(new[] { 1, 3, 10, 10 }));
    }

    private static NetworkInstance Draw(ulong seed) => Networks.AtInitialisation(Domain.Filling(1, 1, Ranges.m(40))).Sample(new(
        Variables.None.With("n", 3).With("m", 40).With("L", 3).With("d", 2).With("ω", 0.2), RandomStream.FromSeed(seed), null, Profile.Gate));

    /// <summary>∇_{W_l} y₁(x_i) for every sample i and layer l, as matrices.</summary>
    private static Weights<double>[,] Formed(NetworkInstance instance)
    {
        var (n, m, L) = (instance.Trial.n, instance.Trial.m, instance.Trial.L);
        var gradients = new Weights<double>[n, L + 1];
        for (var i = 0; i < n; i++)
        {
            instance.Network.Forward(instance.Inputs, instance.State);
            Array.Clear(instance.State.OutputSignal);
            instance.State.OutputSignal[i] = 1;
            instance.Network.Backward(instance.State);
            for (var l = 1; l <= L; l++)
            {
                gradients[i, l] = new(m, m);
                Gradient.AddTo(instance.State, l, 1, gradients[i, l]);
            }
        }

        return gradients;
    }
}
