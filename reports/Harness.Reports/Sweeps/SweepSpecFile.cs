using System.Collections.Immutable;
using System.Globalization;
using Harness.Claims;
using Harness.Reports.Files;
using Tomlyn;
using Tomlyn.Model;

namespace Harness.Reports.Sweeps;

/// <summary>Reads a sweep from a TOML file; docs/sweeps.md has its form.</summary>
public static class SweepSpecFile
{
    /// <summary>More values on an axis are a mistake.</summary>
    private const int MostPoints = 100_000;

    /// <summary>The names of symbols for keyboards that do not have them.</summary>
    private static readonly ImmutableDictionary<string, string> Spelled = ImmutableDictionary.CreateRange(
        [KeyValuePair.Create("delta", "δ"), KeyValuePair.Create("omega", "ω"), KeyValuePair.Create("eta", "η"), KeyValuePair.Create("epsilon", "ε"), KeyValuePair.Create("tau", "τ")]);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The claims that it may name.</param>
    /// <exception cref="DataFileException">There is no such file, or it is no sweep; the message has the place.</exception>
    public static SweepSpec Read(string path, IReadOnlyList<Claim> catalogue)
    {
        TomlTable table;
        try
        {
            table = TomlSerializer.Deserialize<TomlTable>(File.ReadAllText(path))!;
        }
        catch (TomlException exception)
        {
            throw new DataFileException(path, exception.Line ?? 0, exception.Column ?? 0, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"cannot be read: {exception.Message}", exception);
        }

        try
        {
            return Spec(table, catalogue);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new DataFileException(path, exception.Message, exception);
        }
    }

    private static SweepSpec Spec(TomlTable table, IReadOnlyList<Claim> catalogue)
    {
        Allow(table, "the sweep", "title", "profile", "seeds", "trials", "budget", "panel");
        var trials = Whole(table, "trials", 1);
        ulong[] seeds = table.TryGetValue("seeds", out var given) ? [.. Values("seeds", given, isWhole: true).Select(Seed)] : [1];
        if (!table.TryGetValue("panel", out var panels) || panels is not TomlTableArray { Count: > 0 } array)
        {
            throw new FormatException("there is no [[panel]]: each names a claim and values of its variables.");
        }

        var spec = new SweepSpec(
            Text(table, "title"), ProfileOf(table), [.. seeds], Budget(table), [.. array.Select(panel => Panel(panel, trials, catalogue))]);
        return spec;
    }

    private static SweepPanel Panel(TomlTable table, int trials, IReadOnlyList<Claim> catalogue)
    {
        var (name, id) = (Text(table, "name"), Text(table, "claim"));
        var claim = catalogue.FirstOrDefault(c => c.Id == id) ?? throw new FormatException($"panel '{name}': there is no claim '{id}'. 'harness list' shows them all.");
        if (claim.IsTimed || claim.Status == ClaimStatus.Refused)
        {
            throw new FormatException($"panel '{name}': {id} {(claim.IsTimed ? "observes times, which differ from machine to machine" : "is not run")}; choose another claim.");
        }

        var axes = table.Where(entry => entry.Key is not ("name" or "claim" or "trials" or "shows")).Select(entry =>
        {
            var symbol = Spelled.GetValueOrDefault(entry.Key, entry.Key);
            return new SweepAxis(symbol, [.. Values($"panel '{name}', {entry.Key}", entry.Value, claim.Experiment.Domain.IsWhole(symbol))]);
        });
        var panel = new SweepPanel(name, claim, Whole(table, "trials", trials), [.. axes], Shows(name, table, claim));
        foreach (var (symbol, value) in panel.Axes.SelectMany(axis => axis.Values.Select(value => (axis.Symbol, value))))
        {
            try
            {
                claim.Experiment.Domain.Point(ImmutableDictionary.CreateRange([KeyValuePair.Create(symbol, value)]));
            }
            catch (ArgumentException exception)
            {
                throw new FormatException($"panel '{name}': {exception.Message}", exception);
            }
        }

        return panel;
    }

    private static PanelQuantity? Shows(string name, TomlTable table, Claim claim) => !table.TryGetValue("shows", out var given) ? null
        : PanelQuantities.Suited(claim) == PanelQuantity.Success ? throw new FormatException($"panel '{name}', shows: {claim.Id} counts failures, and its map shows the rate of success; leave it out.")
        : given switch
        {
            "ratio" => PanelQuantity.Ratio,
            "value" => PanelQuantity.Value,
            _ => throw new FormatException($"panel '{name}', shows: \"value\" is expected, or \"ratio\" for observed value over bound, which is the default."),
        };

    /// <summary>A number, a list of numbers, or a range: <c>{ from, to, points }</c> in equal ratios, or with <c>spacing = "linear"</c> in equal steps; rounded where the variable is a whole number.</summary>
    private static IEnumerable<double> Values(string place, object? value, bool isWhole) => value switch
    {
        TomlArray { Count: > 0 } list => list.SelectMany(item => Values(place, item, isWhole)),
        TomlTable range => Range(place, range, isWhole),
        long whole => [whole],
        double real when double.IsFinite(real) => [real],
        _ => throw new FormatException($"{place}: a number is expected, a list of numbers, or {{ from = 8, to = 512, points = 7 }}."),
    };

    private static IEnumerable<double> Range(string place, TomlTable range, bool isWhole)
    {
        Allow(range, place, "from", "to", "points", "spacing");
        var (from, to, points) = (Number(range, "from", place), Number(range, "to", place), Number(range, "points", place));
        var isLinear = range.TryGetValue("spacing", out var spacing) && (spacing is "linear" || (spacing is not "geometric" ? throw new FormatException($"{place}: spacing is \"geometric\" or \"linear\".") : false));
        if (points is not (>= 2 and <= MostPoints) || points != Math.Round(points))
        {
            throw new FormatException($"{place}: points must be a whole number from 2 to {MostPoints}.");
        }

        if (!double.IsFinite(from) || !double.IsFinite(to))
        {
            throw new FormatException($"{place}: the ends of a range are finite.");
        }

        if (!isLinear && !(from > 0 && to > 0))
        {
            throw new FormatException($"{place}: the ends of a range in equal ratios are positive; for one in equal steps add spacing = \"linear\".");
        }

        var values = Enumerable.Range(0, (int)points).Select(k => k / (points - 1)).Select(u => isLinear ? from + (u * (to - from)) : from * Math.Pow(to / from, u));
        return isWhole ? values.Select(value => Math.Round(value)).Distinct() : values;
    }

    private static TimeSpan? Budget(TomlTable table) => !table.TryGetValue("budget", out var given) ? null
        : given is string text && text.Split(' ') is [var number, var unit] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount > 0 && Unit(unit) is { } length ? amount * length
        : throw new FormatException("budget: a time is expected, such as \"90 min\", \"8 h\" or \"3 d\".");

    private static TimeSpan? Unit(string word) => word switch { "s" => TimeSpan.FromSeconds(1), "min" => TimeSpan.FromMinutes(1), "h" => TimeSpan.FromHours(1), "d" => TimeSpan.FromDays(1), _ => null };

    /// <summary>From 2⁵³ on not every whole number is a double, and one seed would become another.</summary>
    private static ulong Seed(double value) => value is >= 0 and < 1L << 53 && value == Math.Round(value) ? (ulong)value : throw new FormatException($"seeds: {value.ToString(CultureInfo.InvariantCulture)} is no whole number from 0 to 2⁵³ − 1.");

    private static Profile ProfileOf(TomlTable table) => !table.TryGetValue("profile", out var given) ? Profile.Standard
        : given is string word && Enum.TryParse<Profile>(word, ignoreCase: true, out var profile) && Enum.IsDefined(profile) ? profile
        : throw new FormatException("profile: one of \"gate\", \"standard\", \"thorough\" is expected.");

    private static string Text(TomlTable table, string key) => table.TryGetValue(key, out var value) && value is string { Length: > 0 } text ? text : throw new FormatException($"{key}: a text is expected.");

    private static int Whole(TomlTable table, string key, int standard) => !table.TryGetValue(key, out var value) ? standard
        : value is long and >= 1 and <= int.MaxValue ? (int)(long)value : throw new FormatException($"{key}: a whole number of at least 1 is expected.");

    private static double Number(TomlTable table, string key, string place) => table.TryGetValue(key, out var value) && value is long or double
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : throw new FormatException($"{place}: {key} is missing, or no number.");

    private static void Allow(TomlTable table, string place, params ReadOnlySpan<string> keys)
    {
        foreach (var key in table.Keys)
        {
            if (!keys.Contains(key))
            {
                throw new FormatException($"{place}: '{key}' means nothing here; there are {string.Join(", ", keys)}.");
            }
        }
    }
}
