using System.Numerics;
using Harness.Claims.Exact;
using Harness.Core.Numerics;

namespace Harness.Claims.Instances;

/// <summary>A nuclear-norm problem with λ = 1 whose minimum is known exactly and taken at a matrix of rank R, in rational numbers.</summary>
/// <remarks>
/// X = UMVᵀ with U and V of R rational orthonormal columns and M diagonal and positive. Σ p_kG_k = UVᵀ for signs p_k, and y_k = ⟨G_k, X⟩ + p_k: then p is the residual, UVᵀ a subgradient of ‖·‖_* at X, and X a minimiser. So is every
/// UM′Vᵀ with M′ ⪰ 0 and the same inner products ⟨H_k, M′⟩, H_k the symmetric part of UᵀG_kV; its objective is ½Σ(⟨H_k, M′⟩ − y_k)² + tr M′.
/// </remarks>
/// <param name="Forms">H_1 … H_KN, R × R and symmetric.</param>
/// <param name="Targets">y_k.</param>
/// <param name="Diagonal">The diagonal of M.</param>
public sealed record RankedMinimiser(RationalMatrix[] Forms, BigRational[] Targets, int[] Diagonal)
{
    /// <summary>R.</summary>
    public int Rank => Diagonal.Length;

    /// <summary>KN &lt; R(R + 1)/2.</summary>
    public int Count => Forms.Length;

    /// <summary>½KN + tr M.</summary>
    public BigRational Minimum => new BigRational(Count, 2) + Diagonal.Sum();

    /// <summary>Gradients of whole numbers, but for the last, which the subgradient determines.</summary>
    /// <param name="domain">Needs R and KN share, of R(R + 1)/2.</param>
    public static Generator<RankedMinimiser> On(Domain domain) => new(
        domain,
        "a minimiser UMVᵀ of rank R with rational frames, M diagonal in 1, 2, 3; whole-number gradients −2…2, the last such that Σ ±G_k = UVᵀ",
        takesData: false,
        trial =>
        {
            var rank = (int)trial.Variables["R"];
            var count = Math.Max(1, (int)(trial.Variables["KN share"] * rank * (rank + 1) / 2));
            trial.Measure("KN", count);
            var size = rank + 1;
            var (u, v) = (RationalFrames.Orthogonal(trial.Random("U"), size).ColumnsFrom(0, rank), RationalFrames.Orthogonal(trial.Random("V"), size).ColumnsFrom(0, rank));
            var (whole, signs) = (trial.Random("G"), Enumerable.Range(0, count).Select(k => (2 * trial.Random("p").Integer((ulong)k, 2)) - 1).ToArray());
            var (gradients, left) = (new RationalMatrix[count], u * v.Transpose());
            for (var k = 0; k < count - 1; k++)
            {
                var stream = whole.Derive((ulong)k);
                gradients[k] = RationalMatrix.Of(size, size, (i, j) => stream.Integer((ulong)((i * size) + j), 5) - 2);
                left -= (BigRational)signs[k] * gradients[k];
            }

            gradients[^1] = (BigRational)signs[^1] * left;
            int[] diagonal = [.. Enumerable.Range(0, rank).Select(i => 1 + trial.Random("M").Integer((ulong)i, 3))];
            RationalMatrix[] forms = [.. gradients.Select(g => Symmetric(u.Transpose() * g * v))];
            BigRational[] targets = [.. forms.Select((h, k) => Enumerable.Range(0, rank).Aggregate((BigRational)signs[k], (sum, i) => sum + (diagonal[i] * h[i, i])))];
            return new(forms, targets, diagonal);
        });

    /// <summary>L with M = LᵀL, rounded: R × R row-major.</summary>
    public double[] Factor()
    {
        var factor = new double[Rank * Rank];
        for (var i = 0; i < Rank; i++)
        {
            factor[(i * Rank) + i] = Math.Sqrt(Diagonal[i]);
        }

        return factor;
    }

    /// <summary>The factor after the core's reduction.</summary>
    public double[] Reduced()
    {
        double[] forms = [.. Forms.SelectMany(h => Enumerable.Range(0, Rank * Rank).Select(e => h[e / Rank, e % Rank].ToDouble()))];
        var factor = Factor();
        var rank = RankReduction.Reduce(forms, Count, Rank, factor, new double[RankReduction.WorkspaceLength(Rank, Rank, Count)]);
        return factor[..(rank * Rank)];
    }

    /// <summary>The objective at ULᵀLVᵀ, whose nuclear norm is tr LᵀL.</summary>
    /// <param name="factor">L, rows of R numbers.</param>
    public BigRational Objective(ReadOnlySpan<double> factor)
    {
        var rows = factor.Length / Rank;
        var values = factor.ToArray();
        var l = RationalMatrix.Of(rows, Rank, (i, j) => BigRational.Exactly(values[(i * Rank) + j]));
        var m = l.Transpose() * l;
        BigRational squares = 0, trace = 0;
        for (var i = 0; i < Rank; i++)
        {
            trace += m[i, i];
        }

        for (var k = 0; k < Count; k++)
        {
            var difference = -Targets[k];
            for (var e = 0; e < Rank * Rank; e++)
            {
                difference += Forms[k][e / Rank, e % Rank] * m[e / Rank, e % Rank];
            }

            squares += difference * difference;
        }

        return (squares / 2) + trace;
    }

    private static RationalMatrix Symmetric(RationalMatrix h) => new BigRational(BigInteger.One, 2) * (h + h.Transpose());
}
