using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>span: the dimension of a user's coefficients, and complaints that say where and what to do.</summary>
public sealed class SpanTests : CliFixture
{
    private const string Table = "name;theta;lambda\nlast;3;1\nfirst;1;9\nmiddle;0,5;4\n";

    [Test]
    public void Span_OfNamedColumns_OrdersBySpectrum()
    {
        // Order of λ: 1, ½, 3; at σ² = 4 the energies 9.25, 9, 0 meet 4, 8, 12. In the order of |θ| one coordinate leaves 1.25.
        File.WriteAllText(Path.Combine(Folder, "c.csv"), Table);
        var finished = Run("span", "c.csv", "--values", "theta", "--spectrum", "lambda", "--noise", "4");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(finished.Output, Does.Contain("d† = 3 of 3 coefficients at σ² = 4; in the order of |θ| it would be 1."));
    }

    [Test]
    public void Span_WithoutASpectrum_TakesTheOrderOfTheLines()
    {
        File.WriteAllText(Path.Combine(Folder, "plain.csv"), "3\n1\n0.5\n");
        Assert.That(Run("span", "plain.csv", "--noise", "2").Output, Does.Contain("d† = 1 of 3"));
    }

    [TestCase("NA;1\n3;2\n", "1", "c.csv:1:1: found 'NA'", Description = "a missing value is no name of a column")]
    [TestCase("a;1\nb;x\n", "2", "c.csv:2:2: found 'x'", Description = "text in another column does not make the first line one of names")]
    public void Span_FirstLine_IsNotLost(string table, string column, string expected)
    {
        File.WriteAllText(Path.Combine(Folder, "c.csv"), table);
        var finished = Run("span", "c.csv", "--values", column, "--noise", "1");
        Assert.That((finished.ExitCode, finished.Error.Contains(expected, StringComparison.Ordinal)), Is.EqualTo((1, true)), finished.Error);
    }

    [TestCase("d† needs a variance", "--noise", "span", "c.csv")]
    [TestCase("an unknown column", "no column 'thta'", "span", "c.csv", "--values", "thta", "--noise", "1")]
    [TestCase("text in the column", "c.csv:2:1", "span", "c.csv", "--values", "name", "--noise", "1")]
    [TestCase("no such file", "no such file", "span", "nowhere.csv", "--noise", "1")]
    [TestCase("a negative variance", "expected a positive number", "span", "c.csv", "--noise", "-1")]
    public void Span_OfWhatCannotBeRead_SaysWhy(string why, string expected, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(Folder, "c.csv"), Table);
        var finished = Run(arguments);
        Assert.That(finished.ExitCode, Is.Not.Zero, why);
        Assert.That(finished.Error, Does.Contain(expected).And.Not.Contain("   at "), why);
        Assert.That(finished.Output, Is.Empty, why);
    }
}
