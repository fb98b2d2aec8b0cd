using Harness.Claims.Decisions;
using Harness.Claims.Exact;
using Harness.Claims.Instances;
using Harness.Core.Enclosures;
using Harness.Core.Networks;
using Harness.Core.Numerics;

namespace Harness.Claims.Catalogue.Adapters;

/// <summary>What rank r costs: no adapter comes closer to a weight change E than its singular values beyond the r-th (Eckart and Young), and one comes as close.</summary>
public static class RankFloor
{
    private static readonly Domain Targets = Domain.Filling(cells: (12, 24, 72), trials: (2, 4, 8), new VariableRange("d", 3, (5, 6, 8), IsInteger: true), new VariableRange("r", 1, (2, 3, 4), IsInteger: true));

    private static readonly Generator<Trial> Instances = new(Targets, "E = UΣVᵀ with rational frames and singular values d, d − 1, …, 1", takesData: false, trial => trial);

    /// <summary>Attained.</summary>
    public static Claim Attained { get; } = Claim
        .Named("lora.rank-floor-attained")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (generalisation of full fine-tuning)", "Low-rank adapters", "L5")
        .States("min over A, B of ‖E − BA‖²_F = Σ_{i>r} σ_i²:   B = EV_r, A = V_rᵀ; every E is reached from r = rank E on")
        .Given(Instances)
        .Observes("‖E − BA‖²_F − Σ_{i>r} σ_i², in rational arithmetic", trial => new(TransferProblem.Enclosed(BestError(trial) - Tail(trial, 0))) { Bound = Ball.Exactly(0) })
        .AgainstItsOwnBound("0")
        .DecidedBy(Identity.Residual)
        .RefutedWhen("one singular value more is left", trial => new(TransferProblem.Enclosed(BestError(trial) - Tail(trial, -1))) { Bound = Ball.Exactly(0) })
        .Build();

    /// <summary>Never beaten, by no adapter that training visits.</summary>
    public static Claim Bound { get; } = Claim
        .Named("lora.rank-floor")
        .DerivedFrom(Papers.HuEtAl, "Section 4.1 (rank of the update)", "Low-rank adapters", "L5")
        .States("rank BA ≤ r and ‖E − s·BA‖²_F ≥ Σ_{i>r} σ_i²   for every adapter, trained or not")
        .Given(Instances)
        .Observes("‖E − s·BA‖²_F − Σ_{i>r} σ_i² after training by gradient descent, in rational arithmetic", trial => new(TransferProblem.Enclosed(TrainedError(trial) - Tail(trial, 0))) { Bound = Ball.Exactly(0) })
        .AgainstItsOwnBound("0")
        .DecidedBy(Inequality.AtLeast)
        .RefutedWhen("one singular value more is left", trial => new(TransferProblem.Enclosed(TrainedError(trial) - Tail(trial, -1))) { Bound = Ball.Exactly(0) })
        .Build();

    /// <summary>Σ_{i>r+shift} σ_i² with σ_i = d + 1 − i.</summary>
    private static BigRational Tail(Trial trial, int shift) => Enumerable.Range(1, Math.Max(0, trial.d - (int)trial.Variables["r"] - shift)).Sum(σ => σ * σ);

    private static (RationalMatrix Target, RationalMatrix Right) Draw(Trial trial)
    {
        var (u, v) = (RationalFrames.Orthogonal(trial.Random("U"), trial.d), RationalFrames.Orthogonal(trial.Random("V"), trial.d));
        return (u * RationalMatrix.Of(trial.d, trial.d, (i, j) => i == j ? trial.d - i : 0) * v.Transpose(), v);
    }

    private static BigRational BestError(Trial trial)
    {
        var (target, v) = Draw(trial);
        var directions = v.ColumnsFrom(0, (int)trial.Variables["r"]);
        return (target - (target * directions * directions.Transpose())).SquaredFrobeniusNorm();
    }

    /// <summary>
    /// Gradient descent on ½‖E − s·BA‖²_F. The rate is below 2/λ_max of the Hessian, about 2d, along the way; should a run diverge all the same its error is only larger. The last adapter is read off as exact numbers.
    /// </summary>
    private static BigRational TrainedError(Trial trial)
    {
        const int Steps = 400;
        const double Scale = 0.5;
        var (target, _) = Draw(trial);
        var (d, rank) = (trial.d, (int)trial.Variables["r"]);
        var (adapter, error, identity) = (new LowRankAdapter<double>(d, d, rank, Scale), new double[d * d], new double[d * d]);
        adapter.InitialiseGaussian(trial.Random("A"), 1);
        for (var i = 0; i < d; i++)
        {
            identity[(i * d) + i] = 1;
        }

        var (rate, workspace, difference) = (0.3 / (Scale * d), new double[adapter.WorkspaceLength(d)], new Weights<double>(d, d));
        for (var step = 0; step < Steps; step++)
        {
            difference.CopyFrom([.. from i in Enumerable.Range(0, d) from j in Enumerable.Range(0, d) select -target[i, j].ToDouble()]);
            adapter.Merge(difference);
            difference.CopyTo(error);
            adapter.AddGradients(error, identity, d, d, -rate, -rate, adapter.Down, adapter.Up, workspace);
        }

        var update = BigRational.Exactly(Scale) * (RationalMatrix.Exactly(adapter.Up) * RationalMatrix.Exactly(adapter.Down));
        return update.Rank() <= rank ? (target - update).SquaredFrobeniusNorm() : throw new InvalidOperationException($"The update of rank {update.Rank()} is beyond {rank}.");
    }
}
