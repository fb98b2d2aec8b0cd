using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>An assembly of a user with claims and estimators, really compiled, once for all tests that load it.</summary>
[SetUpFixture]
public sealed class OwnAssembly
{
    private static readonly Lazy<(ClaimsProject Project, Finished Gate)> Built = new(() =>
    {
        var project = new ClaimsProject();
        return (project, project.Test());
    });

    /// <summary>The project.</summary>
    internal static ClaimsProject Project => Built.Value.Project;

    /// <summary>What <c>dotnet test</c> printed when it built the project and ran its gate.</summary>
    internal static Finished Gate => Built.Value.Gate;

    /// <summary>The assembly.</summary>
    internal static string Path => Gate.ExitCode == 0 ? Project.Assembly : throw new InvalidOperationException($"dotnet test failed in the project of docs/write-a-claim.md: {Gate.Output}{Gate.Error}");

    [OneTimeTearDown]
    public void DeleteTheProject()
    {
        if (Built.IsValueCreated)
        {
            Project.Dispose();
        }
    }
}
