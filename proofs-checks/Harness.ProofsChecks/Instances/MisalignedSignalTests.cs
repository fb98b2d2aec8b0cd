using Harness.Claims.Instances;
using Harness.Core.Numerics;
using Harness.Core.Spectra;
using NUnit.Framework;

namespace Harness.ProofsChecks.Instances;

/// <summary>What is not followed of a learned spectrum changes nothing: energies against those of every coordinate's own path.</summary>
public sealed class MisalignedSignalTests
{
    [Test]
    public void Learned_WithEndsInPlaceOfPaths_HasTheEnergiesOfAllPaths([Values(0, 1, 3)] int depth)
    {
        const double Tolerance = 1e-3;
        double[] times = [1000, 3000, 1e4];
        var signal = MisalignedSignal.Of(400, terms: 15, twiceQ: 4, p: 2.5, γ: 1, scale: 5);
        var z = new double[400];
        RandomStream.FromSeed(3).FillGaussian(z, 1 / Math.Sqrt(MisalignedSignal.Samples));
        for (var j = 0; j < z.Length; j++)
        {
            z[j] += signal.Coefficients[j];
        }

        var learned = signal.Learned(z, depth, times, Tolerance);
        var (initial, path, followed) = (Math.Pow(MisalignedSignal.Samples, -1 / (2.0 * (depth + 2))), new FlowPoint[times.Length], new double[times.Length][]);
        for (var i = 0; i < times.Length; i++)
        {
            followed[i] = new double[z.Length];
        }

        for (var j = 0; j < z.Length; j++)
        {
            // Integrated at D = 0 as well, where the core has a closed form: an order that hung on the tolerance would show.
            new OverparameterisedFlow(signal.Spectrum[j], depth, initial).Integrate(z[j], times, path, depth == 0 ? 1e-12 : Tolerance);
            for (var i = 0; i < times.Length; i++)
            {
                followed[i][j] = path[i].Eigenvalue;
            }
        }

        Assert.That(learned.Select(spectrum => signal.Tails(spectrum)), Is.EqualTo(followed.Select(spectrum => signal.Tails(spectrum))));

        // Where an end stands for a path that is not over it lies above it at the first time: there are such coordinates.
        Assert.That(learned[0].Zip(followed[0]).Count(pair => pair.First > pair.Second * (1 + (10 * Tolerance))), Is.Positive);
    }
}
