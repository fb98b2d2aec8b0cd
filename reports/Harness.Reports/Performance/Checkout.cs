using Harness.Reports.Ledger;

namespace Harness.Reports.Performance;

/// <summary>A checkout of the project, whose benchmarks are built and run.</summary>
/// <param name="Folder">Its root.</param>
public sealed record Checkout(string Folder)
{
    private const string Project = "perf/Harness.Perf";

    /// <summary>The checkout around a folder.</summary>
    /// <exception cref="LedgerException">There is none.</exception>
    public static Checkout Around(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "Harness.sln")) && Directory.Exists(Path.Combine(place.FullName, Project)))
            {
                return new(place.FullName);
            }
        }

        throw new LedgerException($"{folder} is not inside a checkout of Harness, whose benchmarks are built from source. Change to one, or clone the repository.");
    }

    /// <summary>The files that say which benchmarks are followed, and which must not allocate: one glob a line, # begins a comment.</summary>
    public string[] Globs(string file) =>
        [.. File.ReadLines(Path.Combine(Folder, "perf", file)).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];

    /// <summary>The commit that is checked out, and whether tracked or new files differ from it.</summary>
    public async Task<(string Commit, bool IsModified)> RevisionAsync(CancellationToken cancellation) =>
        ((await GitAsync(cancellation, "rev-parse", "HEAD").ConfigureAwait(false)).Trim(), (await GitAsync(cancellation, "status", "--porcelain").ConfigureAwait(false)).Length > 0);

    /// <summary>The full name of a commit.</summary>
    /// <exception cref="LedgerException">Git knows no such revision.</exception>
    public async Task<string> CommitAsync(string revision, CancellationToken cancellation)
    {
        try
        {
            return (await GitAsync(cancellation, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}").ConfigureAwait(false)).Trim();
        }
        catch (IOException exception)
        {
            throw new LedgerException($"{revision} is not a revision of the repository in {Folder}. 'git log --oneline' shows some.", new ArgumentException(exception.Message));
        }
    }

    /// <summary>Another revision, checked out beside this one until it is disposed of.</summary>
    internal async Task<Worktree> CheckOutAsync(string commit, CancellationToken cancellation)
    {
        var folder = Path.Combine(Path.GetTempPath(), "harness-perf-" + Path.GetRandomFileName());
        await GitAsync(cancellation, "worktree", "add", "--detach", folder, commit).ConfigureAwait(false);
        return new(this, folder);
    }

    /// <summary>Builds the benchmark program.</summary>
    /// <exception cref="IOException">It doesn't build.</exception>
    internal Task BuildAsync(CancellationToken cancellation) => ChildProcess.RunAsync(Folder, "dotnet", ["build", Project, "-c", "Release", "--nologo", "-v", "quiet"], cancellation);

    /// <summary>Runs benchmarks.</summary>
    /// <param name="globs">Which.</param>
    /// <param name="options">Further options of BenchmarkDotNet.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="IOException">The program failed.</exception>
    /// <exception cref="LedgerException">No benchmark matches.</exception>
    internal async Task<IReadOnlyList<BenchmarkResult>> RunAsync(IReadOnlyCollection<string> globs, IEnumerable<string> options, CancellationToken cancellation)
    {
        var artifacts = Directory.CreateTempSubdirectory("harness-perf-").FullName;
        try
        {
            string[] arguments = [Path.Combine("artifacts", "bin", "Harness.Perf", "release", "Harness.Perf.dll"), "--filter", .. globs, "--artifacts", artifacts, .. options];
            await ChildProcess.RunAsync(Folder, "dotnet", arguments, cancellation).ConfigureAwait(false);
            var results = BenchmarkResults.Read(artifacts);
            return results.IsEmpty ? throw new LedgerException($"No benchmark in {Folder} matches {string.Join(" or ", globs)}. 'dotnet run -c Release --project {Project} -- --list flat' names them.") : results;
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    internal Task<string> GitAsync(CancellationToken cancellation, params string[] arguments) => ChildProcess.RunAsync(Folder, "git", arguments, cancellation);
}

/// <summary>A revision in a folder of its own, which goes when it is disposed of.</summary>
internal sealed class Worktree(Checkout owner, string folder) : IAsyncDisposable
{
    /// <summary>The revision's checkout.</summary>
    public Checkout Checkout { get; } = new(folder);

    public async ValueTask DisposeAsync() => await owner.GitAsync(CancellationToken.None, "worktree", "remove", "--force", folder).ConfigureAwait(false);
}
