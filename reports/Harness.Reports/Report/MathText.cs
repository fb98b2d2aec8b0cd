using System.Collections.Immutable;
using System.Globalization;

namespace Harness.Reports.Report;

/// <summary>
/// Sets a formula, or prose with formulas in it, that is written in Unicode: single letters are variables and become italic, words stay upright,
/// <c>_x</c>, <c>_{…}</c>, <c>_(…)</c> become indices and <c>^x</c>, <c>^{…}</c>, <c>^(…)</c> exponents.
/// </summary>
/// <remarks>
/// Greek letters, relations and norm bars are Unicode already, so nothing else needs markup. The convention is that of printed mathematics: capital
/// Greek letters are upright, and so are Unicode's own indices and exponents.
/// </remarks>
internal static class MathText
{
    /// <summary>The formula for running text.</summary>
    public static Html ToHtml(string formula) => Html.Join(Parse(ReadableNumber.InText(formula)).Select(ToHtml));

    /// <summary>The formula as the content of an SVG text element, which has no sub and sup; scripts of scripts stand at the height of the outer one.</summary>
    public static Html ToSvg(string formula)
    {
        // dy moves everything that follows, so each span undoes the height of the one before it.
        var height = 0;
        var spans = new List<Html>();
        foreach (var (text, isVariable, level) in Flattened(Parse(formula), 0))
        {
            var style = (isVariable ? "variable" : "upright") + (level == 0 ? "" : " script");
            spans.Add(Html.Of($"<tspan dy=\"{height - level}\" class=\"{style}\">{text}</tspan>"));
            height = level;
        }

        return Html.Join(spans);
    }

    /// <summary>Breaks a formula into lines, for texts that do not break by themselves: at spaces outside of scripts, each line as full as it can be. A word that is longer than a line stays whole.</summary>
    /// <param name="formula">As it is written.</param>
    /// <param name="letters">Most letters in a line, signs of markup not counted.</param>
    public static ImmutableArray<string> Lines(string formula, int letters)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var (start, space, depth, shown) = (0, -1, 0, 0);
        for (var i = 0; i < formula.Length; i++)
        {
            depth += formula[i] == '{' ? 1 : formula[i] == '}' ? -1 : 0;
            space = formula[i] == ' ' && depth == 0 && i > start ? i : space;
            shown += formula[i] is '_' or '^' or '{' or '}' ? 0 : 1;
            if (shown > letters && space > start)
            {
                lines.Add(formula[start..space]);
                (start, i, shown, depth) = (space + 1, space, 0, 0);
                space = -1;
            }
        }

        lines.Add(formula[start..]);
        return lines.ToImmutable();
    }

    private static Html ToHtml(Part part) => part switch
    {
        Script { IsIndex: true } index => Html.Of($"<sub>{index.Parts.Select(ToHtml)}</sub>"),
        Script exponent => Html.Of($"<sup>{exponent.Parts.Select(ToHtml)}</sup>"),
        Letters { IsVariable: true } variable => Html.Of($"<i>{variable.Text}</i>"),
        Letters upright => Html.Text(upright.Text),
        _ => Html.Empty,
    };

    private static IEnumerable<(string Text, bool IsVariable, int Level)> Flattened(ImmutableArray<Part> parts, int level)
    {
        const int Rise = 4;
        return parts.SelectMany(part => part switch
        {
            Script script => Flattened(script.Parts, level != 0 ? level : script.IsIndex ? -Rise : Rise),
            Letters letters => [(letters.Text, letters.IsVariable, level)],
            _ => [],
        });
    }

    private static ImmutableArray<Part> Parse(string formula)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        for (var i = 0; i < formula.Length;)
        {
            if (formula[i] is '_' or '^' && i + 1 < formula.Length && !char.IsWhiteSpace(formula[i + 1]))
            {
                var end = EndOfScript(formula, i + 1);
                var inner = formula[(i + 1)..end];
                parts.Add(new Script(formula[i] == '_', Parse(inner.StartsWith('{') && inner.EndsWith('}') ? inner[1..^1] : inner)));
                i = end;
            }
            else
            {
                var end = EndOfRun(formula, i);
                parts.Add(new Letters(formula[i..end], IsVariable(formula, i, end)));
                i = end;
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>A script is one character, or a group in braces or parentheses with whatever groups it holds.</summary>
    private static int EndOfScript(string formula, int start)
    {
        var (open, close) = formula[start] switch
        {
            '{' => ('{', '}'),
            '(' => ('(', ')'),
            _ => ('\0', '\0'),
        };
        var depth = 0;
        for (var i = start; open != '\0' && i < formula.Length; i++)
        {
            depth += formula[i] == open ? 1 : formula[i] == close ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return start + (char.IsHighSurrogate(formula[start]) && start + 1 < formula.Length ? 2 : 1);
    }

    /// <summary>A run is a word, or everything up to the next word or script.</summary>
    private static int EndOfRun(string formula, int start)
    {
        var isWord = IsLetter(formula[start]);
        var end = start + 1;
        while (end < formula.Length && formula[end] is not ('_' or '^') && IsLetter(formula[end]) == isWord)
        {
            end++;
        }

        return end;
    }

    /// <summary>A letter alone, or a product of two such as dL, nF, dδ; not an article, and not the s of "cell's".</summary>
    private static bool IsVariable(string formula, int start, int end)
    {
        if (!IsLetter(formula[start]) || end - start > 2 || IsCapitalGreek(formula[start]))
        {
            return false;
        }

        return end - start == 2
            ? char.IsUpper(formula[start + 1]) || formula[start + 1] >= 'α'
            : !IsArticle(formula, start) && !(start > 0 && formula[start - 1] is '\'' or '’');
    }

    /// <summary>"a" before a word or a number, and "A" where a sentence begins.</summary>
    private static bool IsArticle(string formula, int i) =>
        (formula[i] == 'a' || (formula[i] == 'A' && (i == 0 || formula[..i].EndsWith(". ", StringComparison.Ordinal))))
        && i + 3 < formula.Length && formula[i + 1] == ' ' && char.IsLetterOrDigit(formula[i + 2]) && char.IsLetterOrDigit(formula[i + 3]);

    private static bool IsCapitalGreek(char c) => c is >= 'Α' and <= 'Ω';

    /// <summary>Modifier letters such as ᵢ and ᵀ are scripts of the variable before them, set upright as the font has them.</summary>
    private static bool IsLetter(char c) => char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.ModifierLetter;

    private abstract record Part;

    private sealed record Letters(string Text, bool IsVariable) : Part;

    private sealed record Script(bool IsIndex, ImmutableArray<Part> Parts) : Part;
}
