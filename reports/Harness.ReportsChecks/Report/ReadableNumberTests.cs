using Harness.Reports.Report;
using NUnit.Framework;

namespace Harness.ReportsChecks.Report;

public sealed class ReadableNumberTests
{
    [TestCase(0, "0")]
    [TestCase(4096, "4096")]
    [TestCase(-0.8437, "−0.844")]
    [TestCase(0.5, "0.5")]
    [TestCase(0.99961, "1")]
    [TestCase(12.3456, "12.3")]
    [TestCase(12345.6, "12346")]
    [TestCase(0.00123456, "0.00123")]
    [TestCase(0.000123456, "1.23×10⁻⁴")]
    [TestCase(1e-6, "10⁻⁶")]
    [TestCase(-2.5e-8, "−2.5×10⁻⁸")]
    [TestCase(1.5e12, "1.5×10¹²")]
    [TestCase(double.NegativeInfinity, "−∞")]
    [TestCase(double.NaN, "not a number")]
    [TestCase(double.Epsilon, "4.94×10⁻³²⁴")]
    public void Of_Value_HasThreeSignificantDigits(double value, string text) => Assert.That(ReadableNumber.Of(value), Is.EqualTo(text));

    [TestCase("slope -0.84 at level 2E-10", "slope −0.84 at level 2×10⁻¹⁰")]
    [TestCase("m 396–2.42E+03, within -0.5 ± 0.15", "m 396–2420, within −0.5 ± 0.15")]
    [TestCase("m=2, (cell 0, trial 1), 1/√m, x-1, arXiv:1811.03962v5, 2026-11-24", "m=2, (cell 0, trial 1), 1/√m, x-1, arXiv:1811.03962v5, 2026-11-24")]
    public void InText_PrintedNumbers_AreReadable(string printed, string readable) => Assert.That(ReadableNumber.InText(printed), Is.EqualTo(readable));

    [TestCase(1, "1 trial")]
    [TestCase(0, "0 trials")]
    [TestCase(1097, "1097 trials")]
    public void Count_OfANoun_AgreesInNumber(int count, string text) => Assert.That(ReadableNumber.Count(count, "trial"), Is.EqualTo(text));
}
