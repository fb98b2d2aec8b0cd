namespace Harness.Core.Tangents;

/// <summary>A continuous piecewise affine activation with any number of kinks: φ(0) and the slopes between the kinks.</summary>
public sealed class PiecewiseAffine
{
    private readonly double[] kinks, slopes;

    /// <summary>φ from its kinks and slopes.</summary>
    /// <param name="kinks">t₁ &lt; … &lt; t_k, finite; may be empty.</param>
    /// <param name="slopes">Slopes below t₁, between the kinks and above t_k: k + 1 finite numbers.</param>
    /// <param name="atZero">φ(0).</param>
    /// <exception cref="ArgumentException">The kinks do not ascend, the numbers do not fit, or one is not finite.</exception>
    public PiecewiseAffine(ReadOnlySpan<double> kinks, ReadOnlySpan<double> slopes, double atZero = 0)
    {
        if (slopes.Length != kinks.Length + 1)
        {
            throw new ArgumentException($"{kinks.Length} kinks part {kinks.Length + 1} slopes; got {slopes.Length}.", nameof(slopes));
        }

        for (var i = 0; i < slopes.Length; i++)
        {
            var ascends = i == 0 || (double.IsFinite(kinks[i - 1]) && (i == 1 || kinks[i - 2] < kinks[i - 1]));
            if (!ascends || !double.IsFinite(slopes[i]) || !double.IsFinite(atZero))
            {
                throw new ArgumentException("Kinks must ascend, and all numbers of an activation be finite.", nameof(kinks));
            }
        }

        (this.kinks, this.slopes, AtZero) = (kinks.ToArray(), slopes.ToArray(), atZero);
    }

    /// <summary>t₁ &lt; … &lt; t_k.</summary>
    public ReadOnlySpan<double> Kinks => kinks;

    /// <summary>The k + 1 slopes.</summary>
    public ReadOnlySpan<double> Slopes => slopes;

    /// <summary>φ(0).</summary>
    public double AtZero { get; }
}
