using Harness.Claims.Exact;
using Harness.Core.Enclosures;
using Harness.Core.Transfer;

namespace Harness.Claims.Instances;

/// <summary>Sample sizes and bounds of biases, with few digits each, so that rational arithmetic on them stays short.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Sizes">n_0, …, n_K.</param>
/// <param name="Biases">h_1, …, h_K in increasing order.</param>
public sealed record TransferProblem(Trial Trial, double[] Sizes, double[] Biases)
{
    /// <summary>The model in one dimension.</summary>
    public TransferModel Model => new(1, Sizes);

    /// <summary>The minimum of the oracle's quadratic program.</summary>
    public BigRational Minimum => TransferProgram.Minimum(1, Sizes, Biases);

    /// <summary>Generator on a domain that needs K and h√n₀: sizes up to a thousand times the smallest, biases about the cell's.</summary>
    /// <param name="domain">Needs K and h√n₀.</param>
    /// <param name="positiveBiases">True: every bias is positive and finite. False: one in eight is zero and one in eight infinite.</param>
    public static Generator<TransferProblem> On(Domain domain, bool positiveBiases) => new(
        domain,
        positiveBiases ? "sizes from 1 to 999, biases 0 < h < ∞ about the cell's" : "sizes from 1 to 999, biases about the cell's, some of them zero, repeated or infinite",
        takesData: false,
        trial =>
        {
            var (sources, stream) = ((int)trial.Variables["K"], trial.Random("problem"));
            var (sizes, biases) = (new double[sources + 1], new double[sources]);
            for (var k = 0; k <= sources; k++)
            {
                sizes[k] = 1 + stream.Integer((ulong)(3 * k), 999);
            }

            // Fifths of a power of two would not be dyadic: whole multiples of 2⁻¹⁰ up to twice the cell's bias.
            var most = Math.Max(2, (int)(2048 * trial.Variables["h√n₀"] / Math.Sqrt(sizes[0])));
            for (var k = 0; k < sources; k++)
            {
                var kind = positiveBiases ? 2 : stream.Integer((ulong)((3 * k) + 1), 8);
                biases[k] = kind == 0 ? 0 : kind == 1 ? double.PositiveInfinity : (1 + stream.Integer((ulong)((3 * k) + 2), most)) / 1024.0;
            }

            Array.Sort(biases);
            return new(trial, sizes, biases);
        });

    /// <summary>A rational as a ball: zero exactly, anything else within an ulp.</summary>
    public static Ball Enclosed(BigRational x)
    {
        var value = x.ToDouble();
        return x.Sign == 0 ? Ball.Exactly(0) : new(value, Math.BitIncrement(Math.Abs(value)) - Math.Abs(value));
    }
}
