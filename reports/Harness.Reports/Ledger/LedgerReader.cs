using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>Reads the observations of a run, complete or not, while it is written or after.</summary>
public sealed class LedgerReader
{
    private readonly string folder;

    private LedgerReader(string folder, RunIdentity identity) => (this.folder, Identity) = (folder, identity);

    /// <summary>What the observations depend on.</summary>
    public RunIdentity Identity { get; }

    /// <summary>Opens the ledger in a folder.</summary>
    /// <exception cref="LedgerException">There is none, or its header is not one of this version.</exception>
    public static LedgerReader Open(string folder) => TryOpen(folder)
        ?? throw new LedgerException($"{LedgerFolder.Observations(folder)}: no run was begun here. Give the folder of a run.");

    /// <summary>The observations in the order in which they were made, those of timed claims after all others.</summary>
    /// <remarks>A last line that is torn, because the run is being written or was killed, does not count.</remarks>
    /// <exception cref="LedgerException">A line is damaged, or a trial stands twice: the message has file and line. Thrown while reading.</exception>
    public IEnumerable<LedgerEntry> Entries() => Files.SelectMany(Entries);

    /// <summary>The files with observations: <see cref="LedgerFolder.Observations"/>, and <see cref="LedgerFolder.Measurements"/> where there are any.</summary>
    internal IEnumerable<string> Files => new[] { LedgerFolder.Observations(folder), LedgerFolder.Measurements(folder) }.Where(File.Exists);

    /// <summary>The observations in one of the files.</summary>
    internal IEnumerable<LedgerEntry> Entries(string path)
    {
        using var stream = JsonLines.Open(path);
        var lines = new Dictionary<ReplayKey, int>();
        foreach (var (index, line) in JsonLines.Read(stream).Index())
        {
            var number = index + 1;
            if (number == 1)
            {
                CheckHeader(line, path);
                continue;
            }

            var entry = JsonLines.Parse(line, LedgerJson.Line.ObservationLine, path, number, parsed => parsed.In(Identity));
            if (!lines.TryAdd(entry.Key, number))
            {
                throw LedgerException.At(path, number, $"the trial {entry.Key} stands in line {lines[entry.Key]} already, and nothing may count twice. The file was changed; begin a new run.");
            }

            yield return entry;
        }
    }

    private void CheckHeader(ReadOnlyMemory<byte> line, string path)
    {
        if (JsonLines.Parse(line, LedgerJson.Line.RunIdentity, path, 1, identity => identity) != Identity)
        {
            throw LedgerException.At(path, 1, "the header is that of another run. The files were mixed; begin a new run.");
        }
    }

    /// <summary>The observation of one trial, or null where it was not made.</summary>
    /// <exception cref="LedgerException">A line before it is damaged.</exception>
    public Observation? Find(ReplayKey key) => Entries().FirstOrDefault(entry => entry.Key == key)?.Observation;

    /// <summary>The verdicts in the order in which they were written, those of timed claims after all others; none where the run did not come to its end.</summary>
    /// <exception cref="LedgerException">A line is damaged: the message has file and line. Thrown while reading.</exception>
    internal IEnumerable<(VerdictLine Line, bool IsTimed)> Verdicts() =>
        new[] { (Path: LedgerFolder.Verdicts(folder), IsTimed: false), (Path: LedgerFolder.MeasuredVerdicts(folder), IsTimed: true) }
            .Where(file => File.Exists(file.Path))
            .SelectMany(file => Verdicts(file.Path), (file, line) => (line, file.IsTimed));

    private static IEnumerable<VerdictLine> Verdicts(string path)
    {
        using var stream = JsonLines.Open(path);
        foreach (var (index, line) in JsonLines.Read(stream).Index().Skip(1))
        {
            yield return JsonLines.Parse(line, LedgerJson.Line.VerdictLine, path, index + 1, parsed => parsed);
        }
    }

    /// <summary>Number of verdicts in a file, every one checked.</summary>
    internal static int CountVerdicts(string path) => Verdicts(path).Count();

    /// <summary>Opens a ledger, or returns null where not even a header was written.</summary>
    internal static LedgerReader? TryOpen(string folder)
    {
        var path = LedgerFolder.Observations(folder);
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = JsonLines.Open(path);
        foreach (var line in JsonLines.Read(stream))
        {
            return new(folder, JsonLines.Parse(line, LedgerJson.Line.RunIdentity, path, 1, Checked));
        }

        return null;

        RunIdentity Checked(RunIdentity identity) => identity.Schema == RunIdentity.CurrentSchema
            ? identity
            : throw LedgerException.At(path, 1, $"the ledger has version {identity.Schema}, and this program reads version {RunIdentity.CurrentSchema}. Use the program that wrote it.");
    }
}
