using Harness.Claims;
using Harness.Claims.Decisions;
using Harness.Core.Data;
using Harness.Core.Enclosures;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Model;

/// <summary>A claim has the parts that it was given, and is not made while one is missing.</summary>
public sealed class ClaimBuilderTests
{
    private static readonly Paper Paper = new("mine", "Author", "A Paper", "unpublished");
    private static readonly Generator<double> Sampled = Numbers("as drawn", 1);

    [Test]
    public void Build_WholeClaim_HasItsParts()
    {
        var claim = Claim.Named("mine.a").From(Paper, "Lemma 1", "C1", "C2").States("x ≤ 1").Given(Sampled)
            .Observes("x", x => x).Against("1", v => v.n).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5).Build();
        Assert.That((claim.Id, claim.Statement, claim.Quantity, claim.Against, claim.Status, claim.Reason, claim.Beyond, claim.IsTimed), Is.EqualTo(("mine.a", "x ≤ 1", "x", "1", ClaimStatus.Gating, (string?)null, (string?)null, false)));
        Assert.That((claim.Source.Paper, claim.Source.Item, claim.Source.Provenance, claim.Source.Derivation), Is.EqualTo((Paper, "Lemma 1", Provenance.Stated, (string?)null)));
        Assert.That(claim.Source.Entries, Is.EqualTo(new[] { "C1", "C2" }));
        Assert.That(claim.Procedure, Is.SameAs(Inequality.AtMost));
        Assert.That((claim.Experiment.Domain, claim.Experiment.Hypotheses, claim.Experiment.TakesData), Is.EqualTo((Sampled.Domain, "as drawn", true)));
        Assert.That(claim.Experiment.Scale!(Variables.None.With("n", 7)), Is.EqualTo(7));
        Assert.That(Observed(claim.Experiment), Is.EqualTo(5));
    }

    [Test]
    public void Build_MarkedClaim_SaysWhy()
    {
        var claim = Claim.Named("mine.a").DerivedFrom(Paper, "Lemma 1", "A heading", "C1").BeyondTheList("not in it").States("x ≤ 1").Exploratory("too early").Given(Sampled)
            .ObservesTime("t", x => 2 * x).AgainstItsOwnBound("its own").DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5).Build();
        Assert.That((claim.Source.Provenance, claim.Source.Derivation, claim.Beyond, claim.Status, claim.Reason), Is.EqualTo((Provenance.Derived, "A heading", "not in it", ClaimStatus.Exploratory, "too early")));
        Assert.That(claim.Source.Entries, Is.EqualTo(new[] { "C1" }));
        Assert.That((claim.IsTimed, claim.Against, claim.Experiment.Scale), Is.EqualTo((true, "its own", (Func<Variables, double>?)null)));
        Assert.That(Observed(claim.Experiment), Is.EqualTo(10));
        var unsaid = Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(Sampled).Observes("x", x => x).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5).Build();
        Assert.That((unsaid.Against, unsaid.Experiment.Scale), Is.EqualTo(("", (Func<Variables, double>?)null)), "nothing is said of a bound that is not there");
        Assert.That(Whole().Exploratory("measured only").Build(), Has.Property("Status").EqualTo(ClaimStatus.Exploratory).And.Property("Reason").EqualTo("measured only"));
    }

    [Test]
    public void RefutedWhen_OtherScaleInstancesOrQuantity_ChangesThatAlone()
    {
        var other = Numbers("one more", 2);
        var mutants = Whole().RefutedWhen("others", other).RefutedWhen("tripled", x => 3 * x).RefutedWhen("others, tripled", other, x => 3 * x)
            .RefutedWhen("enclosed", (x, arithmetic) => Enclosed(x, arithmetic)).RefutedWhen("others, enclosed", other, (x, arithmetic) => Enclosed(x, arithmetic)).Build().Mutants;
        Assert.That(mutants.Select(m => m.Name), Is.EqualTo(new[] { "halved", "others", "tripled", "others, tripled", "enclosed", "others, enclosed" }));
        Assert.That(mutants.Select(m => m.ReusesObservations), Is.EqualTo(new[] { true, false, false, false, false, false }));
        Assert.That(mutants.Select(m => m.Experiment.Hypotheses), Is.EqualTo(new[] { "as drawn", "one more", "as drawn", "one more", "as drawn", "one more" }));
        Assert.That(mutants.Select(m => m.Experiment.Domain == other.Domain), Is.EqualTo(new[] { false, true, false, true, false, true }));
        Assert.That(mutants.Select(m => Observed(m.Experiment)), Is.EqualTo(new[] { 5.0, 10, 15, 30, 5, 10 }));
        Assert.That(mutants.Select(m => m.Experiment.Scale!(Variables.None)), Is.EqualTo(new[] { 0.5, 1, 1, 1, 1, 1 }));
    }

    [Test]
    public void Observes_Enclosed_IsMadeAgainInTwoWords()
    {
        var claim = Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(Sampled).Observes("x", Enclosed).Against("1", _ => 1).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5).Build();
        var measured = claim.Experiment.Observe(OfFive());
        Assert.That((measured.Value, measured.Retry!().Value), Is.EqualTo((new Ball(5, 1), new Ball(5, 0))));
    }

    [Test]
    public void Build_PartMissing_SaysWhatAClaimNeeds()
    {
        static IEnumerable<ClaimBuilder<double>> WithoutAPart()
        {
            yield return Claim.Named("mine.a").States("x ≤ 1").Given(Sampled).Observes("x", x => x).DecidedBy(Inequality.AtMost);
            yield return Claim.Named("mine.a").From(Paper, "Lemma 1").Given(Sampled).Observes("x", x => x).DecidedBy(Inequality.AtMost);
            yield return Claim.Named("mine.a").From(Paper, "Lemma 1").States(" ").Given(Sampled).Observes("x", x => x).DecidedBy(Inequality.AtMost);
            yield return Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(Sampled).DecidedBy(Inequality.AtMost);
            yield return Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(Sampled).Observes("x", x => x);
        }

        foreach (var claim in WithoutAPart())
        {
            Assert.That(() => claim.RefutedWhen("halved", _ => 0.5).Build(), Throws.InvalidOperationException.With.Message.StartsWith("mine.a: a claim needs a source, a statement, hypotheses, an observation and a decision procedure"));
        }

        Assert.That(() => Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(Sampled).Observes("x", x => x).DecidedBy(Inequality.AtMost).Build(), Throws.InvalidOperationException.With.Message.Contains("without a mutant"));
    }

    [Test]
    public void Takes_Samples_AsTheHypothesesAllow([Values] bool takesData, [Values] bool needsClasses, [Values(0, 1, 2)] int classes)
    {
        var generator = new Generator<double>(Sampled.Domain, "as drawn", takesData, _ => 1) { NeedsClasses = needsClasses };
        var experiment = Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(generator).Observes("x", x => x).Against("1", _ => 1).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5).Build().Experiment;
        var data = new DataSet("two", [1, 2], 1, [0, 1], 1, classes == 0 ? [] : [0, classes - 1], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
        Assert.That(experiment.Takes(data), Is.EqualTo(takesData && (!needsClasses || classes > 1)));
    }

    [Test]
    public void Changed_Generator_ChangesWhatIsDrawnAndKeepsTheRest()
    {
        var generator = new Generator<double>(Sampled.Domain, "as drawn", takesData: true, trial => trial.n) { NeedsClasses = true };
        var changed = generator.Changed("doubled", x => 2 * x);
        Assert.That((changed.Domain, changed.InWords, changed.TakesData, changed.NeedsClasses, changed.Sample(OfFive())), Is.EqualTo((Sampled.Domain, "as drawn; doubled", true, true, 10.0)));
        var generated = generator.GeneratedOnly();
        Assert.That((generated.Domain, generated.InWords, generated.TakesData, generated.Sample(OfFive())), Is.EqualTo((Sampled.Domain, "as drawn", false, 5.0)));
    }

    [Test]
    public void Measurement_OfANumberOrABall_HasItsRadius()
    {
        Measurement number = 3.0, ball = new Ball(3, 1);
        Assert.That((number.Value.Midpoint, number.Value.Radius, ball.Value, ball.Bound, ball.Retry), Is.EqualTo((3.0, double.NaN, new Ball(3, 1), (Ball?)null, (Func<Measurement>?)null)));
        Assert.That(ball.Series, Is.Empty);
    }

    [Test]
    public void EntryCoverage_Entries_AreAnsweredByClaimsThatNameThem()
    {
        Claim New(string id, bool gates, params string[] entries)
        {
            var builder = Claim.Named(id).From(Paper, "Lemma 1", entries).States("x ≤ 1").Given(Sampled).Observes("x", x => x).Against("1", _ => 1).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5);
            return gates ? builder : builder.Exploratory("measured only");
        }

        Entry[] entries = [.. new[] { "C1", "C2", "C3" }.Select(id => new Entry(id, Paper, "Lemma", id))];
        Claim[] claims = [New("mine.a", false, "C1", "C2"), New("mine.b", true, "C2")];
        var refusal = new Refusal("C3", Paper, "all of it", "out of reach");
        var coverage = EntryCoverage.Of(entries, claims, [refusal]);
        Assert.That(coverage.Select(c => c.Entry), Is.EqualTo(entries));
        Assert.That(coverage.Select(c => string.Join(' ', c.Claims.Select(claim => claim.Id))), Is.EqualTo(new[] { "mine.a", "mine.a mine.b", "" }));
        Assert.That(coverage.Select(c => c.Status), Is.EqualTo(new[] { ClaimStatus.Exploratory, ClaimStatus.Gating, ClaimStatus.Refused }));
        Assert.That(coverage.Select(c => c.Refusal), Is.EqualTo(new[] { null, null, refusal }));
    }

    [TestCase(Relation.AtMost, 0.5)]
    [TestCase(Relation.AtLeast, -0.5)]
    [TestCase(Relation.Equal, -0.5)]
    public void Slack_OfEachRelation_IsTheRoomThatItLeaves(Relation relation, double slack)
    {
        Assert.That(new ComparedExponent("m", 1, 2, relation, Proved: 2, Measured: 1.5, 1, 2).Slack, Is.EqualTo(slack));
        Assert.That(new ComparedExponent("m", 1, 2, relation, Proved: 1.5, Measured: 2, 1, 2).Slack, Is.EqualTo(relation == Relation.Equal ? -0.5 : -slack));
    }

    [Test]
    public void Tightness_OfValues_IsTheMedianAndTheLargestRelativeRadius()
    {
        static Observation[] Of(params Ball[] values) => [.. values.Select(v => new Observation(0, 0, false, Variables.None, v, Ball.Exactly(1), []))];
        Assert.That(Tightness.Of(Of(new(2, 1), new(10, 1), new(4, 1), Ball.Exactly(1))), Is.EqualTo(new Tightness(0.1, 0.5)), "the lower one of two in the middle");
        Assert.That(Tightness.Of(Of(new(2, 1), new(10, 1), new(4, 1))), Is.EqualTo(new Tightness(0.25, 0.5)));
        Assert.That(Tightness.Of([]), Is.Null);
        Assert.That(Tightness.Of(Of(Ball.Exactly(1), Ball.Unbounded(1))), Is.Null);
    }

    private static Measurement Enclosed(double x, Arithmetic arithmetic) => new(new Ball(x, arithmetic == Arithmetic.Double ? 1 : 0));

    private static ClaimBuilder<double> Whole() => Claim.Named("mine.a").From(Paper, "Lemma 1").States("x ≤ 1").Given(Sampled).Observes("x", x => x).Against("1", _ => 1).DecidedBy(Inequality.AtMost).RefutedWhen("halved", _ => 0.5);

    private static Generator<double> Numbers(string inWords, double factor) =>
        new(Domain.Filling(1, 1, new VariableRange("n", 1, 8, IsInteger: true)), inWords, takesData: true, trial => factor * trial.n);

    private static Trial OfFive() => new(Variables.None.With("n", 5), RandomStream.FromSeed(1), data: null, Profile.Gate);

    private static double Observed(Experiment experiment) => experiment.Observe(OfFive()).Value.Midpoint;
}
