using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using Harness.Claims;
using Harness.Core.Data;

namespace Harness.Reports.Ledger;

/// <summary>Which source the running program was built from.</summary>
/// <param name="Commit">The commit, as the build wrote it into the assembly, or <see cref="Unknown"/> where it was built outside a repository.</param>
/// <param name="IsModified">Whether the source differs from the commit; null where that cannot be told, because the working tree or git is not here.</param>
/// <param name="Sdk">Version of the SDK that built it, or <see cref="Unknown"/>.</param>
/// <param name="Modules">Version identifiers of the modules that compute observations: the same bits of program have the same identifiers.</param>
public sealed record BuildRevision(string Commit, bool? IsModified, string Sdk, string Modules)
{
    /// <summary>Stands where a revision could not be found out.</summary>
    public const string Unknown = "unknown";

    private static readonly Lazy<BuildRevision> current = new(Find);

    /// <summary>The revision of the running program.</summary>
    public static BuildRevision Current => current.Value;

    /// <summary>The commit, and whether the source differs from it.</summary>
    public string InWords => IsModified == true ? Commit + " with changes" : Commit;

    private static BuildRevision Find()
    {
        var assembly = typeof(BuildRevision).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var commit = version.IndexOf('+', StringComparison.Ordinal) is var plus and >= 0 ? version[(plus + 1)..] : Unknown;
        var sdk = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "SdkVersion")?.Value;
        var modules = new[] { typeof(DataSet), typeof(Claim) }.Select(t => t.Module.ModuleVersionId.ToString("N"));
        return new(commit, IsWorkingTreeModified(AppContext.BaseDirectory, commit), sdk ?? Unknown, string.Join('+', modules));
    }

    /// <summary>Whether the source files around <paramref name="folder"/> differ from <paramref name="commit"/>: null where they are not a working tree at that commit.</summary>
    /// <remarks>Only what is compiled counts, and files that git doesn't know count too; results of earlier runs and texts don't.</remarks>
    internal static bool? IsWorkingTreeModified(string folder, string commit) => Git(folder, "rev-parse", "HEAD")?.Trim() == commit
        ? Git(folder, "--no-optional-locks", "status", "--porcelain", "--", ":(top)*.cs", ":(top)*.csproj", ":(top)*.props", ":(top)*.targets") is { } changes ? changes.Length > 0 : null
        : null;

    /// <summary>What git prints, or null where it fails, hangs, or isn't there.</summary>
    private static string? Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                git.Kill(entireProcessTree: true);
                return null;
            }

            return git.ExitCode == 0 ? output.GetAwaiter().GetResult() : null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }
}
