// The packages, and whether a stranger can use them: a tool from a folder, a project from the template, both in an empty place with the packages as the only source.

var packages = MakeAbsolute(Directory("artifacts/packages"));

Task("Pack")
    .Description("Packs Harness.Core, Harness.Claims, Harness.Cli (the tool harness) and Harness.Templates into artifacts/packages. Paths of this machine stay out of them.")
    .Does(() =>
    {
        CleanDirectory(packages);
        foreach (var project in new[] { "core/Harness.Core", "proofs-checks/Harness.Claims", "reports/Harness.Cli", "reports/Harness.Templates" })
        {
            DotNetPack(project, new DotNetPackSettings
            {
                Configuration = configuration,
                OutputDirectory = packages,
                MSBuildSettings = new DotNetMSBuildSettings { ContinuousIntegrationBuild = true },
            });
        }

        foreach (var package in GetFiles(packages + "/*.nupkg"))
        {
            Information($"{package.GetFilename()}: {FileSize(package) / 1e6:F1} MB");
        }
    });

Task("Packages")
    .Description("Packs, then uses the packages as a stranger would: installs the tool, lists, verifies and reports; makes a project from the template, tests it, and verifies its claims.")
    .IsDependentOn("Pack")
    .Does(() =>
    {
        var place = Directory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "harness-packages-" + Guid.NewGuid().ToString("N")));
        CreateDirectory(place);
        try
        {
            var stranger = new Stranger(Context, MakeAbsolute(place), packages);
            stranger.InstallTool();
            stranger.Harness("list", "--paper", "os");
            stranger.Harness("verify", "azls.gradient-formula", "azls.kernel-identity", "--profile", "gate", "--out", "run");
            stranger.Harness("report", "run");

            // The history of runs is read by DuckDB, whose native library has to be found beside the tool.
            stranger.Harness("perf", "history", "--runs", ".");
            stranger.MakeProject();
            stranger.Dotnet("project", "test");
            stranger.Harness("verify", "--claims", "project/bin/Debug/net10.0/Project.dll", "--data", "none", "--out", "own");
        }
        finally
        {
            DeleteDirectory(place, new DeleteDirectorySettings { Recursive = true, Force = true });
        }
    });

/// <summary>Someone with an empty folder, the packages, and what NuGet has already brought here for the build: nothing else is a source, so that the packages of this build are the ones that are tried.</summary>
class Stranger
{
    private readonly ICakeContext context;
    private readonly DirectoryPath place;
    private readonly DirectoryPath packages;

    public Stranger(ICakeContext context, DirectoryPath place, DirectoryPath packages)
    {
        (this.context, this.place, this.packages) = (context, place, packages);
        var restored = context.EnvironmentVariable("NUGET_PACKAGES") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        System.IO.File.WriteAllText(place.CombineWithFilePath("nuget.config").FullPath, $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="restored" /></config>
              <fallbackPackageFolders><clear /><add key="build" value="{restored}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="packages" value="{packages}" /></packageSources>
            </configuration>
            """);
    }

    public void InstallTool() => Dotnet(".", "tool", "install", "Harness.Cli", "--tool-path", "tool");

    public void MakeProject()
    {
        // Templates are kept apart from the user's own; a relative path is not taken.
        var hive = place.Combine("hive").FullPath;
        var templates = System.IO.Directory.GetFiles(packages.FullPath, "Harness.Templates.*.nupkg").Single();
        Dotnet(".", "new", "install", templates, "--debug:custom-hive", hive);
        Dotnet(".", "new", "harness-claims", "--name", "Project", "--output", "project", "--debug:custom-hive", hive);
    }

    public void Harness(params string[] words) => Run(place.CombineWithFilePath(context.IsRunningOnWindows() ? "tool/harness.exe" : "tool/harness"), place, words);

    public void Dotnet(string folder, params string[] words) => Run("dotnet", place.Combine(folder), words);

    private void Run(FilePath program, DirectoryPath folder, string[] words)
    {
        context.Information($"> {program.GetFilename()} {string.Join(' ', words)}");
        var arguments = words.Aggregate(new ProcessArgumentBuilder(), (line, word) => line.AppendQuoted(word));
        var exitCode = context.StartProcess(program, new ProcessSettings { Arguments = arguments, WorkingDirectory = folder });
        if (exitCode != 0)
        {
            throw new CakeException($"{program.GetFilename()} {string.Join(' ', words)} ended with exit code {exitCode}.");
        }
    }
}
