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

    /// <summary>A whole number of at least one, or nothing.</summary>
    public static Option<int?> OptionalCount(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1)
            {
                return count;
            }

            result.AddError($"{name} {result.Tokens[0].Value}: expected a whole number of at least 1.");
            return null;
        },
    };

    /// <summary>A finite number for which a condition holds, or nothing.</summary>
    public static Option<double?> Optional(string name, string description, string helpName, Func<double, bool> isValid, string expected) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && isValid(value))
            {
                return value;
            }

            result.AddError($"{name} {result.Tokens[0].Value}: expected {expected}.");
            return null;
        },
    };

    /// <summary>Two whole numbers of at least one, written HxW, or nothing.</summary>
    public static Option<(int Height, int Width)?> Grid(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HxW",
        CustomParser = result =>
        {
            var parts = result.Tokens[0].Value.ToLowerInvariant().Split('x');
            if (parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var height) && height >= 1
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width >= 1)
            {
                return (height, width);
            }

            result.AddError($"{name} {result.Tokens[0].Value}: expected two whole numbers of at least 1, such as 8x8.");
            return null;
        },
    };
}
