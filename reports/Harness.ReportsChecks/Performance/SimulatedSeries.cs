using Harness.Core.Numerics;

namespace Harness.ReportsChecks.Performance;

/// <summary>Times as a shared machine gives them: a noise of three per cent, and every twentieth measurement disturbed by up to thirty.</summary>
internal sealed class SimulatedSeries
{
    private readonly double[] gaussian, uniform;

    /// <param name="seed">Seed.</param>
    /// <param name="count">How many times can be drawn.</param>
    public SimulatedSeries(ulong seed, int count)
    {
        (gaussian, uniform) = (new double[count], new double[2 * count]);
        RandomStream.FromSeed(seed).FillGaussian<double>(gaussian, 0.03);
        RandomStream.FromSeed(seed + 1_000_000).FillUniform<double>(uniform);
    }

    /// <summary>The i-th time around a level.</summary>
    public double Time(int i, double level) => level * Math.Exp(gaussian[i] + (uniform[2 * i] < 0.05 ? 0.3 * uniform[(2 * i) + 1] : 0));

    /// <summary>A series whose level rises by a factor at one place.</summary>
    public double[] Step(int length, int at, double factor) => [.. Enumerable.Range(0, length).Select(i => Time(i, i < at ? 100 : 100 * factor))];
}
