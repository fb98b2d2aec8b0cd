using System.Collections;
using Harness.Claims;
using Harness.Core.Numerics;
using NUnit.Framework;

namespace Harness.ProofsChecks.Model;

/// <summary>Values by symbol, in the order in which they came, and what a trial makes of them.</summary>
public sealed class VariablesTests
{
    private static readonly Variables Three = Variables.None.With("n", 8).With("m", 256).With("δ", 0.03);

    [Test]
    public void Properties_EachSymbol_ReadItsOwnValue()
    {
        var all = "n d m L δ ω η ε s".Split(' ').Select((symbol, i) => (symbol, i)).Aggregate(Variables.None, (v, x) => v.With(x.symbol, x.i));
        Assert.That(new[] { all.n, all.d, all.m, all.L, all.δ, all.ω, all.η, all.ε, all.s }, Is.EqualTo(Enumerable.Range(0, 9)));
    }

    [Test]
    public void With_SymbolThatHasAValue_ReplacesItInPlace()
    {
        Assert.That(Three.With("m", 512).Select(v => (v.Key, v.Value)), Is.EqualTo(new[] { ("n", 8.0), ("m", 512), ("δ", 0.03) }));
        Assert.That(Three.With("n", 9).n, Is.EqualTo(9));
        Assert.That(Three.m, Is.EqualTo(256), "what was there stays");
        Assert.That(((IEnumerable)Three).Cast<object>().Count(), Is.EqualTo(3));
    }

    [Test]
    public void Indexer_SymbolWithoutAValue_NamesItAndWhatThereIs() =>
        Assert.That(() => Three.ω, Throws.TypeOf<KeyNotFoundException>().With.Message.EqualTo("The variable 'ω' has no value here; there are: n=8 m=256 δ=0.03."));

    [Test]
    public void TryGet_SymbolWithoutAValue_IsNoNumber()
    {
        Assert.That((Three.TryGet("δ", out var δ), δ), Is.EqualTo((true, 0.03)));
        Assert.That((Three.TryGet("L", out var L), L), Is.EqualTo((false, double.NaN)));
    }

    [Test]
    public void Trial_Sizes_AreThoseOfItsVariables()
    {
        var trial = new Trial(Three.With("d", 2).With("L", 5), RandomStream.FromSeed(1), data: null, Profile.Thorough);
        Assert.That((trial.n, trial.d, trial.m, trial.L, trial.Profile, trial.Data), Is.EqualTo((8, 2, 256, 5, Profile.Thorough, (object?)null)));
        trial.Measure("δ", 0.5);
        Assert.That((trial.Variables.δ, trial.Variables.Count()), Is.EqualTo((0.5, 5)));
        Assert.That(trial.Random("weights").Uniform(0), Is.EqualTo(RandomStream.FromSeed(1).Derive("weights").Uniform(0)).And.Not.EqualTo(trial.Random("inputs").Uniform(0)));
    }
}
