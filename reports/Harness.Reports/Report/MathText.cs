using System.Globalization;

namespace Harness.Reports.Report;

/// <summary>
/// Sets a formula that is written in Unicode: single letters are variables and become italic, words stay upright, <c>_x</c>, <c>_{…}</c>,
/// <c>^x</c> and <c>^{…}</c> become indices and exponents.
/// </summary>
/// <remarks>Greek letters, relations and norm bars are Unicode already, so nothing else needs markup; the convention is that of printed mathematics.</remarks>
internal static class MathText
{
    private enum Level
    {
        Index = -1,
        Base = 0,
        Exponent = 1,
    }

    private readonly record struct Run(string Text, bool IsVariable, Level Level);

    /// <summary>The formula for running text.</summary>
    public static Html ToHtml(string formula) => Html.Join(Runs(formula, Level.Base).Select(run =>
    {
        var letters = run.IsVariable ? Html.Of($"<i>{run.Text}</i>") : Html.Text(run.Text);
        return run.Level switch
        {
            Level.Index => Html.Of($"<sub>{letters}</sub>"),
            Level.Exponent => Html.Of($"<sup>{letters}</sup>"),
            _ => letters,
        };
    }));

    /// <summary>The formula as the content of an SVG text element, which has no sub and sup.</summary>
    public static Html ToSvg(string formula)
    {
        var previous = Level.Base;
        return Html.Join(Runs(formula, Level.Base).Select(run =>
        {
            // dy moves everything that follows, so each run undoes the level of the one before it.
            var shift = 4 * ((int)previous - (int)run.Level);
            previous = run.Level;
            return Html.Of(
                $"<tspan dy=\"{shift}\" class=\"{(run.IsVariable ? "variable" : "upright")}{(run.Level == Level.Base ? "" : " script")}\">{run.Text}</tspan>");
        }).ToArray());
    }

    private static IEnumerable<Run> Runs(string formula, Level level)
    {
        for (var i = 0; i < formula.Length;)
        {
            if (formula[i] is '_' or '^' && i + 1 < formula.Length)
            {
                var script = formula[i] == '_' ? Level.Index : Level.Exponent;
                var close = formula[i + 1] == '{' ? formula.IndexOf('}', i) : -1;
                var (inner, next) = close > 0 ? (formula[(i + 2)..close], close + 1) : (formula[(i + 1)..(i + 2)], i + 2);
                foreach (var run in Runs(inner, script))
                {
                    yield return run;
                }

                i = next;
                continue;
            }

            var end = EndOfRun(formula, i);
            yield return new(formula[i..end], end - i == 1 && IsLetter(formula[i]) && !IsArticle(formula, i), level);
            i = end;
        }
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

    /// <summary>Modifier letters such as ᵢ and ᵀ are scripts of the variable before them, set upright as the font has them.</summary>
    private static bool IsLetter(char c) => char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.ModifierLetter;

    /// <summary>"a" before a word is English, not a variable.</summary>
    private static bool IsArticle(string formula, int i) =>
        formula[i] is 'a' or 'A' && i + 3 < formula.Length && formula[i + 1] == ' ' && char.IsLetter(formula[i + 2]) && char.IsLetter(formula[i + 3]);
}
