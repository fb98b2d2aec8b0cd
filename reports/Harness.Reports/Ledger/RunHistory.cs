using System.Collections.Immutable;

namespace Harness.Reports.Ledger;

/// <summary>The sessions that worked on a run, and the time they took.</summary>
/// <param name="Sessions">In the order in which they began.</param>
public sealed record RunHistory(ImmutableArray<RunSession> Sessions)
{
    /// <summary>When the first session began, or null where none is recorded.</summary>
    public DateTimeOffset? Started => Sessions.IsEmpty ? null : Sessions[0].Provenance.Started;

    /// <summary>The machines that worked on the run, in words.</summary>
    public string Machines => Sessions.IsEmpty ? "not recorded" : string.Join("; then ", Sessions.Select(s => s.Provenance.Machine).Distinct());

    /// <summary>Seconds that the sessions lasted; the time between them does not count.</summary>
    public double Seconds => Sessions.Sum(s => s.Seconds);

    /// <summary>Seconds spent in the trials of a claim, summed over threads and sessions; 0 where none are recorded.</summary>
    public double SecondsOf(string claim) => Sessions.Sum(s => s.Claims.GetValueOrDefault(claim));

    /// <summary>Reads the record of sessions in a run's folder.</summary>
    /// <exception cref="LedgerException">A line is damaged: the message has file and line.</exception>
    public static RunHistory Read(string folder)
    {
        var path = LedgerFolder.Sessions(folder);
        if (!File.Exists(path))
        {
            return new([]);
        }

        using var stream = JsonLines.Open(path);
        var sessions = ImmutableArray.CreateBuilder<RunSession>();
        foreach (var (index, line) in JsonLines.Read(stream).Index())
        {
            var entry = JsonLines.Parse(line, LedgerJson.Line.SessionLine, path, index + 1, parsed => parsed);
            if (entry.Session is { } provenance)
            {
                sessions.Add(new(provenance, entry.Elapsed, ImmutableDictionary<string, double>.Empty));
                continue;
            }

            if (sessions.Count == 0)
            {
                throw LedgerException.At(path, index + 1, "the record of sessions does not begin with a session. The file was changed or damaged; begin a new run.");
            }

            sessions[^1] = sessions[^1].After(entry);
        }

        return new(sessions.ToImmutable());
    }
}

/// <summary>One session.</summary>
/// <param name="Provenance">Where and when.</param>
/// <param name="Seconds">How long it lasted; of one that was killed, until the last time it recorded.</param>
/// <param name="Claims">Seconds spent in the trials of each claim, summed over threads.</param>
public sealed record RunSession(SessionProvenance Provenance, double Seconds, ImmutableDictionary<string, double> Claims)
{
    internal RunSession After(SessionLine line) => this with
    {
        Seconds = line.Elapsed,
        Claims = line.Claim is { } claim ? Claims.SetItem(claim, line.Seconds ?? 0) : Claims,
    };
}
