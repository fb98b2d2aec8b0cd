using Harness.Claims;
using Harness.Reports.Transfer;

namespace Harness.Cli.Output;

/// <summary>What <c>transfer --format json</c> prints. Names and meaning are documented in docs/cli.md and stable.</summary>
internal sealed record TransferJson(int Sources, int Dimension, int Draws, ulong Seed, IReadOnlyList<TransferColumnJson> Ratios, IReadOnlyList<TransferJudgementJson> Judged)
{
    /// <summary>The object of a study.</summary>
    public static TransferJson Of(TransferStudy study, IReadOnlyList<IReadOnlyList<AdaptationCost>> costs, IReadOnlyList<(string Name, Outcome? Outcome)> judged) => new(
        study.Sources,
        study.Dimension,
        study.Blocks * Core.Transfer.MonteCarloRisk.BlockLength,
        study.Seed,
        [.. study.Ratios.Zip(costs, (ratio, column) => new TransferColumnJson(ratio, study.LowerBound(ratio), column))],
        [.. judged.Select(j => new TransferJudgementJson(j.Name, j.Outcome is { } o ? Words.Of(o.Findings[0].Decision.Verdict) : null, j.Outcome?.Findings[0].Decision.Because))]);
}

/// <summary>A column in <see cref="TransferJson"/>: n/n₀, what no estimator is below, and the costs.</summary>
internal sealed record TransferColumnJson(double Ratio, double LowerBound, IReadOnlyList<AdaptationCost> Estimators);

/// <summary>An estimator of the user in <see cref="TransferJson"/>; the verdict is null where it was not judged.</summary>
internal sealed record TransferJudgementJson(string Estimator, string? Verdict, string? Because);
