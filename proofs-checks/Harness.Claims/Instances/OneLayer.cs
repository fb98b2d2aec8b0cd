using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>One random layer W ∈ ℝ^{m×p} with N(0, 2/m) entries and two fixed vectors h, q ∈ ℝ^p that were chosen before it.</summary>
/// <param name="trial">Needs m.</param>
/// <param name="h">The vector whose image is looked at; a unit vector.</param>
/// <param name="shifted">h + q, whose image decides which neurons are active.</param>
/// <param name="variance">Factor on the variance of W; 1 as in the paper.</param>
public sealed class OneLayer(Trial trial, double[] h, double[] shifted, double variance)
{
    /// <summary>p; the laws depend on h and h + q alone, which span two dimensions.</summary>
    private const int InputDimension = 4;

    private readonly Weights<double> weights = new(trial.m, h.Length);

    /// <summary>The trial.</summary>
    public Trial Trial { get; } = trial;

    /// <summary>h.</summary>
    public double[] Input { get; } = h;

    /// <summary>W, the <paramref name="index"/>-th of the independent draws of this trial; it takes the place of the one before.</summary>
    public Weights<double> Draw(int index)
    {
        weights.FillGaussian(Trial.Random("weights").Derive((ulong)index), Math.Sqrt(2 * variance / Trial.m));
        return weights;
    }

    /// <summary>v_k = 1{(W(h + q))_k ≥ 0}(Wh)_k of a draw.</summary>
    public double[] Activation(Weights<double> w)
    {
        var (v, gate) = (new double[w.Rows], new double[w.Rows]);
        w.Multiply(Input, v, 1, 1);
        w.Multiply(shifted, gate, 1, 1);
        Core.Networks.Relu.Gate<double>(gate, v, v);
        return v;
    }

    /// <summary>Generator on a domain: h uniform on the sphere, q Gaussian.</summary>
    /// <param name="domain">Needs m.</param>
    /// <param name="variance">Factor on the variance of W.</param>
    /// <param name="oppose">True: q = −h, which the statement excludes.</param>
    public static Generator<OneLayer> On(Domain domain, double variance = 1, bool oppose = false) => new(
        domain,
        "h on the unit sphere and q drawn first, then W with N(0, 2/m) entries" + (variance == 1 ? "" : FormattableString.Invariant($"; variance multiplied by {variance}")) + (oppose ? "; q = −h" : ""),
        takesData: false,
        trial =>
        {
            var (h, shifted) = (new double[InputDimension], new double[InputDimension]);
            trial.Random("h").FillGaussian<double>(h, 1);
            trial.Random("q").FillGaussian<double>(shifted, 1);
            var norm = Math.Sqrt(FixedOrder.SumOfSquares<double>(h));
            for (var k = 0; k < h.Length; k++)
            {
                h[k] /= norm;
                shifted[k] = oppose ? 0 : h[k] + shifted[k];
            }

            return new(trial, h, shifted, variance);
        });
}
