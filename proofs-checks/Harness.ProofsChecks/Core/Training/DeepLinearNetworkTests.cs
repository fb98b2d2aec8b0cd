using Harness.Core.Numerics;
using Harness.Core.Training;
using NUnit.Framework;

namespace Harness.ProofsChecks.Core.Training;

/// <summary>Gradients of the deep linear network against differences of its loss, and Adam against its recurrences written down again.</summary>
public sealed class DeepLinearNetworkTests
{
    private const int Width = 5, Depth = 3, Samples = 7;

    private static readonly DeepLinearNetwork Network = new(Width, Depth);

    /// <summary>The loss is a polynomial of degree 2(L + 1) in the direction, so a central difference of step h is off by O(h²) and O(u/h).</summary>
    [Test]
    public void Gradients_AgainstDifferences_Agree()
    {
        var (parameters, design, responses) = (Drawn("parameters", Network.ParametersLength), Drawn("design", Samples * Width), Drawn("responses", Samples));
        var factors = new double[Network.FactorsLength];
        Network.Gradients(parameters, design, responses, factors, new double[Width]);
        for (var index = 0; index < parameters.Length; index++)
        {
            const double Step = 1e-5;
            var (up, down) = ((double[])parameters.Clone(), (double[])parameters.Clone());
            (up[index], down[index]) = (up[index] + Step, down[index] - Step);
            var difference = (Loss(up, design, responses) - Loss(down, design, responses)) / (2 * Step);
            Assert.That(Gradient(factors, index), Is.EqualTo(difference).Within(1e-7 * (1 + Math.Abs(difference))), $"parameter {index}");
        }
    }

    [Test]
    public void Representation_WithTheHead_IsTheCoefficients()
    {
        var parameters = Drawn("parameters", Network.ParametersLength);
        var (product, coefficients) = (new double[Width * Width], new double[Width]);
        Network.Representation(parameters, product, new double[Width * Width]);
        Network.Coefficients(parameters, coefficients, new double[Network.FactorsLength]);
        for (var j = 0; j < Width; j++)
        {
            var sum = Enumerable.Range(0, Width).Sum(i => parameters[(Depth * Width * Width) + i] * product[(i * Width) + j]);
            Assert.That(coefficients[j], Is.EqualTo(sum).Within(1e-12 * (1 + Math.Abs(sum))));
        }
    }

    /// <summary>Rows shorter than a vector, as long as one, and in between.</summary>
    [Test]
    public void Adam_OverSteps_FollowsItsRecurrences([Values(1, 3, 8, 21)] int columns)
    {
        var (left, right, parameters) = (Drawn("left", 4), Drawn("right", columns), Drawn("parameters", 4 * columns));
        var (expected, means, squares) = ((double[])parameters.Clone(), new double[4 * columns], new double[4 * columns]);
        var (m, v) = (new double[4 * columns], new double[4 * columns]);
        for (var step = 1; step <= 20; step++)
        {
            new Adam(0.01).Step(step, left, right, parameters, means, squares);
            for (var k = 0; k < expected.Length; k++)
            {
                var g = left[k / columns] * right[k % columns];
                m[k] = (0.9 * m[k]) + (0.1 * g);
                v[k] = (0.999 * v[k]) + (0.001 * g * g);
                expected[k] -= 0.01 * (m[k] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[k] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }

        Assert.That(parameters, Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Epoch_AfterWarmUp_AllocatesNothing()
    {
        var (parameters, design, responses) = (Drawn("parameters", Network.ParametersLength), Drawn("design", Samples * Width), Drawn("responses", Samples));
        var (factors, workspace, means, squares) = (new double[Network.FactorsLength], new double[Width], new double[parameters.Length], new double[parameters.Length]);
        Run(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(2);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Run(int step)
        {
            Network.Gradients(parameters, design, responses, factors, workspace);
            Network.Step(new(1e-3), step, factors, layersMove: true, parameters, means, squares);
        }
    }

    [Test]
    public void Gradients_OfAnotherShape_SayWhich() => Assert.That(
        () => Network.Gradients(new double[Network.ParametersLength], new double[11], new double[2], new double[Network.FactorsLength], new double[Width]),
        Throws.ArgumentException.With.Message.Contains("2 samples in 5 dimensions").And.Message.Contains("11"));

    private static double Gradient(double[] factors, int index)
    {
        var (area, layer) = (Width * Width, index / (Width * Width));
        var within = index % area;
        return layer == Depth ? factors[(2 * Depth * Width) + within] : factors[(layer * Width) + (within / Width)] * factors[((Depth + layer) * Width) + (within % Width)];
    }

    private static double Loss(double[] parameters, double[] design, double[] responses)
    {
        var coefficients = new double[Width];
        Network.Coefficients(parameters, coefficients, new double[Network.FactorsLength]);
        return Enumerable.Range(0, Samples).Average(i => Math.Pow(FixedOrder.Dot<double>(design.AsSpan(i * Width, Width), coefficients) - responses[i], 2));
    }

    private static double[] Drawn(string purpose, int length)
    {
        var values = new double[length];
        RandomStream.FromSeed(11).Derive(purpose).FillGaussian(values, 0.7);
        return values;
    }
}
