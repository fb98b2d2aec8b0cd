using System.Collections.Immutable;
using Harness.Core.Data;

namespace Harness.Claims;

/// <summary>Whether a claim's verdict can fail a build.</summary>
public enum ClaimStatus
{
    /// <summary>A violation fails the build.</summary>
    Gating,

    /// <summary>Measured and reported; never fails anything.</summary>
    Exploratory,

    /// <summary>Not run; the reason says why.</summary>
    Refused,
}

/// <summary>A variant of an experiment: where it is tried, what is observed, against which scale.</summary>
/// <param name="Domain">Cells and trials.</param>
/// <param name="Hypotheses">The instances in words.</param>
/// <param name="TakesData">Whether instances can be drawn from real samples.</param>
/// <param name="Observe">Draws the instance and measures it.</param>
/// <param name="Scale">The bound's scale in the variables of the observation, or null where the measurement brings its own bound.</param>
public sealed record Experiment(Domain Domain, string Hypotheses, bool TakesData, Func<Trial, Measurement> Observe, Func<Variables, double>? Scale)
{
    /// <summary>Whether real samples must have classes.</summary>
    public bool NeedsClasses { get; init; }

    /// <summary>Whether the experiment is tried on these samples.</summary>
    public bool Takes(DataSet data) => TakesData && (!NeedsClasses || data.Classes.Length > 1);
}

/// <summary>A theorem broken on purpose: the same procedure must refute it, or the claim is vacuous.</summary>
/// <param name="Name">What was broken: "δ is left out".</param>
/// <param name="Experiment">The broken experiment.</param>
/// <param name="ReusesObservations">True when only the scale differs, so that the claim's own observations serve.</param>
public sealed record Mutant(string Name, Experiment Experiment, bool ReusesObservations);

/// <summary>
/// An executable claim: source, statement, hypotheses, observation, decision, mutants.
/// </summary>
public sealed class Claim
{
    internal Claim(ClaimBuilder b, Experiment experiment, ImmutableArray<Mutant> mutants)
    {
        (Id, Source, Statement, Quantity, Against, Status, Reason) = (b.Id, b.Source, b.Statement, b.Quantity, b.Against, b.Status, b.Reason);
        Beyond = b.BeyondReason;
        (Experiment, Procedure, Mutants, IsTimed) = (experiment, b.Procedure!, mutants, b.IsTimed);
    }

    /// <summary>"azls.gradient-lower-bound".</summary>
    public string Id { get; }

    /// <summary>Paper, item and provenance.</summary>
    public Source Source { get; }

    /// <summary>The formula; every document prints this one.</summary>
    public string Statement { get; }

    /// <summary>The observed quantity in symbols, for axes and tables.</summary>
    public string Quantity { get; }

    /// <summary>What it is held against, in symbols.</summary>
    public string Against { get; }

    /// <summary>Whether it gates.</summary>
    public ClaimStatus Status { get; }

    /// <summary>Why it does not gate; null for gating claims.</summary>
    public string? Reason { get; }

    /// <summary>Why the claim answers no entry of its paper's list; null where it answers one.</summary>
    public string? Beyond { get; }

    /// <summary>Hypotheses and observation.</summary>
    public Experiment Experiment { get; }

    /// <summary>
    /// Whether times are observed. They differ from run to run and from machine to machine, so a timed claim is kept apart from everything that is reproducible bit for bit:
    /// its observations and verdicts have files of their own, and no unit test gates on it.
    /// </summary>
    public bool IsTimed { get; }

    /// <summary>How it is decided.</summary>
    public IDecisionProcedure Procedure { get; }

    /// <summary>The ways in which it is broken on purpose.</summary>
    public ImmutableArray<Mutant> Mutants { get; }

    /// <summary>Opens a claim.</summary>
    public static ClaimBuilder Named(string id) => new(id);
}

/// <summary>Builds a <see cref="Claim"/> in the order in which a theorem is read.</summary>
public sealed class ClaimBuilder
{
    private Func<Trial, Measurement>? observe;
    private Func<Variables, double>? scale;
    private Generator? generator;
    private readonly List<Func<Experiment, Mutant>> mutants = [];

    internal ClaimBuilder(string id) => Id = id;

    internal string Id { get; }

    internal Source Source { get; private set; } = null!;

    internal string Statement { get; private set; } = null!;

    internal string Quantity { get; private set; } = "";

    internal string Against { get; private set; } = "";

    internal ClaimStatus Status { get; private set; } = ClaimStatus.Gating;

    internal string? Reason { get; private set; }

    internal string? BeyondReason { get; private set; }

    internal bool IsTimed { get; private set; }

    internal IDecisionProcedure? Procedure { get; private set; }

    /// <summary>Source: a statement of the paper.</summary>
    public ClaimBuilder From(Paper paper, string item, params ReadOnlySpan<string> entries) => FromSource(new(paper, item, Provenance.Stated, null, [.. entries]));

    /// <summary>Source: derived under <paramref name="derivation"/>, a heading of docs/derivations.md, around an item of the paper.</summary>
    public ClaimBuilder DerivedFrom(Paper paper, string item, string derivation, params ReadOnlySpan<string> entries) =>
        FromSource(new(paper, item, Provenance.Derived, derivation, [.. entries]));

    private ClaimBuilder FromSource(Source source)
    {
        Source = source;
        return this;
    }

    /// <summary>Marks a claim that answers no entry of its paper's list, with the reason.</summary>
    public ClaimBuilder BeyondTheList(string reason)
    {
        BeyondReason = reason;
        return this;
    }

    /// <summary>Statement: the formula.</summary>
    public ClaimBuilder States(string statement)
    {
        Statement = statement;
        return this;
    }

    /// <summary>Hypotheses: where and on what.</summary>
    public ClaimBuilder<TInstance> Given<TInstance>(Generator<TInstance> instances)
    {
        generator = instances;
        return new(this, instances);
    }

    /// <summary>Marks a claim that is measured and reported but never gates.</summary>
    public ClaimBuilder Exploratory(string reason)
    {
        (Status, Reason) = (ClaimStatus.Exploratory, reason);
        return this;
    }

    internal void Observes(string quantity, Func<Trial, Measurement> observation, bool isTimed) => (Quantity, observe, IsTimed) = (quantity, observation, isTimed);

    internal void AgainstBound(string bound, Func<Variables, double>? boundScale) => (Against, scale) = (bound, boundScale);

    internal void DecidedBy(IDecisionProcedure procedure) => Procedure = procedure;

    internal void Refuted(Func<Experiment, Mutant> mutant) => mutants.Add(mutant);

    internal Claim Build()
    {
        if (Source is null || string.IsNullOrWhiteSpace(Statement) || generator is null || observe is null || Procedure is null)
        {
            throw new InvalidOperationException($"{Id}: a claim needs a source, a statement, hypotheses, an observation and a decision procedure.");
        }

        if (mutants.Count == 0)
        {
            throw new InvalidOperationException($"{Id}: a claim without a mutant cannot show that it can fail. Add RefutedWhen(…).");
        }

        var experiment = new Experiment(generator.Domain, generator.InWords, generator.TakesData, observe, scale) { NeedsClasses = generator.NeedsClasses };
        return new(this, experiment, [.. mutants.Select(mutant => mutant(experiment))]);
    }
}

/// <summary>The part of a claim that knows its instances.</summary>
public sealed class ClaimBuilder<TInstance>
{
    private readonly ClaimBuilder claim;
    private readonly Generator<TInstance> instances;
    private Func<TInstance, Measurement>? observation;

    internal ClaimBuilder(ClaimBuilder claim, Generator<TInstance> instances) => (this.claim, this.instances) = (claim, instances);

    /// <summary>Observation: the measured quantity, with the name it has on an axis.</summary>
    public ClaimBuilder<TInstance> Observes(string quantity, Func<TInstance, Measurement> measure) => Observes(quantity, measure, isTimed: false);

    /// <summary>Observation on enclosures: in double precision, and again in double-double where that is too wide to decide on.</summary>
    public ClaimBuilder<TInstance> Observes(string quantity, Func<TInstance, Arithmetic, Measurement> measure) => Observes(quantity, Retrying(measure));

    /// <summary>Observation of a time, in seconds: not reproducible, see <see cref="Claim.IsTimed"/>.</summary>
    public ClaimBuilder<TInstance> ObservesTime(string quantity, Func<TInstance, Measurement> measure) => Observes(quantity, measure, isTimed: true);

    private ClaimBuilder<TInstance> Observes(string quantity, Func<TInstance, Measurement> measure, bool isTimed)
    {
        observation = measure;
        var generate = instances;
        claim.Observes(quantity, trial => measure(generate.Sample(trial)), isTimed);
        return this;
    }

    /// <summary>The bound, or the bound's scale, as a formula in the variables.</summary>
    public ClaimBuilder<TInstance> Against(string bound, Func<Variables, double> scale)
    {
        claim.AgainstBound(bound, scale);
        return this;
    }

    /// <summary>The bound is computed by the observation itself.</summary>
    public ClaimBuilder<TInstance> AgainstItsOwnBound(string bound)
    {
        claim.AgainstBound(bound, null);
        return this;
    }

    /// <summary>Decision.</summary>
    public ClaimBuilder<TInstance> DecidedBy(IDecisionProcedure procedure)
    {
        claim.DecidedBy(procedure);
        return this;
    }

    /// <summary>Mutant: another scale, on the claim's own observations.</summary>
    public ClaimBuilder<TInstance> RefutedWhen(string broken, Func<Variables, double> scale)
    {
        claim.Refuted(e => new(broken, e with { Scale = scale }, ReusesObservations: true));
        return this;
    }

    /// <summary>Mutant: other instances, a dropped hypothesis.</summary>
    public ClaimBuilder<TInstance> RefutedWhen(string broken, Generator<TInstance> given)
    {
        var measure = observation!;
        claim.Refuted(e => new(broken, e with { Domain = given.Domain, Hypotheses = given.InWords, Observe = trial => measure(given.Sample(trial)) }, ReusesObservations: false));
        return this;
    }

    /// <summary>Mutant: another quantity, a broken formula.</summary>
    public ClaimBuilder<TInstance> RefutedWhen(string broken, Func<TInstance, Measurement> observes)
    {
        var generate = instances;
        claim.Refuted(e => new(broken, e with { Observe = trial => observes(generate.Sample(trial)) }, ReusesObservations: false));
        return this;
    }

    /// <summary>Mutant: another quantity, enclosed.</summary>
    public ClaimBuilder<TInstance> RefutedWhen(string broken, Func<TInstance, Arithmetic, Measurement> observes) => RefutedWhen(broken, Retrying(observes));

    /// <summary>Mutant: another quantity, enclosed, on other instances.</summary>
    public ClaimBuilder<TInstance> RefutedWhen(string broken, Generator<TInstance> given, Func<TInstance, Arithmetic, Measurement> observes) => RefutedWhen(broken, given, Retrying(observes));

    /// <summary>Mutant: another quantity on other instances.</summary>
    public ClaimBuilder<TInstance> RefutedWhen(string broken, Generator<TInstance> given, Func<TInstance, Measurement> observes)
    {
        claim.Refuted(e => new(broken, e with { Domain = given.Domain, Hypotheses = given.InWords, Observe = trial => observes(given.Sample(trial)) }, ReusesObservations: false));
        return this;
    }

    /// <inheritdoc cref="ClaimBuilder.Exploratory"/>
    public ClaimBuilder<TInstance> Exploratory(string reason)
    {
        claim.Exploratory(reason);
        return this;
    }

    /// <summary>Closes the claim.</summary>
    /// <exception cref="InvalidOperationException">A part is missing.</exception>
    public Claim Build() => claim.Build();

    private static Func<TInstance, Measurement> Retrying(Func<TInstance, Arithmetic, Measurement> measure) =>
        instance => measure(instance, Arithmetic.Double) with { Retry = () => measure(instance, Arithmetic.DoubleDouble) };

    /// <summary>A claim in the making is a claim.</summary>
    public static implicit operator Claim(ClaimBuilder<TInstance> builder) => builder.Build();
}
