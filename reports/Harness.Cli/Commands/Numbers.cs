using System.CommandLine;
using System.Globalization;

namespace Harness.Cli.Commands;

/// <summary>Options whose value is a number, with a complaint that says what was expected.</summary>
internal static class Numbers
{
    /// <summary>The option <c>--seed N</c>.</summary>
    public static Option<ulong> Seed()
    {
        var option = new Option<ulong>("--seed") { Description = "Seed of every random number.", HelpName = "N", DefaultValueFactory = _ => 1 };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ulong.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"--seed {token.Value}: expected a whole number from 0 to {ulong.MaxValue}.");
            }
        });
        return option;
    }

    /// <summary>A whole number of at least one.</summary>
    public static Option<int> Count(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1))
            {
                result.AddError($"{name} {token.Value}: expected a whole number of at least 1.");
            }
        });
        return option;
    }
}
