using Spectre.Console;

namespace Harness.Cli.Output;

/// <summary>How wide the tables of a run are: as a person reads them, in a file too, where there is no edge to wrap at.</summary>
internal static class TableWidth
{
    private const int Widest = 120, Narrowest = 20;

    /// <summary>Space around a column of a simple table, and around the whole of it.</summary>
    private const int Padding = 2, Margin = 4;

    /// <summary>Width of the one column that wraps, beside columns of these widths.</summary>
    public static int Left(IAnsiConsole console, params ReadOnlySpan<int> others)
    {
        var left = Math.Min(console.Profile.Width, Widest) - Margin;
        foreach (var other in others)
        {
            left -= other + Padding;
        }

        return Math.Max(Narrowest, left - Padding);
    }

    /// <summary>Prose in lines as long as a table is wide.</summary>
    public static string Prose(IAnsiConsole console, string text) => Lines(text.Split(' '), Math.Min(console.Profile.Width, Widest), " ");

    /// <summary>Items in lines of a width: none is broken, however long it is.</summary>
    public static string Lines(IEnumerable<string> items, int width, string between = "  ")
    {
        List<string> lines = [];
        foreach (var item in items)
        {
            if (lines.Count > 0 && lines[^1].Length + between.Length + item.Length <= width)
            {
                lines[^1] += between + item;
            }
            else
            {
                lines.Add(item);
            }
        }

        return string.Join('\n', lines);
    }
}
