using System.CommandLine.Completions;
using Harness.Claims.Catalogue;

namespace Harness.Cli.Commands;

/// <summary>How a line can go on, for shells that complete it.</summary>
internal static class Candidates
{
    /// <summary>Only these words, in place of those that the library takes from a type.</summary>
    public static void Replace(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, params IEnumerable<string> words)
    {
        sources.Clear();
        sources.Add(_ => words.Select(word => new CompletionItem(word)));
    }

    /// <summary>Ids of claims; of statements too, once a letter and a digit say that one is meant.</summary>
    public static void AddClaims(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) => sources.Add(context => Catalogue.All
        .SelectMany(claim => context.WordToComplete is [var letter, ..] && char.IsAsciiLetterUpper(letter) ? claim.Source.Entries : [claim.Id])
        .Distinct()
        .Select(id => new CompletionItem(id)));

    /// <summary>Keys of papers.</summary>
    public static void AddPapers(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) =>
        sources.Add(_ => Catalogue.All.Select(claim => claim.Source.Paper.Key).Distinct().Select(key => new CompletionItem(key)));
}
