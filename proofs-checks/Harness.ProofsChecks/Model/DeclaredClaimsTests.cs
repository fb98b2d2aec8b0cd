using System.Reflection;
using System.Reflection.Emit;
using Harness.Claims;
using Harness.Claims.Catalogue;
using Harness.Claims.Decisions;
using NUnit.Framework;

namespace Harness.ProofsChecks.Model;

/// <summary>Which claims an assembly declares, and what is refused, with the member that is to blame.</summary>
public sealed class DeclaredClaimsTests
{
    private static readonly Paper Mine = new("mine", "Author", "A Paper", "unpublished");

    [Test]
    public void In_PropertiesFieldsAndLists_FindsEachClaimOnceInTheOrderOfIds() =>
        Assert.That(DeclaredClaims.In([typeof(Whole), typeof(Open<>)]).Select(claim => claim.Id), Is.EqualTo(new[] { "azls.mine", "mine.a", "mine.b", "mine.c" }));

    [Test]
    public void In_AnAssemblyWithoutClaims_SaysWhatToDeclare() =>
        Assert.That(() => DeclaredClaims.In(typeof(TestAttribute).Assembly), Throws.TypeOf<InvalidClaimException>().With.Message.Contains("public static Claim"));

    [TestCase(typeof(TooEarly), "TooEarly.All is null where a claim should be")]
    [TestCase(typeof(NoPaper), "NoPaper.Claim: mine.a has no paper")]
    [TestCase(typeof(NotWhole), "NotWhole.Claim: mine.half: a claim without a mutant cannot show that it can fail")]
    [TestCase(typeof(Throwing), "Throwing.Claim: FormatException: no luck")]
    [TestCase(typeof(OtherKey), "OtherKey.Claim: 'yours.a' is no id of a claim of this paper")]
    [TestCase(typeof(UpperCase), "UpperCase.Claim: 'mine.A' is no id")]
    [TestCase(typeof(SamePaperKey), "SamePaperKey.Claim: 'azls' is the key of Allen-Zhu, Li, Song")]
    [TestCase(typeof(SameId), "SameId.Claim: 'azls.gradient-formula' is a claim of the catalogue")]
    [TestCase(typeof(UnknownEntry), "UnknownEntry.Claim: mine.a names the entry 'C999'")]
    [TestCase(typeof(Twice), "'mine.a' is declared by Harness.ProofsChecks.Model.DeclaredClaimsTests+Twice.First and by Harness.ProofsChecks.Model.DeclaredClaimsTests+Twice.Second")]
    [TestCase(typeof(TwoPapers), "'mine' is the key of \"A Paper\" and of \"Another\"")]
    public void In_WhatCannotBeVerified_IsRefusedWithItsMember(Type type, string message) =>
        Assert.That(() => DeclaredClaims.In([type]), Throws.TypeOf<InvalidClaimException>().With.Message.Contains(message));

    [TestCase(typeof(TooEarly), "TooEarly.All is null where a claim should be. Static members are set from the top of a class down: declare what is used above what uses it.")]
    [TestCase(typeof(NoPaper), "mine.a has no paper: From(…) was given null. Static members are set from the top of a class down: declare what is used above what uses it.")]
    [TestCase(typeof(NotWhole), "NotWhole.Claim: mine.half: a claim without a mutant cannot show that it can fail. Add RefutedWhen(…).")]
    [TestCase(typeof(OldBuild), "OldBuild.Claim: MissingMethodException: gone It was compiled against another build of Harness: compile it again against this one.")]
    [TestCase(typeof(OtherKey), "It has the paper's key, a dot, then lower-case letters and digits with single hyphens: mine.my-bound.")]
    [TestCase(typeof(UpperCaseKey), "with single hyphens: key.my-bound.")]
    [TestCase(typeof(SamePaperKey), ", in the catalogue. Give your paper another key, or take the catalogue's from Harness.Claims.Catalogue.Papers.")]
    [TestCase(typeof(SameId), "is a claim of the catalogue. Give yours another id.")]
    [TestCase(typeof(UnknownEntry), ", which is in no list of the catalogue. A paper of your own needs no entries: leave them out of From(…).")]
    [TestCase(typeof(Twice), "Give them different ids; where they are meant to be one claim, let the property keep it: { get; } = in place of =>.")]
    [TestCase(typeof(TwoPapers), "Give each paper a key of its own.")]
    public void In_WhatCannotBeVerified_SaysWhatToDo(Type type, string advice) =>
        Assert.That(() => DeclaredClaims.In([type]), Throws.TypeOf<InvalidClaimException>().With.Message.EndsWith(advice));

    [Test]
    public void In_WhatThrows_KeepsItsCause() =>
        Assert.That(() => DeclaredClaims.In([typeof(Throwing)]), Throws.TypeOf<InvalidClaimException>().With.InnerException.TypeOf<FormatException>());

    [Test]
    public void In_WhatHoldsNoClaims_IsPassedOver() => Assert.That(DeclaredClaims.In([typeof(Unrelated)]), Is.Empty);

    [Test]
    public void In_AnAssembly_FindsWhatItExports()
    {
        var assembly = new PersistedAssemblyBuilder(new("declares"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("declares").DefineType("Mine", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        type.DefineField("Bound", typeof(Claim), FieldAttributes.Public | FieldAttributes.Static);
        type.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        var loaded = Assembly.Load(image.ToArray());
        loaded.GetType("Mine")!.GetField("Bound")!.SetValue(null, New("mine.a"));
        Assert.That(DeclaredClaims.In(loaded).Select(claim => claim.Id), Is.EqualTo(new[] { "mine.a" }));
    }

    [Test]
    public void In_TwoPapersOfOneKey_NamesBoth() =>
        Assert.That(() => DeclaredClaims.In([typeof(TwoPapers)]), Throws.TypeOf<InvalidClaimException>().With.Message.StartsWith("'mine' is the key of \"A Paper\" and of \"Another\"."));

    [Test]
    public void In_IdThatOnlyBeginsLikeItsPaper_IsRefused() =>
        Assert.That(() => DeclaredClaims.In([typeof(LongerKey)]), Throws.TypeOf<InvalidClaimException>().With.Message.Contains("'minea.b' is no id of a claim of this paper"));

    [Test]
    public void In_NoAssembly_Throws() => Assert.That(() => DeclaredClaims.In(assembly: null!), Throws.ArgumentNullException);

    private static Claim New(string id, Paper? paper = null, params string[] entries) => Started(id, paper ?? Mine, entries).RefutedWhen("halved", _ => 0.5).Build();

    private static ClaimBuilder<Trial> Started(string id, Paper paper, params string[] entries) => Claim.Named(id).From(paper, "Lemma 1", entries).States("x ≤ 1")
        .Given(new Generator<Trial>(Domain.Filling(1, 1, new VariableRange("m", 1, 1, IsInteger: true)), "x = 1", takesData: false, trial => trial))
        .Observes("x", _ => 1).Against("1", _ => 1).DecidedBy(Inequality.AtMost);

    public static class Whole
    {
        public static readonly Claim Field = New("mine.c");

        public static Claim Property { get; } = New("mine.b");

        public static IReadOnlyList<Claim> List { get; } = [New("mine.a"), Property];

        public static Claim OfTheCatalogueKnown { get; } = New("azls.mine", Papers.AllenZhuLiSong, Entries.All[0].Id, Entries.All[^1].Id);

        internal static Claim Hidden { get; } = New("mine.hidden");

        public static Claim Made(string id) => New(id);
    }

    public static class Open<T>
    {
        public static Claim Claim { get; } = New("mine.open");
    }

    public static class TooEarly
    {
        public static IReadOnlyList<Claim> All { get; } = [Later!];

        private static Claim? Later { get; } = New("mine.a");
    }

    public static class NoPaper
    {
        public static Claim Claim { get; } = Started("mine.a", Paper!).RefutedWhen("halved", _ => 0.5);

        private static Paper? Paper { get; } = Mine;
    }

    public static class NotWhole
    {
        public static Claim Claim { get; } = Started("mine.half", Mine).Build();
    }

    public static class Throwing
    {
        public static Claim Claim => throw new FormatException("no luck");
    }

    public static class LongerKey
    {
        public static Claim Claim { get; } = New("minea.b");
    }

    public static class OldBuild
    {
        public static Claim Claim => throw new MissingMethodException("gone");
    }

    public static class UpperCaseKey
    {
        public static Claim Claim { get; } = New("Mine.a", Mine with { Key = "Mine" });
    }

    public static class Unrelated
    {
        public static int Number => 1;

        public static readonly string Text = "claim";

        public static IReadOnlyList<int> Numbers { get; } = [1];

        public static Claim WriteOnly
        {
            set => throw new InvalidOperationException(value.Id);
        }
    }

    public static class OtherKey
    {
        public static Claim Claim { get; } = New("yours.a");
    }

    public static class UpperCase
    {
        public static Claim Claim { get; } = New("mine.A");
    }

    public static class SamePaperKey
    {
        public static Claim Claim { get; } = New("azls.a", Mine with { Key = "azls" });
    }

    public static class SameId
    {
        public static Claim Claim { get; } = New("azls.gradient-formula", Papers.AllenZhuLiSong);
    }

    public static class UnknownEntry
    {
        public static Claim Claim { get; } = New("mine.a", Mine, "C999");
    }

    public static class Twice
    {
        public static Claim First => New("mine.a");

        public static IEnumerable<Claim> Second => [New("mine.a")];
    }

    public static class TwoPapers
    {
        public static Claim First { get; } = New("mine.a");

        public static Claim Second { get; } = New("mine.b", Mine with { Title = "Another" });
    }
}
