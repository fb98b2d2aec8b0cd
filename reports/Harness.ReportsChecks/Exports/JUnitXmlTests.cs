using System.Xml.Linq;
using Harness.Reports.Exports;
using Harness.ReportsChecks.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Exports;

/// <summary>A run as JUnit's XML, read back by an XML parser.</summary>
public sealed class JUnitXmlTests
{
    [Test]
    public void Of_RunWithTrouble_FailureErrorAndSkipAreWhereTheyBelong()
    {
        var model = SyntheticReport.WithTrouble();
        var suites = XDocument.Parse(JUnitXml.Of(model)).Root!;
        var cases = suites.Descendants("testcase").ToDictionary(element => element.Attribute("name")!.Value);
        Assert.Multiple(() =>
        {
            Assert.That(cases.Keys, Is.EquivalentTo(model.Claims.Select(page => page.Claim.Id)));
            Assert.That(cases["azls.gradient-lower-bound"].Element("failure")?.Attribute("message")?.Value, Does.Contain("The slope of log(Q/S) in n"));
            Assert.That(cases["azls.resnet"].Element("skipped"), Is.Not.Null);
            Assert.That(suites.Descendants("error").Single().Attribute("message")?.Value, Does.Contain("0.32 is permitted"));
            foreach (var (attribute, element) in new[] { ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"), ("tests", "testcase") })
            {
                Assert.That((int)suites.Attribute(attribute)!, Is.EqualTo(suites.Descendants(element).Count()), attribute);
                Assert.That(suites.Elements("testsuite").Sum(suite => (int)suite.Attribute(attribute)!), Is.EqualTo((int)suites.Attribute(attribute)!), attribute);
            }
        });
    }

    [Test]
    public void Of_RunThatHolds_NothingButPasses() => Assert.That(XDocument.Parse(JUnitXml.Of(SyntheticReport.AllHold())).Descendants("testcase").Where(one => one.Elements().Any(e => e.Name != "system-out")), Is.Empty);
}
