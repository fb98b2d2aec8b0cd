using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed class MathTextTests
{
    [TestCase("‖W − W⁽⁰⁾‖₂ ≤ ω", "‖<i>W</i> − <i>W</i>⁽⁰⁾‖₂ ≤ <i>ω</i>", TestName = "ToHtml_UnicodeScripts_StayAsTheyAre")]
    [TestCase("‖∇F‖²_F", "‖∇<i>F</i>‖²<sub><i>F</i></sub>", TestName = "ToHtml_Index_IsSet")]
    [TestCase("∇_{W_l}F", "∇<sub><i>W</i><sub><i>l</i></sub></sub><i>F</i>", TestName = "ToHtml_IndexOfAnIndex_IsNested")]
    [TestCase("|g|²_(j)", "|<i>g</i>|²<sub>(<i>j</i>)</sub>", TestName = "ToHtml_IndexInParentheses_KeepsThem")]
    [TestCase("e^{−t²/2}", "<i>e</i><sup>−<i>t</i>²/2</sup>", TestName = "ToHtml_Exponent_IsSet")]
    [TestCase("√(dL) log m", "√(<i>dL</i>) log <i>m</i>", TestName = "ToHtml_Product_IsItalicAndFunctionUpright")]
    [TestCase("Σᵢ Θ(x) for a vector v", "Σᵢ Θ(<i>x</i>) for a vector <i>v</i>", TestName = "ToHtml_CapitalGreekAndArticles_AreUpright")]
    [TestCase("each cell's mean of A and W", "each cell&#x27;s mean of <i>A</i> and <i>W</i>", TestName = "ToHtml_Possessive_IsEnglish")]
    [TestCase("A trial. A residual of A", "A trial. A residual of <i>A</i>", TestName = "ToHtml_ArticleAtTheStartOfASentence_IsEnglish")]
    [TestCase("a_", "<i>a</i>_", TestName = "ToHtml_ScriptOfNothing_IsACharacter")]
    [TestCase("x_{ab", "<i>x</i><sub>{</sub>ab", TestName = "ToHtml_OpenBrace_IsACharacter")]
    [TestCase("n < 2 & m > 1", "<i>n</i> &lt; 2 &amp; <i>m</i> &gt; 1", TestName = "ToHtml_Relations_AreEncoded")]
    [TestCase("", "", TestName = "ToHtml_Nothing_IsNothing")]
    public void ToHtml_Formula_IsSet(string formula, string markup) => Assert.That(MathText.ToHtml(formula).ToString(), Is.EqualTo(markup));

    [Test]
    public void ToSvg_Scripts_ReturnToTheBaseLine() => Assert.That(MathText.ToSvg("x_i^2y").ToString(), Is.EqualTo(
        "<tspan dy=\"0\" class=\"variable\">x</tspan><tspan dy=\"4\" class=\"variable script\">i</tspan><tspan dy=\"-8\" class=\"upright script\">2</tspan><tspan dy=\"4\" class=\"variable\">y</tspan>"));

    [TestCase("one two three", 20, "one two three")]
    [TestCase("one two three", 8, "one two|three")]
    [TestCase("one two three", 7, "one two|three")]
    [TestCase("one two three", 1, "one|two|three")]
    [TestCase("(1 − ηλ_i)^{2 t r} x", 8, "(1 −|ηλ_i)^{2 t r}|x", Description = "not inside a script")]
    [TestCase("", 5, "")]
    public void Lines_AreAsFullAsTheyCanBe(string formula, int letters, string lines) => Assert.That(string.Join('|', MathText.Lines(formula, letters)), Is.EqualTo(lines));
}
