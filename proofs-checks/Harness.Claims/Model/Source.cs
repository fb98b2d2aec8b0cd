using System.Collections.Immutable;

namespace Harness.Claims;

/// <summary>A paper whose statements are checked.</summary>
/// <param name="Key">Short key, as in claim ids: "azls".</param>
/// <param name="Authors">"Allen-Zhu, Li, Song".</param>
/// <param name="Title">Title.</param>
/// <param name="Identifier">"arXiv:1811.03962v5".</param>
public sealed record Paper(string Key, string Authors, string Title, string Identifier)
{
    /// <summary>What of the paper's hypotheses is out of reach of any computation, and what is tried instead; null where nothing is.</summary>
    public string? Reach { get; init; }
}

/// <summary>How far the wording of a statement can be trusted; it decides whether the claim may gate.</summary>
public enum Provenance
{
    /// <summary>Seen in the paper, or restated with its number in another one.</summary>
    Stated,

    /// <summary>Derived in docs/derivations.md; the paper does not print it in this form.</summary>
    Derived,

    /// <summary>Neither confirmed nor derived: may be measured, must not gate.</summary>
    Unconfirmed,
}

/// <summary>Where a claim comes from.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Item">Theorem, lemma or section: "Theorem 3 (lower bound)".</param>
/// <param name="Provenance">How far the wording can be trusted.</param>
/// <param name="Derivation">Heading in docs/derivations.md, where the statement or its constant is derived; else null.</param>
/// <param name="Entries">Ids of the entries of the catalogue that it answers (<see cref="Entry"/>): "C29".</param>
public sealed record Source(Paper Paper, string Item, Provenance Provenance, string? Derivation, ImmutableArray<string> Entries);
