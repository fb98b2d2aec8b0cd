using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace Harness.ProofsChecks;

/// <summary>The house of ARCHITECTURE.md: four floors, every reference points down.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Floors = ["core", "proofs-checks", "perf", "reports"];

    /// <summary>What a template copies is a user's project and no part of the house.</summary>
    private static readonly string Templates = Path.Combine("reports", "Harness.Templates", "content") + Path.DirectorySeparatorChar;

    private static IEnumerable<string> Projects() => Floors
        .SelectMany(floor => Directory.EnumerateFiles(Path.Combine(Repository.Root, floor), "*.csproj", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(path => !path.StartsWith(Templates, StringComparison.Ordinal))
        .Select(path => path.Replace('\\', '/'));

    [TestCaseSource(nameof(Projects))]
    public void Project_References_PointDownOrSideways(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        var upwards = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value))).Replace('\\', '/'))
            .Where(target => Floor(target) > Floor(project));
        Assert.That(upwards, Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Project_Packages_AreThoseThatTheArchitectureNames(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var row = File.ReadLines(Path.Combine(Repository.Root, "ARCHITECTURE.md")).SingleOrDefault(line => line.Contains($"/{name}`", StringComparison.Ordinal));
        Assert.That(row, Is.Not.Null, $"ARCHITECTURE.md has no row for {name}.");
        var unnamed = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("PackageReference")
            .Where(package => package.Attribute("PrivateAssets") is null)
            .Select(package => Prefix().Match(package.Attribute("Include")!.Value).Value)
            .Where(package => !row!.Contains(package, StringComparison.Ordinal));
        Assert.That(unnamed, Is.Empty);
    }

    [Test]
    public void Solution_ContainsEveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Harness.sln")).Replace('\\', '/');
        Assert.That(Projects().Where(project => !solution.Contains(project, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void PackageVersions_AreExactPins()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Version")!.Value);
        Assert.That(versions.Where(version => !Exact().IsMatch(version)), Is.Empty);
    }

    [Test]
    public void Template_Versions_AreThoseOfTheHouse()
    {
        var template = Path.Combine(Repository.Root, Templates, "harness-claims");
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        var pins = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value);
        foreach (var package in XDocument.Load(Path.Combine(template, "MyClaims.csproj")).Descendants("PackageReference"))
        {
            var name = package.Attribute("Include")!.Value;
            Assert.That(package.Attribute("Version")!.Value, Is.EqualTo(name == "Harness.Claims" ? version : pins[name]), name);
        }

        Assert.That(File.ReadAllText(Path.Combine(template, ".config", "dotnet-tools.json")), Does.Contain($"\"harness.cli\": {{ \"version\": \"{version}\""));
    }

    private static int Floor(string path) => Array.IndexOf(Floors, path.Split('/')[0]);

    [GeneratedRegex(@"^[A-Za-z]+(\.[A-Za-z]+)?")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex Exact();
}
