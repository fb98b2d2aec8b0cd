using System.Globalization;
using System.Text;
using System.Xml;
using Harness.Claims;
using Harness.Reports.Report;

namespace Harness.Reports.Exports;

/// <summary>
/// A run as JUnit's XML, which build servers read: one suite a paper, one case a claim. Violated is a failure, undecided an error, and what gates nothing (an exploratory claim, a time that stays undecided) or was not run is skipped.
/// </summary>
public static class JUnitXml
{
    /// <summary>The document.</summary>
    public static string Of(ReportModel model)
    {
        var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "harness");
            Counts(xml, model.Claims);
            foreach (var paper in model.Claims.GroupBy(page => page.Claim.Source.Paper.Key))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", paper.Key);
                xml.WriteAttributeString("timestamp", model.Run.Started.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
                Counts(xml, [.. paper]);
                foreach (var page in paper)
                {
                    Case(xml, page);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Case(XmlWriter xml, ClaimPage page)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", page.Claim.Source.Paper.Key);
        xml.WriteAttributeString("name", page.Claim.Id);
        xml.WriteAttributeString("time", Seconds(page.Seconds));
        if (Element(page) is { } element)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", page.Verdict is null ? $"not run: {page.Claim.Reason}" : page.Verdict == Verdict.Holds ? "holds, exploratory" : MarkdownSummary.Reason(page));
            xml.WriteEndElement();
        }

        xml.WriteStartElement("system-out");
        xml.WriteString($"{page.Claim.Source.Item}: {page.Claim.Statement}\n{page.Outcome.Sense}");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string? Element(ClaimPage page) => page.Claim.Status != ClaimStatus.Gating || page.Verdict is null ? "skipped" : page.Verdict switch
    {
        Verdict.Violated => "failure",
        Verdict.Undecided => page.Claim.IsTimed ? "skipped" : "error",
        _ => null,
    };

    private static void Counts(XmlWriter xml, IReadOnlyCollection<ClaimPage> pages)
    {
        xml.WriteAttributeString("tests", pages.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, element) in new[] { ("failures", "failure"), ("errors", "error"), ("skipped", "skipped") })
        {
            xml.WriteAttributeString(name, pages.Count(page => Element(page) == element).ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteAttributeString("time", Seconds(pages.Sum(page => page.Seconds)));
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
