using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Section 7.2 and appendix G: the similarity φ of the subspaces that two adapters span, against the distance of their projections and against chance.</summary>
public static class SubspaceSimilarity
{
    private static readonly VariableRange First = new("i", 1, (5, 8, 12), IsInteger: true), Second = new("j", 1, (5, 8, 12), IsInteger: true);

    private static readonly Domain Frames = Domain.Filling(cells: (20, 40, 120), trials: (1, 2, 4), First with { To = (4, 5, 6) }, Second with { To = (4, 5, 6) }, new VariableRange("d", 6, (8, 9, 10), IsInteger: true));

    private static readonly Domain Random = Domain.Filling(cells: (8, 16, 40), trials: (40, 60, 200), First, Second, new VariableRange("d", 16, (40, 64, 128), IsInteger: true));

    /// <summary>φ from the projections alone.</summary>
    public static Claim Distance { get; } = Claim
        .Named("lora.similarity-distance")
        .DerivedFrom(Papers.HuEtAl, "Appendix G", "Subspace similarity", "L7")
        .States("φ = ‖UᵀV‖²_F/p = 1 − d²/p,   d² = ½(‖UUᵀ − VVᵀ‖²_F − |i − j|), p = min(i, j)   (the paper prints (1 − d²)/p)")
        .Given(new Generator<Trial>(Frames, "frames of i and j rational orthonormal vectors in dimension d", takesData: false, trial => trial))
        .Observes("φ − (1 − d²/p), in rational arithmetic", trial => Residual(trial, (d2, p) => 1 - (d2 / p)))
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("(1 − d²)/p, as printed", trial => Residual(trial, (d2, p) => (1 - d2) / p))
        .RefutedWhen("φ is not normalised: p − d²", trial => Residual(trial, (d2, p) => p - d2))
        .Build();

    /// <summary>Range, symmetry and equality.</summary>
    public static Claim Bounds { get; } = Claim
        .Named("lora.similarity-range")
        .From(Papers.HuEtAl, "Section 7.2 (equation 4)", "L7")
        .States("0 ≤ φ(A, B, i, j) = φ(B, A, j, i) ≤ 1 and φ(A, A, i, j) = 1:   max(−φ, φ − 1, |φ − φ′|, |φ(A, A) − 1|) ≤ 0")
        .Given(new Generator<Trial>(Frames, "frames of i and j rational orthonormal vectors in dimension d", takesData: false, trial => trial))
        .Observes("the largest of the four, in rational arithmetic", trial => new(TransferProblem.Enclosed(Excess(trial, p => p))) { Bound = Ball.Exactly(0) })
        .AgainstItsOwnBound("0")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("φ is not normalised", trial => new(TransferProblem.Enclosed(Excess(trial, _ => 1))) { Bound = Ball.Exactly(0) })
        .Build();

    // Resolution: the mutants are off by a factor of at least two wherever i ≠ j, and by p.
    /// <summary>What two unrelated adapters have.</summary>
    public static Claim Chance { get; } = Claim
        .Named("lora.similarity-chance")
        .DerivedFrom(Papers.HuEtAl, "Section 7.2 (random Gaussian matrices)", "Subspace similarity", "L8")
        .States("E φ = max(i, j)/d   for independent uniform subspaces of ℝᵈ")
        .Given(new Generator<Trial>(Random, "row spaces of Gaussian matrices", takesData: false, trial => trial))
        .Observes("φ, mean of sixteen", MeanOfRandom)
        .Against("max(i, j)/d", v => Math.Max(v["i"], v["j"]) / v["d"])
        .DecidedBy(Moment.Equals(resolution: 0.2))
        .RefutedWhen("min(i, j)/d", v => Math.Min(v["i"], v["j"]) / v["d"])
        .RefutedWhen("φ is not normalised: ij/d", v => v["i"] * v["j"] / v["d"])
        .Build();

    private static Measurement Residual(Trial trial, Func<BigRational, BigRational, BigRational> stated)
    {
        var (u, v) = (Frame(trial, "A", "i"), Frame(trial, "B", "j"));
        BigRational p = Math.Min(u.Columns, v.Columns);
        var distance = ((u * u.Transpose()) - (v * v.Transpose())).SquaredFrobeniusNorm();
        return new(TransferProblem.Enclosed(Similarity(u, v, p) - stated((distance - Math.Abs(u.Columns - v.Columns)) / 2, p))) { Bound = Ball.Exactly(0) };
    }

    private static BigRational Excess(Trial trial, Func<int, BigRational> normalisation)
    {
        var (u, v) = (Frame(trial, "A", "i"), Frame(trial, "B", "j"));
        var p = normalisation(Math.Min(u.Columns, v.Columns));
        var φ = Similarity(u, v, p);
        var nested = Similarity(u, u.ColumnsFrom(0, (u.Columns + 1) / 2), normalisation((u.Columns + 1) / 2));
        return BigRational.Max(BigRational.Max(-φ, φ - 1), BigRational.Max(BigRational.Abs(φ - Similarity(v, u, p)), BigRational.Abs(nested - 1)));
    }

    private static BigRational Similarity(RationalMatrix u, RationalMatrix v, BigRational p) => (u.Transpose() * v).SquaredFrobeniusNorm() / p;

    /// <summary>The first columns of a product of two reflections.</summary>
    private static RationalMatrix Frame(Trial trial, string matrix, string size) =>
        RationalFrames.Orthogonal(trial.Random(matrix), (int)trial.Variables["d"]).ColumnsFrom(0, (int)trial.Variables[size]);

    private static Measurement MeanOfRandom(Trial trial)
    {
        const int Draws = 16;
        var (i, j, d) = ((int)trial.Variables["i"], (int)trial.Variables["j"], (int)trial.Variables["d"]);
        var sum = 0.0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var (a, b) = (new double[i * d], new double[j * d]);
            trial.Random("A").Derive((ulong)draw).FillGaussian<double>(a, 1.0);
            trial.Random("B").Derive((ulong)draw).FillGaussian<double>(b, 1.0);
            sum += Core.Networks.AdapterSubspace.Similarity(a, i, i, b, j, j, d);
        }

        return sum / Draws;
    }
}
