using System.Collections.Immutable;
using Harness.Claims;
using Harness.Cli.Commands;
using Harness.Cli.Output;
using Harness.Reports.Exports;
using Harness.Reports.Files;
using Harness.Reports.Ledger;
using Harness.Reports.Performance;
using Harness.Reports.Report;
using Harness.Reports.Runs;

namespace Harness.Cli;

/// <summary>Runs claims into a ledger with progress to look at, and prints what came of it.</summary>
internal static class Verification
{
    private const string ReportFile = "report.html", SummaryFile = "summary.md", JUnitFile = "junit.xml", VerdictsFile = "verdicts.json";

    /// <summary>Begins or continues a run, to its end or until cancelled.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="isResumed">Whether the folder has observations of an earlier session.</param>
    /// <param name="threads">Trials at a time.</param>
    /// <param name="output">How the verdicts are printed.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(RequestedRun asked, string folder, bool isResumed, int threads, RunOutput output, CancellationToken cancellation)
    {
        var (request, data, known) = asked;
        var claims = Claims(request, folder, known);
        var run = new VerificationRun(new(claims, request.Profile, request.Seed, data?.Samples) { Assembly = known.IdentityFor(claims) });
        if (!isResumed)
        {
            request.Write(folder);
        }

        try
        {
            var outcomes = Execute(run, folder, data?.Sha256, isResumed, threads, cancellation);
            Print(request, folder, run, Model(request, folder, run, outcomes), outcomes, output);
            return Code(outcomes);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"harness: Stopped; what was observed is kept. Continue with: {ShellLine.Of("harness", "verify", "--resume", "--out", folder)}");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Decides a run again from its ledger and writes its report; nothing is computed.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="figures">Where the figures go as files, or null.</param>
    /// <param name="history">Series of earlier runs that the report shows.</param>
    /// <param name="assembly">Where claims of the user are now, or null for where the run found them.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Report(string folder, string? figures, IReadOnlyList<Series> history, string? assembly)
    {
        var request = RunRequest.Read(folder);
        var run = new VerificationRun(new(Claims(request, folder, KnownClaims.Load(assembly ?? request.Assembly?.Path)), request.Profile, request.Seed, request.Data?.Placeholder));
        var ledger = LedgerReader.Open(folder);
        if (ledger.Identity.Catalogue != CatalogueFingerprint.Of(run.Plan.Claims, run.Plan.Profile))
        {
            throw new UsageException($"{folder}: a claim was changed since the run. Use the program that made it, of commit {ledger.Identity.Commit}, or verify again.");
        }

        var observations = ledger.Entries().ToDictionary(entry => entry.Key, entry => entry.Observation);
        var outcomes = run.Recall(item => observations.GetValueOrDefault(ReplayKey.Of(item, request.Profile, request.Seed)));
        var model = Model(request, folder, run, outcomes) with { History = [.. history] };
        Print(request, folder, run, model, outcomes, new(OutputFormat.Table, HasMutants: false));
        if (figures is not null)
        {
            Console.Out.WriteLine($"{FigureFiles.Write(model, figures)} figures as SVG and CSV: {Path.GetFullPath(figures)}");
        }

        return ExitCode.Holds;
    }

    private static ImmutableArray<Outcome> Execute(VerificationRun run, string folder, string? dataSha256, bool isResumed, int threads, CancellationToken cancellation)
    {
        using var ledger = isResumed ? RunLedger.Resume(folder, run.Plan, dataSha256, threads) : RunLedger.Begin(folder, run.Plan, dataSha256, threads);
        try
        {
            var outcomes = Follow(progress => run.Execute(threads, ledger, progress, cancellation));
            ledger.Conclude(outcomes);
            return outcomes;
        }
        finally
        {
            ledger.KeepTimes(run);
        }
    }

    private static IReadOnlyList<Claim> Claims(RunRequest request, string folder, KnownClaims known)
    {
        var ids = known.All.Select(c => c.Id).ToHashSet();
        return request.Claims.FirstOrDefault(id => !ids.Contains(id)) is { } lost
            ? throw new UsageException($"{folder} was run on another catalogue{(request.Assembly is null ? "" : $", and on other claims in {request.Assembly.Summary.Name}")}: there is no claim {lost} here.")
            : [.. known.All.Where(c => request.Claims.Contains(c.Id))];
    }

    private static T Follow<T>(Func<IRunProgress, T> run) => Terminal.Error.Profile.Capabilities.Interactive
        ? RunProgressBars.Show(Terminal.Error, run)
        : run(new RunProgressLines(Console.Error));

    private static ReportModel Model(RunRequest request, string folder, VerificationRun run, IReadOnlyList<Outcome> outcomes)
    {
        var history = RunHistory.Read(folder);
        if (history.Sessions.IsEmpty)
        {
            throw new UsageException($"{folder}: the record of the run's sessions, {Path.GetFileName(LedgerFolder.Sessions(folder))}, is missing.");
        }

        return RunReport.Model(run, outcomes, history, request.Data?.Summary, request.Assembly?.Summary);
    }

    private static void Print(RunRequest request, string folder, VerificationRun run, ReportModel model, IReadOnlyList<Outcome> outcomes, RunOutput output)
    {
        var report = Path.GetFullPath(Path.Combine(folder, ReportFile));
        var json = Json.Text(RunJson.Of(model));
        if (output.Format == OutputFormat.Json)
        {
            Console.Out.WriteLine(json);
            Write(model, json, folder, report);
            Console.Error.WriteLine(report);
            return;
        }

        VerdictTable.Write(Terminal.Out, model);
        TheoryTable.Write(Terminal.Out, model);
        if (output.HasMutants)
        {
            KillTable.Write(Terminal.Out, model);
        }

        Reasons.Write(Terminal.Out, run, outcomes, request);
        if (model.Data is { } summary)
        {
            DataText.Write(Console.Out, summary);
        }

        Write(model, json, folder, report);
        Console.Out.WriteLine(report);
    }

    /// <summary>The report for people, and the same run for build servers and programs.</summary>
    private static void Write(ReportModel model, string json, string folder, string report)
    {
        HtmlReport.Write(model, report);
        foreach (var (name, text) in new[] { (SummaryFile, MarkdownSummary.Of(model)), (JUnitFile, JUnitXml.Of(model)), (VerdictsFile, json + "\n") })
        {
            AtomicFile.WriteText(Path.Combine(folder, name), text);
        }
    }

    /// <summary>
    /// What the outcomes mean to a build: exploratory claims never fail one, and neither does a time that stays undecided, which a busy machine suffices for. The same cost is decided by counting, and a time
    /// that is surely too steep is violated however busy the machine.
    /// </summary>
    private static int Code(IEnumerable<Outcome> outcomes)
    {
        Outcome[] gating = [.. outcomes.Where(o => o.Claim.Status == ClaimStatus.Gating)];
        return gating.Any(o => o.Verdict == Verdict.Violated) ? ExitCode.Violated
            : gating.Any(o => o.Verdict == Verdict.Undecided && !o.Claim.IsTimed) ? ExitCode.Undecided
            : ExitCode.Holds;
    }
}
