using System.Numerics;
using System.Numerics.Tensors;
using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>Jang, Lee and Ryu's first theorem: in the regime of the tangent kernel full fine-tuning with a nuclear-norm penalty has a minimiser of rank r with r(r + 1)/2 ≤ KN.</summary>
public static class LowRankMinimiser
{
    private static readonly Domain Problems = Domain.Filling(
        cells: (16, 32, 80), trials: (1, 2, 4), new VariableRange("m", 4, (5, 6, 8), IsInteger: true), new VariableRange("K", 1, 3, IsInteger: true), new VariableRange("N", 1, (3, 4, 6), IsInteger: true), new VariableRange("λ/λ₀", 0.5, 0.05, IsInteger: false));

    private static readonly Domain ManyOutputs = Domain.Filling(
        cells: (8, 8, 16), trials: 1, new VariableRange("m", 5, 6, IsInteger: true), new VariableRange("K", 3, 3, IsInteger: true), new VariableRange("N", 1, 2, IsInteger: true), new VariableRange("λ/λ₀", 0.1, 0.02, IsInteger: false));

    private static readonly Domain Faces = Domain.Filling(cells: (12, 24, 60), trials: (1, 2, 4), new VariableRange("R", 2, (4, 5, 5), IsInteger: true), new VariableRange("KN share", 0.1, 0.9, IsInteger: false));

    /// <summary>Where gradients are in general position the minimiser is one, so that the bound is on every minimiser.</summary>
    public static Claim Generic { get; } = Claim
        .Named("jlr.low-rank-minimiser")
        .DerivedFrom(Papers.JangLeeRyu, "Low-rank minimiser", "Nuclear norm and rank", "L14")
        .States("every minimiser of ½Σ(⟨G_k, X⟩ − y_k)² + λ‖X‖_* over KN outputs has a rank r with r(r + 1)/2 ≤ KN, for almost all G_k")
        .Given(LinearisedAdaptation.On(Problems))
        .Observes("r(r + 1)/2, r the rank that no minimiser exceeds by the duality gap, in exact arithmetic", problem => Rank(problem, Pairs, problem.Count))
        .AgainstItsOwnBound("KN")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("without the half: r(r + 1) ≤ KN", problem => Rank(problem, r => 2 * Pairs(r), problem.Count))
        .RefutedWhen("outputs are not counted: r(r + 1)/2 ≤ N", LinearisedAdaptation.On(ManyOutputs), problem => Rank(problem, Pairs, (int)problem.Trial.Variables["N"]))
        .RefutedWhen("Frobenius' norm in place of the nuclear norm", RidgeRank)
        .Build();

    /// <summary>The theorem's own construction, from a minimiser of any rank.</summary>
    public static Claim Reduction { get; } = Claim
        .Named("jlr.rank-reduction")
        .DerivedFrom(Papers.JangLeeRyu, "Low-rank minimiser (reduction along the nullspace of the KN constraints)", "Nuclear norm and rank", "L14")
        .States("from a minimiser of rank R with R(R + 1)/2 > KN the reduction reaches one of rank r with r(r + 1)/2 ≤ KN")
        .Given(RankedMinimiser.On(Faces))
        .Observes("objective of the reduced solution less the minimum, in rational arithmetic", minimiser => Excess(minimiser, minimiser.Reduced(), r => Pairs(r) <= minimiser.Count))
        .AgainstItsOwnBound("2⁻⁶⁰ of the minimum, which is quadratic in the rounding of the reduction")
        .DecidedBy(Inequality.AtMost)
        .RefutedWhen("without the half: r(r + 1) ≤ KN", minimiser => Excess(minimiser, minimiser.Reduced(), r => 2 * Pairs(r) <= minimiser.Count))
        .RefutedWhen("one constraint is forgotten: r(r + 1)/2 ≤ KN − 1", minimiser => Excess(minimiser, minimiser.Reduced(), r => Pairs(r) < minimiser.Count))
        .RefutedWhen("the smallest singular values are dropped instead", minimiser => Excess(minimiser, minimiser.Factor(), r => Pairs(r) <= minimiser.Count))
        .Build();

    private static int Pairs(int rank) => rank * (rank + 1) / 2;

    /// <summary>Where the certificate's rank satisfies the bound, so does every minimiser's, with certainty. Where it does not, the rank that the computed minimiser has decides, and nothing is certified.</summary>
    private static Measurement Rank(LinearisedAdaptation adaptation, Func<int, int> quantity, int bound)
    {
        adaptation.Problem.Minimise(adaptation.Penalty, relativeGap: 1e-13, steps: 4000);
        var certificate = NuclearNormCertificate.Of(adaptation.Problem, adaptation.Gradients, adaptation.Targets, adaptation.Penalty);
        var certified = quantity(certificate.RankBound);
        return (certified <= bound ? new Measurement(Ball.Exactly(certified)) : Ball.Unbounded(quantity(NumericalRank(adaptation.Problem.Solution, adaptation.Problem.Rows)))) with { Bound = Ball.Exactly(bound) };
    }

    /// <summary>The minimiser of ½Σ(⟨G_k, X⟩ − y_k)² + ½λ‖X‖²_F lies in the span of the G_k, and has the full rank of a combination of them.</summary>
    private static Measurement RidgeRank(LinearisedAdaptation adaptation)
    {
        var (count, size) = (adaptation.Count, adaptation.Problem.Rows * adaptation.Problem.Columns);
        var (gram, coefficients, solution) = (new double[count * count], (double[])adaptation.Targets.Clone(), new double[size]);
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                gram[(k * count) + l] = FixedOrder.Dot<double>(adaptation.Gradients.AsSpan(k * size, size), adaptation.Gradients.AsSpan(l * size, size)) + (k == l ? adaptation.Penalty : 0);
            }
        }

        Cholesky.TryFactor<double>(gram, count);
        Cholesky.Solve<double>(gram, count, coefficients);
        for (var k = 0; k < count; k++)
        {
            TensorPrimitives.FusedMultiplyAdd(adaptation.Gradients.AsSpan(k * size, size), coefficients[k], solution, solution);
        }

        return new Measurement(Ball.Unbounded(Pairs(NumericalRank(solution, adaptation.Problem.Rows)))) { Bound = Ball.Exactly(count) };
    }

    private static int NumericalRank(ReadOnlySpan<double> matrix, int rows)
    {
        var values = new double[rows];
        SingularValueDecomposition.Compute(matrix.ToArray(), rows, values, new double[rows * rows]);
        return values.Count(σ => σ > 1e-6 * values[0]);
    }

    /// <summary>The largest rows of the factor, as many as the rank permits.</summary>
    private static Measurement Excess(RankedMinimiser minimiser, double[] factor, Func<int, bool> permitted)
    {
        var rank = Enumerable.Range(0, minimiser.Rank + 1).Last(permitted);
        var kept = factor.Chunk(minimiser.Rank).OrderByDescending(row => row.Sum(x => x * x)).Take(rank).SelectMany(row => row).ToArray();
        return new(TransferProblem.Enclosed(minimiser.Objective(kept) - minimiser.Minimum)) { Bound = TransferProblem.Enclosed(minimiser.Minimum * new BigRational(1, BigInteger.One << 60)) };
    }
}
