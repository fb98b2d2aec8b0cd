using System.Collections.Immutable;
using Harness.Core.Data;
using Harness.Core.Spectra;

namespace Harness.Reports.Diagnoses;

/// <summary>How the labels lie in the eigenvectors of a kernel: the effective span dimension of arXiv:2509.20294 in a fixed design, θ = Vᵀy*/√n, all outputs together.</summary>
internal static class LabelEnergies
{
    /// <summary>Noise levels, as fractions of the variance of the labels.</summary>
    private static readonly ImmutableArray<double> Noise = [0.5, 0.2, 0.1, 0.01, 0.001];

    /// <summary>Measures.</summary>
    /// <param name="spectrum">Of the kernel of the samples.</param>
    /// <param name="samples">Their targets.</param>
    public static LabelDiagnosis Of(KernelMatrixSpectrum spectrum, DataSet samples)
    {
        var (n, d) = (samples.Count, samples.OutputDimension);
        var (coefficients, column) = (new double[n], new double[n]);
        var (energies, variance) = (new double[n], 0.0);
        for (var j = 0; j < d; j++)
        {
            for (var i = 0; i < n; i++)
            {
                column[i] = samples.Target(i)[j];
            }

            var mean = column.Average();
            variance += column.Sum(y => (y - mean) * (y - mean)) / n;
            new KernelDynamics(spectrum.Values, spectrum.Vectors).Modes(column, coefficients);
            for (var k = 0; k < n; k++)
            {
                energies[k] += coefficients[k] * coefficients[k] / n;
            }
        }

        double[] θ = [.. energies.Select(Math.Sqrt)];
        var (total, own, best, unrelated) = (energies.Sum(), Tails(θ, spectrum.Values), Tails(θ, θ), Tails([.. Enumerable.Repeat(Math.Sqrt(energies.Sum() / n), n)], spectrum.Values));
        return new(
            [.. energies.Reverse().Select(energy => energy / total)],
            [.. Noise.Select(fraction => At(fraction, fraction * variance / n))]);

        SpanAtNoise At(double fraction, double ofDirection)
        {
            var (least, most) = EffectiveSpan.Enclose(own, ofDirection);
            return new(fraction, least, most, EffectiveSpan.Dimension(best, ofDirection), EffectiveSpan.Dimension(unrelated, ofDirection));
        }
    }

    private static double[] Tails(double[] coefficients, double[] spectrum)
    {
        var (order, tails) = (new int[coefficients.Length], new double[coefficients.Length + 1]);
        OrderedEnergies.Order(spectrum, order, new double[coefficients.Length]);
        OrderedEnergies.Tails(coefficients, order, tails);
        return tails;
    }
}
