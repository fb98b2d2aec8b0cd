using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Harness.ReportsChecks.Cli;

/// <summary>
/// The project that docs/write-a-claim.md builds, in a folder of its own: what the template gives, the files that the document adds, and some estimators. The assemblies of this build stand for the packages.
/// </summary>
internal sealed partial class ClaimsProject : IDisposable
{
    /// <summary>The document.</summary>
    public static readonly string Document = Path.Combine(AppContext.BaseDirectory, "Scripts", "write-a-claim.md");

    private static readonly string Template = Path.Combine(AppContext.BaseDirectory, "Template"), Program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Harness.Cli", HarnessProcess.Configuration));

    public ClaimsProject()
    {
        foreach (var file in Directory.EnumerateFiles(Template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var file in Blocks().Where(block => block.Language == "csharp").GroupBy(block => block.File))
        {
            File.WriteAllLines(Path.Combine(Folder, file.Key), file.Select(block => block.Text));
        }

        File.WriteAllText(Path.Combine(Folder, "Estimators.cs"), TransferTests.Source);
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.targets"), $"""
            <Project>
              <ItemGroup>
                <PackageReference Remove="Harness.Claims" />
                <Reference Include="{Path.Combine(Program, "Harness.Core.dll")}" />
                <Reference Include="{Path.Combine(Program, "Harness.Claims.dll")}" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Where the project is.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("harness-claims-").FullName;

    /// <summary>The assembly that <see cref="Test"/> builds.</summary>
    public string Assembly => Path.Combine(Folder, "bin", "Debug", $"net{Environment.Version.Major}.0", "MyClaims.dll");

    /// <summary><c>dotnet test</c>: builds the project and runs its gate.</summary>
    public Finished Test()
    {
        using var test = Process.Start(new ProcessStartInfo("dotnet", ["test"]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" } })!;
        var (output, error) = (test.StandardOutput.ReadToEndAsync(), test.StandardError.ReadToEndAsync());
        test.WaitForExit();
        return new(test.ExitCode, output.Result, error.Result);
    }

    /// <summary>The fenced blocks of the document: <c>```csharp FILE</c>, <c>```console</c>, ….</summary>
    public static IEnumerable<(string Language, string File, string Text)> Blocks() =>
        Fence().Matches(File.ReadAllText(Document)).Select(block => (block.Groups["language"].Value, block.Groups["file"].Value, block.Groups["text"].Value));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [GeneratedRegex(@"^```(?<language>\w+) ?(?<file>\S*)\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
