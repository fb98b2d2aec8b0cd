using System.Collections.Immutable;
using Harness.Core.Enclosures;

namespace Harness.Claims;

/// <summary>The decision of a claim on one kind of samples.</summary>
/// <param name="On">"generated", or the name of a data set.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Scope">On what it was reached, in words: "24 instances, n 2–32, m 128–512".</param>
public sealed record Finding(string On, Decision Decision, string Scope)
{
    /// <summary>Number of instances it was reached on.</summary>
    public int Instances { get; init; }

    /// <summary>The name of generated instances wherever the name of a data set could stand.</summary>
    public const string Generated = "generated";
}

/// <summary>What became of a mutant.</summary>
/// <param name="Name">What was broken.</param>
/// <param name="Decision">The decision of the same procedure.</param>
public sealed record MutantOutcome(string Name, Decision Decision)
{
    /// <summary>What it was decided on, in the order of the ledger; with the mutant's bounds where it reuses the claim's observations.</summary>
    public ImmutableArray<Observation> Observations { get; init; } = [];

    /// <summary>Whether it was refuted, as it must be.</summary>
    public bool IsRefuted => Decision.Verdict == Verdict.Violated;
}

/// <summary>Everything that was found out about a claim in one run.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Findings">Its decisions, generated instances first.</param>
/// <param name="Mutants">Its mutants.</param>
public sealed record Outcome(Claim Claim, ImmutableArray<Finding> Findings, ImmutableArray<MutantOutcome> Mutants)
{
    /// <summary>
    /// The worst of the findings; and undecided where a mutant survived, because a check that its mutants pass has not shown that it can fail.
    /// </summary>
    public Verdict Verdict =>
        Findings.Any(f => f.Decision.Verdict == Verdict.Violated) ? Verdict.Violated
        : Findings.Any(f => f.Decision.Verdict == Verdict.Undecided) || Mutants.Any(m => !m.IsRefuted) ? Verdict.Undecided
        : Verdict.Holds;

    /// <summary>Whether every finding is certified.</summary>
    public bool IsCertified => Findings.All(f => f.Decision.IsCertified);

    /// <summary>In which sense a finding was reached: <c>certified on 240 instances</c>, <c>statistical on 240 instances (level 3E-09)</c>. It never says more than was seen.</summary>
    public string SenseOf(Finding finding) => SenseOf(finding.Decision, finding.Instances);

    /// <summary>The sense of all findings together: the weakest of them.</summary>
    public string Sense => Findings.IsEmpty ? "" : SenseOf(
        Findings.Select(f => f.Decision).OrderBy(d => d.Verdict != Verdict).ThenBy(d => d.IsCertified).ThenBy(d => d.Level is null).First(), Findings.Sum(f => f.Instances));

    private string SenseOf(Decision decision, int instances)
    {
        var on = FormattableString.Invariant($"{instances} {(instances == 1 ? "instance" : "instances")}");
        var level = FormattableString.Invariant($"(level {decision.Level:G2})");
        var timed = Claim.IsTimed ? ", timed on this machine" : "";
        return decision switch
        {
            { Verdict: Verdict.Undecided } => $"not decided by {on}",
            { IsCertified: true, Level: null } => $"certified on {on}",
            { IsCertified: true } => $"certified on {on}, drift statistical {level}",
            { Level: not null } => $"statistical on {on}{timed} {level}",
            _ => $"on {on}, rounding not enclosed",
        };
    }

    /// <summary>Decides one kind of samples.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="on">"generated" or the name of the data set.</param>
    /// <param name="generated">All observations on generated instances.</param>
    /// <param name="onData">Observations on real samples; empty to decide on the generated ones.</param>
    /// <param name="falseAlarm">Level of this decision.</param>
    public static Finding Decide(Claim claim, string on, IReadOnlyList<Observation> generated, IReadOnlyList<Observation> onData, double falseAlarm)
    {
        var decided = onData.Count > 0 ? onData : generated;
        var decision = claim.Procedure.Decide(Evidence(claim, claim.Experiment.Domain, generated, onData), falseAlarm);
        return new(on, decision, Scope(claim.Experiment.Domain, decided)) { Instances = decided.Count };
    }

    /// <summary>Decides a mutant: constants come from the claim's own calibration, unless the mutant's scale is what differs.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="mutant">The mutant.</param>
    /// <param name="own">The claim's observations on generated instances.</param>
    /// <param name="observed">The mutant's observations; ignored where it reuses the claim's.</param>
    /// <param name="falseAlarm">Level of the decision.</param>
    public static MutantOutcome Decide(Claim claim, Mutant mutant, IReadOnlyList<Observation> own, IReadOnlyList<Observation> observed, double falseAlarm)
    {
        var evidence = mutant.ReusesObservations
            ? Evidence(claim, mutant.Experiment.Domain, [.. own.Select(o => o with { Bound = Ball.Exactly(mutant.Experiment.Scale!(o.Variables)) })], [])
            : claim.Procedure.Calibrates
                ? Evidence(claim, mutant.Experiment.Domain, [.. own.Where(o => o.IsCalibration), .. observed.Where(o => !o.IsCalibration)], [])
                : Evidence(claim, mutant.Experiment.Domain, observed, []);
        return new(mutant.Name, claim.Procedure.Decide(evidence, falseAlarm)) { Observations = [.. evidence.Calibration, .. evidence.HeldOut] };
    }

    private static Evidence Evidence(Claim claim, Domain domain, IReadOnlyList<Observation> generated, IReadOnlyList<Observation> onData)
    {
        if (onData.Count > 0)
        {
            return new(claim.Procedure.Calibrates ? [.. generated.Where(o => o.IsCalibration)] : [], onData, []);
        }

        var (calibration, heldOut) = claim.Procedure.Calibrates
            ? ([.. generated.Where(o => o.IsCalibration)], [.. generated.Where(o => !o.IsCalibration)])
            : ((IReadOnlyList<Observation>)[], generated);
        return new(calibration, heldOut, domain.Swept) { Stated = domain.Stated };
    }

    private static string Scope(Domain domain, IReadOnlyList<Observation> observations)
    {
        var symbols = domain.Symbols.Where(s => observations.Count > 0 && observations.All(o => o.Variables.TryGet(s, out _)));
        var ranges = symbols.Select(s =>
        {
            var (low, high) = (observations.Min(o => o.Variables[s]), observations.Max(o => o.Variables[s]));
            return FormattableString.Invariant(low == high ? $"{s} = {low:G3}" : (FormattableString)$"{s} {low:G3}–{high:G3}");
        });
        var retries = observations.Count(o => o.IsRetry);
        return FormattableString.Invariant($"{observations.Count} instances") + string.Concat(ranges.Select(r => ", " + r))
            + (retries > 0 ? FormattableString.Invariant($"; {retries} measured again at higher precision") : "");
    }
}
