using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Catalogue;

/// <summary>What every claim of the catalogue owes its reader.</summary>
public sealed class CatalogueTests
{
    private static IReadOnlyList<Claim> All => Harness.Claims.Catalogue.Catalogue.All;

    private static IEnumerable<TestCaseData> Claims() => All.Select(claim => new TestCaseData(claim).SetArgDisplayNames(claim.Id));

    private static IEnumerable<TestCaseData> ReproducibleClaims() => Claims().Where(test => test.Arguments[0] is Claim { IsTimed: false });

    [Test]
    public void Ids_AreUnique() => Assert.That(All.Select(c => c.Id), Is.Unique);

    [TestCaseSource(nameof(Claims))]
    public void Claim_Id_NamesItsPaperInLowerCase(Claim claim) => Assert.That(claim.Id, Does.Match($@"^{claim.Source.Paper.Key}\.[a-z0-9]+(-[a-z0-9]+)*$"));

    [TestCaseSource(nameof(Claims))]
    public void Claim_WhoseSourceIsDerived_HasItsDerivation(Claim claim)
    {
        if (claim.Source.Provenance == Provenance.Derived)
        {
            Assert.That(File.ReadLines(Path.Combine(Repository.Root, "docs", "derivations.md")), Has.Member($"## {claim.Source.Derivation}"));
        }
        else
        {
            Assert.That(claim.Source.Derivation, Is.Null);
        }
    }

    [TestCaseSource(nameof(Claims))]
    public void Claim_ThatIsNotConfirmed_DoesNotGate(Claim claim) =>
        Assert.That(claim.Source.Provenance == Provenance.Unconfirmed && claim.Status == ClaimStatus.Gating, Is.False);

    [TestCaseSource(nameof(Claims))]
    public void Claim_ThatDoesNotGate_SaysWhy(Claim claim) => Assert.That(claim.Reason is null, Is.EqualTo(claim.Status == ClaimStatus.Gating));

    [TestCaseSource(nameof(Claims))]
    public void Claim_HasAMutantOfEachName(Claim claim)
    {
        Assert.That(claim.Mutants, Is.Not.Empty);
        Assert.That(claim.Mutants.Select(m => m.Name), Is.Unique);
    }

    [TestCaseSource(nameof(Claims))]
    public void Claim_Domain_GrowsWithTheProfile(Claim claim)
    {
        var cells = Enum.GetValues<Profile>().Select(profile => ClaimPlan.Cells(claim, 0, profile, null).Count).ToArray();
        Assert.That(cells, Is.Ordered.And.All.Positive);
    }

    /// <summary>A trial is a pure function of its key: the first trial of every variant, observed twice in different order, has the same bits.</summary>
    [TestCaseSource(nameof(ReproducibleClaims))]
    public void Trial_ObservedAgain_HasTheSameBits(Claim claim)
    {
        var items = Enumerable.Range(0, claim.Mutants.Length + 1).Select(variant => ClaimPlan.Items(claim, variant, Profile.Gate, null, 0).First()).ToArray();
        var first = items.Select(item => Bits(item.Observe(7, Profile.Gate))).ToArray();
        var again = items.Reverse().Select(item => Bits(item.Observe(7, Profile.Gate))).Reverse();
        Assert.That(again, Is.EqualTo(first));

        static (long, long, long, long, bool, string) Bits(Observation o) => (
            BitConverter.DoubleToInt64Bits(o.Value.Midpoint), BitConverter.DoubleToInt64Bits(o.Value.Radius), BitConverter.DoubleToInt64Bits(o.Bound.Midpoint), BitConverter.DoubleToInt64Bits(o.Bound.Radius),
            o.IsRetry, o.Variables.ToString());
    }

    [TestCaseSource(nameof(Claims))]
    public void ReplayKey_OfATrial_ReadsBack(Claim claim)
    {
        var key = ReplayKey.Of(ClaimPlan.Items(claim, claim.Mutants.Length, Profile.Standard, null, 0).Last(), Profile.Standard, ulong.MaxValue / 2);
        Assert.That(ReplayKey.Parse(key.ToString()), Is.EqualTo(key));
    }

    [Test]
    public void Entries_HaveUniqueIds() => Assert.That(Entries.All.Select(e => e.Id), Is.Unique);

    private static IEnumerable<TestCaseData> EveryEntry() => Entries.Coverage.Select(entry => new TestCaseData(entry).SetArgDisplayNames(entry.Entry.Id));

    /// <summary>Answered or refused, and refused beside claims only for a part that is named.</summary>
    [TestCaseSource(nameof(EveryEntry))]
    public void Entry_IsAnsweredOrRefused(EntryCoverage entry)
    {
        Assert.That(!entry.Claims.IsEmpty || entry.Refusal is not null, $"{entry.Entry.Id} ({entry.Entry.Statement}) has neither a claim nor a refusal.");
        Assert.That(Entries.Refusals.Count(r => r.Entry == entry.Entry.Id), Is.AtMost(1));
        if (entry.Refusal is { } refusal)
        {
            Assert.That(refusal.Statement, Is.Not.Empty.And.Not.EqualTo(entry.Entry.Statement));
            Assert.That(refusal.Reason, Does.EndWith("."));
        }
    }

    [Test]
    public void Refusals_NameEntries() => Assert.That(Entries.Refusals.Select(r => r.Entry), Is.SubsetOf(Entries.All.Select(e => e.Id)));

    [TestCaseSource(nameof(Claims))]
    public void Claim_AnswersEntriesOrSaysWhyNone(Claim claim)
    {
        Assert.That(claim.Source.Entries, Is.Unique.And.SubsetOf(Entries.All.Select(e => e.Id)));
        Assert.That(claim.Beyond is null, Is.EqualTo(!claim.Source.Entries.IsEmpty), "A claim answers an entry, or says why it answers none (BeyondTheList).");
    }

    [Test]
    public void Catalogue_OfTheFirstTheorem_HasEveryProcedure() =>
        Assert.That(All.Select(c => c.Procedure.Name).Distinct(), Is.SupersetOf(new[] { "identity", "inequality", "hidden constant", "probability", "exponent", "rate", "count", "cost" }));

    [Test]
    public void Claim_OfMeasuredCost_IsTimedAndNoOther() =>
        Assert.That(All.Where(c => c.IsTimed).Select(c => c.Id), Is.EqualTo(All.Where(c => c.Procedure is Cost).Select(c => c.Id)).And.Not.Empty);
}
