using System.Diagnostics;

namespace Harness.Reports.Ledger;

/// <summary>Appends to the record of sessions what this one is, and how long it takes.</summary>
internal sealed class SessionLog : IDisposable
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly JsonLinesAppender lines;

    private SessionLog(JsonLinesAppender lines) => this.lines = lines;

    /// <summary>Begins a session.</summary>
    public static SessionLog Begin(string folder, SessionProvenance provenance)
    {
        var log = new SessionLog(JsonLinesAppender.Open(LedgerFolder.Sessions(folder)));
        log.Append(new("begin", 0, provenance));
        return log;
    }

    /// <summary>Records the time of a claim's trials in this session so far.</summary>
    public void RecordTime(string claim, TimeSpan elapsed) => Append(new("trials", Elapsed, null, claim, elapsed.TotalSeconds));

    /// <summary>Ends the session.</summary>
    public void Dispose()
    {
        using (lines)
        {
            Append(new("end", Elapsed));
        }
    }

    private double Elapsed => Stopwatch.GetElapsedTime(start).TotalSeconds;

    private void Append(SessionLine line) => lines.Append(line, LedgerJson.Line.SessionLine);
}
