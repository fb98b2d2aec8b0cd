using System.CommandLine;
using System.Text.Json;

namespace Harness.Cli.Commands;

/// <summary>An option whose default has a word on the command line other than its type prints.</summary>
internal interface IWordedDefault
{
    /// <summary>The default as one would write it.</summary>
    string DefaultWord { get; }

    /// <summary>The default as its type prints it.</summary>
    string DefaultText { get; }
}

/// <summary>An option whose default has a word.</summary>
/// <param name="name">Its name.</param>
/// <param name="defaultWord">The default as one would write it.</param>
internal sealed class WordedOption<T>(string name, string defaultWord) : Option<T>(name), IWordedDefault
{
    /// <inheritdoc/>
    public string DefaultWord => defaultWord;

    /// <inheritdoc/>
    public string DefaultText => GetDefaultValue() switch { System.Collections.IEnumerable many and not string => string.Join('|', many.Cast<object>()), var one => $"{one}" };
}

/// <summary>Options whose value is one of a few words.</summary>
internal static class Choice
{
    /// <summary>An option for the values of an enumeration, in lower case with hyphens between words.</summary>
    public static Option<T> Of<T>(string name, T standard, string description)
        where T : struct, Enum =>
        Among(name, [.. Enum.GetValues<T>().Select(value => (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), value))], standard, description);

    /// <summary>An option for values with a word each.</summary>
    public static Option<T> Among<T>(string name, IReadOnlyList<(string Word, T Value)> choices, T standard, string description)
    {
        string[] words = [.. choices.Select(choice => choice.Word)];
        var option = new WordedOption<T>(name, choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, standard)).Word)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var index = Array.IndexOf(words, result.Tokens[0].Value.ToLowerInvariant());
                if (index >= 0)
                {
                    return choices[index].Value;
                }

                result.AddError($"{name} {result.Tokens[0].Value}: expected {string.Join(", ", words[..^1])} or {words[^1]}.");
                return standard;
            },
        };
        Candidates.Replace(option.CompletionSources, words);
        return option;
    }
}
