using Harness.Core.Spectra;

namespace Harness.Claims.Instances;

/// <summary>A signal in the sequence model, the spectrum that orders it, and the level of the noise.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Coefficients">θ.</param>
/// <param name="Spectrum">λ.</param>
/// <param name="Variance">σ².</param>
public sealed record SequenceInstance(Trial Trial, double[] Coefficients, double[] Spectrum, double Variance)
{
    /// <summary>d.</summary>
    public int Dimension => Coefficients.Length;

    /// <summary>Energies beyond k = 0, …, d coordinates of the order of <paramref name="spectrum"/>.</summary>
    public double[] Tails(ReadOnlySpan<double> spectrum)
    {
        var (order, tails) = (new int[Dimension], new double[Dimension + 1]);
        OrderedEnergies.Order(spectrum, order, new double[Dimension]);
        OrderedEnergies.Tails(Coefficients, order, tails);
        return tails;
    }

    /// <summary>Energies in the instance's own order.</summary>
    public double[] Tails() => Tails(Spectrum);
}

/// <summary>Generators of sequence models on a grid on which sums are exact.</summary>
public static class SequenceModels
{
    /// <summary>Coefficients are whole multiples of this up to 2⁹, so squares are multiples of 2⁻²⁰ below 2¹⁸: sums of up to 2¹⁵ of them, and multiples of variances on the same grid, are floating-point numbers.</summary>
    private const double Unit = 1.0 / 1024;

    /// <summary>
    /// Signals of four families: smooth with a spectrum that fits, the same under a random order, a few large coefficients before many small ones that together are exactly Kσ², K the number of large ones (where the sandwich is tight from above), and zero.
    /// </summary>
    /// <param name="domain">Needs d.</param>
    public static Generator<SequenceInstance> On(Domain domain) => new(
        domain,
        "smooth, shuffled, two-level and zero signals on the grid 2⁻¹⁰, spectra with ties, σ² on the grid 2⁻²⁰",
        takesData: false,
        trial =>
        {
            var (d, random) = (trial.d, trial.Random("signal"));
            var (θ, λ) = (new double[d], new double[d]);
            var variance = Math.Round(Math.Pow(10, 1 - (4 * random.Uniform(0))) / (Unit * Unit)) * Unit * Unit;
            var family = random.Integer(1, 8);
            var (decay, span) = (0.3 + (1.5 * random.Uniform(2)), 1 + random.Integer(3, Math.Max(1, d / 8)));
            if (family >= 6)
            {
                // K large coefficients and rK small ones s with σ² = rs²: their energy is Kσ² exactly.
                var (ratio, small) = ((d - span) / span, (1 + random.Integer(4, 512)) * Unit);
                variance = ratio * small * small;
                for (var i = 0; i < span * (1 + ratio); i++)
                {
                    θ[i] = i < span ? 256 : small;
                }
            }
            else if (family > 0)
            {
                for (var i = 0; i < d; i++)
                {
                    θ[i] = Math.Round(8 * Math.Pow(i + 1, -decay) * (random.Uniform((ulong)i + 8) - 0.5) / Unit) * Unit;
                }
            }

            for (var i = 0; i < d; i++)
            {
                λ[i] = Math.Ceiling((d - i) / 2.0); // ties, which the index breaks
            }

            if (family is >= 3 and < 6)
            {
                var order = new int[d];
                random.Derive("order").Permutation(order);
                θ = [.. order.Select(i => θ[i])];
            }

            return new(trial, θ, λ, variance);
        });
}
