using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>The documentation is the program's own: docs/cli.md has what the commands say, and every command has an example that the command line takes.</summary>
public sealed class DocumentationTests : CliFixture
{
    private static readonly string Published = Path.Combine(AppContext.BaseDirectory, "Scripts", "cli.md");

    [Test]
    public void Docs_OfTheseCommands_AreThosePublished()
    {
        File.Copy(Published, Path.Combine(Folder, "cli.md"));
        var finished = Run("docs", "cli.md");
        Assert.That(finished.ExitCode, Is.Zero, finished.Error);
        Assert.That(File.ReadAllText(Path.Combine(Folder, "cli.md")), Is.EqualTo(File.ReadAllText(Published)), "a command was changed: dotnet cake --target=Docs");
    }

    [Test]
    public void Docs_Reference_HasEveryCommandWithItsExamples()
    {
        var reference = Run("docs").Output;
        var sections = reference.Split("\n### ")[1..];
        Assert.That(sections, Is.All.Contains("```\n"));
        Assert.That(
            sections.Select(section => section[..section.IndexOf('\n', StringComparison.Ordinal)]),
            Is.SupersetOf(new[] { "harness verify", "harness perf gate", "harness lora count", "harness completion" }).And.Not.Contain("harness docs"));
        Assert.That(reference, Does.Contain("--profile gate|standard|thorough").And.Contain("Default: standard.").And.Contain("| 130 |"));
    }

    [Test]
    public void Docs_FileWithoutAPlaceForThem_IsLeftAlone()
    {
        File.WriteAllText(Path.Combine(Folder, "mine.md"), "mine");
        var finished = Run("docs", "mine.md");
        Assert.That(finished.ExitCode, Is.EqualTo(1));
        Assert.That(finished.Error, Does.Contain("has no place for the reference"));
        Assert.That(File.ReadAllText(Path.Combine(Folder, "mine.md")), Is.EqualTo("mine"));
    }
}
