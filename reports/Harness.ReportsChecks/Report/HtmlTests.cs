using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed class HtmlTests
{
    [Test]
    public void Text_WithMarkupInIt_IsEncoded() =>
        Assert.That(Html.Of($"<p title=\"{"\"><script>alert('x')</script>"}\">").ToString(), Is.EqualTo("<p title=\"&quot;&gt;&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;\">"));

    [Test]
    public void Markup_InsideMarkup_IsEncodedOnce() =>
        Assert.That(Html.Of($"<ul>{new[] { "a<b", "‖x‖ ≤ δ" }.Select(item => Html.Of($"<li>{item}</li>"))}</ul>").ToString(), Is.EqualTo("<ul><li>a&lt;b</li><li>‖x‖ ≤ δ</li></ul>"));

    [Test]
    public void Coordinates_InAnyCulture_HaveDecimalPoints() => Assert.That(Html.Of($"{1234.5678}").ToString(), Is.EqualTo("1234.57"));
}
