using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>Reads the observations of a run, complete or not, while it is written or after.</summary>
public sealed class LedgerReader
{
    private readonly string path;

    private LedgerReader(string path, RunIdentity identity) => (this.path, Identity) = (path, identity);

    /// <summary>What the observations depend on.</summary>
    public RunIdentity Identity { get; }

    /// <summary>Opens the ledger in a folder.</summary>
    /// <exception cref="LedgerException">There is none, or its header is not one of this version.</exception>
    public static LedgerReader Open(string folder) => TryOpen(folder)
        ?? throw new LedgerException($"{LedgerFolder.Observations(folder)}: no run was begun here. Give the folder of a run.");

    /// <summary>The observations in the order in which they were made.</summary>
    /// <remarks>A last line that is torn, because the run is being written or was killed, does not count.</remarks>
    /// <exception cref="LedgerException">A line is damaged, or a trial stands twice: the message has file and line. Thrown while reading.</exception>
    public IEnumerable<LedgerEntry> Entries()
    {
        using var stream = JsonLines.Open(path);
        var lines = new Dictionary<ReplayKey, int>();
        foreach (var (index, line) in JsonLines.Read(stream).Index().Skip(1))
        {
            var number = index + 1;
            var entry = JsonLines.Parse(line, LedgerJson.Line.ObservationLine, path, number, parsed => parsed.In(Identity));
            if (!lines.TryAdd(entry.Key, number))
            {
                throw LedgerException.At(path, number, $"the trial {entry.Key} stands in line {lines[entry.Key]} already, and nothing may count twice. The file was changed; begin a new run.");
            }

            yield return entry;
        }
    }

    /// <summary>The observation of one trial, or null where it was not made.</summary>
    /// <exception cref="LedgerException">A line before it is damaged.</exception>
    public Observation? Find(ReplayKey key) => Entries().FirstOrDefault(entry => entry.Key == key)?.Observation;

    /// <summary>Number of verdicts in a folder, every one checked; 0 where the run did not come to its end.</summary>
    internal static int CountVerdicts(string folder)
    {
        var path = LedgerFolder.Verdicts(folder);
        if (!File.Exists(path))
        {
            return 0;
        }

        using var stream = JsonLines.Open(path);
        return JsonLines.Read(stream).Index().Skip(1).Count(l => JsonLines.Parse(l.Item, LedgerJson.Line.VerdictLine, path, l.Index + 1, _ => true));
    }

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
            return new(path, JsonLines.Parse(line, LedgerJson.Line.RunIdentity, path, 1, Checked));
        }

        return null;

        RunIdentity Checked(RunIdentity identity) => identity.Schema == RunIdentity.CurrentSchema
            ? identity
            : throw LedgerException.At(path, 1, $"the ledger has version {identity.Schema}, and this program reads version {RunIdentity.CurrentSchema}. Use the program that wrote it.");
    }
}
