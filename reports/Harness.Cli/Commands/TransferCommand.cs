using System.CommandLine;
using System.Globalization;
using Harness.Claims;
using Harness.Claims.Catalogue.Transfer;
using Harness.Cli.Output;
using Harness.Core.Transfer;
using Harness.Reports.Assemblies;
using Harness.Reports.Transfer;

namespace Harness.Cli.Commands;

/// <summary><c>harness transfer</c>: what adaptation to unknown biases costs the estimators of the library, and the user's own.</summary>
internal static class TransferCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var ratios = Ratios();
        var sources = Numbers.Count("--sources", "K, the number of sources; all have one size.", 2);
        var dimension = Numbers.Count("--dimension", "d, the dimension of the mean that is estimated.", 1);
        var draws = Numbers.Count("--draws", $"Draws a configuration, rounded up to a multiple of {MonteCarloRisk.BlockLength}.", 10_240);
        var estimator = new Option<string?>("--estimator") { Description = "An assembly with estimators of your own: they join the table, and each is held against the bound that no estimator beats.", HelpName = "DLL" };
        var (seed, format) = (Numbers.Seed(), Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md)."));
        var command = new ExemplifiedCommand(
            "transfer",
            "Estimate from several sources with unknown biases: the worst ratio of each estimator's risk to an oracle's that knows the biases.",
            ("harness transfer", "every estimator, two sources from a tenth to a hundred times the target's size"),
            ("harness transfer --sources 8 --ratio 10", "eight sources of ten times the target's size"),
            ("harness transfer --dimension 10 --format json", "in ten dimensions, for a program"),
            ("harness transfer --estimator my.dll", "an estimator of your own beside them, judged"))
        {
            ratios, sources, dimension, draws, estimator, seed, format,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var study = new TransferStudy(
                    parsed.GetRequiredValue(ratios), parsed.GetValue(sources), parsed.GetValue(dimension), (parsed.GetValue(draws) + MonteCarloRisk.BlockLength - 1) / MonteCarloRisk.BlockLength, parsed.GetValue(seed));
                IReadOnlyList<ITransferEstimator> own = parsed.GetValue(estimator) is { } path ? EstimatorAssembly.Load(path) : [];
                return Run(study, own, parsed.GetValue(format), cancellation);
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(TransferStudy study, IReadOnlyList<ITransferEstimator> own, OutputFormat format, CancellationToken cancellation)
    {
        var costs = study.Run([.. TransferEstimators.All, .. own], cancellation);
        var judged = own.Select(estimator => (estimator.Name, Outcome: Judge(estimator, study.Seed))).ToArray();
        if (format == OutputFormat.Json)
        {
            Console.Out.WriteLine(Json.Text(TransferJson.Of(study, costs, judged)));
        }
        else
        {
            TransferTable.Write(Terminal.Out, study, costs, judged);
        }

        var verdicts = judged.Select(j => j.Outcome?.Findings[0].Decision.Verdict).ToArray();
        return verdicts.Contains(Verdict.Violated) ? ExitCode.Violated : verdicts.Contains(Verdict.Undecided) ? ExitCode.Undecided : ExitCode.Holds;
    }

    /// <summary>The claim about every estimator, for this one; null where it supports neither one dimension nor nine.</summary>
    private static Outcome? Judge(ITransferEstimator estimator, ulong seed)
    {
        if (!estimator.Supports(new(TwoPointBound.Dimension(estimator), 1, 1, 1)))
        {
            return null;
        }

        var run = new ClaimRun(TwoPointBound.Of(estimator), data: null);
        return run.Execute(Profile.Gate, seed, ErrorBudget.PerDecision(run.Decisions));
    }

    private static Option<double[]> Ratios() => new("--ratio")
    {
        Description = "n/n₀, the size of a source in units of the target's; several make several columns.",
        HelpName = "X",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [0.1, 1, 10, 100],
        CustomParser = result =>
        {
            var values = new double[result.Tokens.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (!double.TryParse(result.Tokens[i].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !(values[i] is >= 1e-6 and <= 1e9))
                {
                    result.AddError($"--ratio {result.Tokens[i].Value}: expected a number from 1e-6 to 1e9, such as 10.");
                }
            }

            return values;
        },
    };
}
