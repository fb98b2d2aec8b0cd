using System.Collections.Immutable;
using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Core.Tangents;
using Harness.Reports.Performance;

namespace Harness.Reports.Report;

/// <summary>Everything the report shows: it is drawn from the ledger of a run and the catalogue, and, where it is asked for, from those of earlier runs.</summary>
/// <param name="Run">What was run.</param>
/// <param name="Claims">One page a claim, in the order of the catalogue.</param>
/// <param name="Data">The data set, or null where only generated instances were tried.</param>
public sealed record ReportModel(RunHeader Run, ImmutableArray<ClaimPage> Claims, DataSummary? Data)
{
    /// <summary>Where claims beside the catalogue's came from, or null where there are none.</summary>
    public AssemblySummary? Assembly { get; init; }

    /// <summary>Series of earlier runs to show beside this one; empty unless asked for, so that the report depends on its run alone.</summary>
    public ImmutableArray<Series> History { get; init; } = [];

    /// <summary>The page of a claim; null where the run left it out, or observed nothing on generated instances.</summary>
    public ClaimPage? PageOf(Claim claim) => Claims.FirstOrDefault(c => c.Claim.Id == claim.Id && !c.Generated.IsEmpty);

    /// <summary>What was observed of a claim on generated instances; empty where it was not run.</summary>
    /// <param name="id">Id of the claim.</param>
    public ImmutableArray<Observation> Generated(string id) => Claims.FirstOrDefault(c => c.Claim.Id == id)?.Generated ?? [];
}

/// <summary>An assembly of the user with claims.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">Fingerprint, in hexadecimal.</param>
/// <param name="Arguments">The command-line arguments that load it, for the lines that replay a trial: <c>--claims</c> and the file.</param>
public sealed record AssemblySummary(string Name, string Sha256, ImmutableArray<string> Arguments);

/// <summary>What was run, where and when.</summary>
/// <param name="Profile">How much was tried.</param>
/// <param name="Seed">Seed of all random numbers.</param>
/// <param name="Commit">Revision of the harness.</param>
/// <param name="Machine">Processor, vector width, cores and runtime in words.</param>
/// <param name="Started">When the run began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="FalseAlarm">Highest probability that the run reports any violation when every claim is true.</param>
/// <param name="FalseAlarmPerDecision">The share of it that each decision was given.</param>
public sealed record RunHeader(
    Profile Profile, ulong Seed, string Commit, string Machine, DateTimeOffset Started, double Seconds, double FalseAlarm, double FalseAlarmPerDecision);

/// <summary>A claim with what was found and seen.</summary>
/// <param name="Outcome">The claim, its findings, its mutants.</param>
/// <param name="Samples">The claim's own observations, one entry for each finding.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ClaimPage(Outcome Outcome, ImmutableArray<Sample> Samples, double Seconds)
{
    /// <summary>The claim.</summary>
    public Claim Claim => Outcome.Claim;

    /// <summary>The verdict, or null where the claim was not run: a verdict on no evidence would say more than was seen.</summary>
    public Verdict? Verdict => Outcome.Findings.IsEmpty ? null : Outcome.Verdict;

    /// <summary>What was observed on generated instances.</summary>
    public ImmutableArray<Observation> Generated => Samples.FirstOrDefault(s => !s.IsData)?.Observations ?? [];
}

/// <summary>The observations behind one finding.</summary>
/// <param name="On"><see cref="Generated"/>, or the name of a data set.</param>
/// <param name="Observations">In the order of the ledger: cell by cell, trial by trial.</param>
public sealed record Sample(string On, ImmutableArray<Observation> Observations)
{
    /// <summary>The name of instances that a generator drew.</summary>
    public const string Generated = "generated";

    /// <summary>Whether the instances were drawn from real data.</summary>
    public bool IsData => On != Generated;
}

/// <summary>What the data set is like in the terms of the theory.</summary>
/// <param name="Name">File name.</param>
/// <param name="Rows">n, the number of samples.</param>
/// <param name="InputDimension">Columns of raw inputs.</param>
/// <param name="OutputDimension">d.</param>
/// <param name="Classes">Number of classes; 0 for regression.</param>
/// <param name="Separation">δ, the smallest distance between two normalised inputs.</param>
/// <param name="ClosestPair">Row numbers of the closest pair, as a reader of the file counts them.</param>
/// <param name="Duplicates">Pairs of identical inputs.</param>
/// <param name="Conflicts">Pairs of identical inputs with different targets.</param>
/// <param name="Arguments">The command-line arguments that select these samples, for the lines that replay a trial: <c>--data</c>, the file, ….</param>
public sealed record DataSummary(
    string Name,
    int Rows,
    int InputDimension,
    int OutputDimension,
    int Classes,
    double Separation,
    (int First, int Second) ClosestPair,
    int Duplicates,
    int Conflicts,
    ImmutableArray<string> Arguments)
{
    /// <summary>
    /// Smallest eigenvalue of the limit kernel (scale-free, <see cref="LimitKernel"/>) on the closest pair alone, at depth L: L − K(1 − δ²/2), about δL(L + 1)/(2π). By interlacing
    /// the smallest eigenvalue on all samples is no larger, so it bounds the slowest rate of gradient descent in the limit; zero for duplicates.
    /// </summary>
    public double ClosestPairEigenvalue(int depth) => CertifiedLimitKernel.Deficit(CertifiedCosine.OfVersine(Ball.Exactly(Separation * Separation / 2)), depth).Midpoint;

    /// <summary>
    /// Steps in which gradient descent at η = d/(n L m) shrinks the loss along the closest pair's difference by a factor e, in the limit: n L divided by
    /// <see cref="ClosestPairEigenvalue"/>, since a mode contracts the loss by 2η(m/2d)λ a step. Infinite for duplicates.
    /// </summary>
    public double StepsOnClosestPair(int depth) => Rows * depth / ClosestPairEigenvalue(depth);
}
