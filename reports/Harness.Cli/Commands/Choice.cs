using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>Options whose value is one of a few words.</summary>
internal static class Choice
{
    /// <summary>An option for the values of an enumeration, in lower case.</summary>
    public static Option<T> Of<T>(string name, T standard, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                var index = Array.IndexOf(words, result.Tokens[0].Value.ToLowerInvariant());
                if (index >= 0)
                {
                    return Enum.GetValues<T>()[index];
                }

                result.AddError($"{name} {result.Tokens[0].Value}: expected {string.Join(", ", words[..^1])} or {words[^1]}.");
                return standard;
            },
        };
        return option;
    }
}
