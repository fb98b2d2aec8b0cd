using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>
/// Appends the observations of a run, in one session after another, so that nothing is lost and nothing counts twice, wherever a session was killed.
/// </summary>
/// <remarks>
/// <para>One writer at a time: a lock that the operating system drops when the process ends keeps others out. Readers are welcome at any time.</para>
/// <para>Every line reaches the operating system before the next trial is stored, so a killed process loses at most the line that it was writing. A power
/// failure may lose more, but never anything between two lines that are there. The files reach the disk when the writer is closed.</para>
/// <para>Not thread-safe.</para>
/// </remarks>
public sealed class LedgerWriter : IDisposable
{
    private readonly string folder;
    private readonly RunIdentity identity;
    private readonly FileStream gate;
    private readonly Dictionary<ReplayKey, Observation> known = [];
    private JsonLinesAppender? observations;
    private JsonLinesAppender? measurements;
    private SessionLog? session;

    private LedgerWriter(string folder, RunIdentity identity)
    {
        (this.folder, this.identity) = (folder, identity);
        Directory.CreateDirectory(folder);
        try
        {
            gate = new(LedgerFolder.Lock(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new LedgerException($"{folder}: another process is writing this ledger ({exception.Message}). Wait for it, or choose another folder.", exception);
        }
    }

    /// <summary>Begins a run.</summary>
    /// <param name="folder">The run's folder; created where it is missing.</param>
    /// <param name="identity">What the observations depend on.</param>
    /// <param name="provenance">The session.</param>
    /// <exception cref="LedgerException">A run was begun there before, or is being written.</exception>
    public static LedgerWriter Begin(string folder, RunIdentity identity, SessionProvenance provenance) => Open(folder, identity, writer =>
    {
        if (LedgerReader.TryOpen(folder) is not null)
        {
            throw new LedgerException($"{folder} has a run already. Resume it, or choose another folder.");
        }

        writer.Start(provenance);
    });

    /// <summary>Continues a run, or begins it where the session before was killed before anything was written.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="identity">What the observations depend on: the same as before.</param>
    /// <param name="provenance">The session.</param>
    /// <exception cref="LedgerException">It is another run, another program, damaged, or being written. Nothing was changed.</exception>
    public static LedgerWriter Resume(string folder, RunIdentity identity, SessionProvenance provenance) => Open(folder, identity, writer =>
    {
        if (LedgerReader.TryOpen(folder) is { } reader)
        {
            writer.Recall(reader, provenance);
        }

        writer.Start(provenance);
    });

    /// <summary>Number of observations, those of earlier sessions included.</summary>
    public int Count => known.Count;

    /// <summary>The observation of a trial, of this session or an earlier one, or null.</summary>
    public Observation? Find(ReplayKey key) => known.GetValueOrDefault(key);

    /// <summary>Appends what a trial observed. What is there already, bit for bit, is not written again.</summary>
    /// <exception cref="ArgumentException">The trial belongs to another run or is not the observation's.</exception>
    /// <exception cref="LedgerException">The trial observed something else before, or the line could not be written.</exception>
    public void Append(ReplayKey key, Observation observation)
    {
        var line = Line(key, observation);
        if (known.TryGetValue(key, out var before))
        {
            if (!line.HasSameBits(ObservationLine.Of(new(key, before))))
            {
                throw new LedgerException($"{folder}: the trial {key} observed something else than in an earlier session, so it is not reproducible. Compare both with: harness replay {key}");
            }

            return;
        }

        observations!.Append(line, LedgerJson.Line.ObservationLine);
        known.Add(key, observation);
    }

    /// <summary>Appends what a trial of a timed claim measured. The first measurement of a trial stands: another would be different, and no better.</summary>
    /// <exception cref="ArgumentException">The trial belongs to another run or is not the observation's.</exception>
    /// <exception cref="LedgerException">The line could not be written.</exception>
    public void AppendMeasurement(ReplayKey key, Observation observation)
    {
        var line = Line(key, observation);
        if (known.TryAdd(key, observation))
        {
            measurements ??= OpenWithHeader(LedgerFolder.Measurements(folder));
            measurements.Append(line, LedgerJson.Line.ObservationLine);
        }
    }

    /// <summary>Records the time that the trials of a claim have taken in this session so far; a later call for the same claim replaces an earlier one.</summary>
    /// <param name="claim">Id of the claim.</param>
    /// <param name="elapsed">Time spent in this session, summed over threads.</param>
    public void RecordTime(string claim, TimeSpan elapsed) => session!.RecordTime(claim, elapsed);

    /// <summary>Writes the verdicts of the run, whole or not at all, in place of any before.</summary>
    /// <param name="outcomes">In the order of the catalogue.</param>
    /// <exception cref="LedgerException">They could not be written.</exception>
    public void WriteVerdicts(IEnumerable<Outcome> outcomes)
    {
        var byTiming = outcomes.ToLookup(o => o.Claim.IsTimed);
        WriteVerdicts(LedgerFolder.Verdicts(folder), byTiming[false]);
        if (byTiming[true].Any())
        {
            WriteVerdicts(LedgerFolder.MeasuredVerdicts(folder), byTiming[true]);
        }
    }

    private void WriteVerdicts(string path, IEnumerable<Outcome> outcomes)
    {
        File.Delete(path + ".new");
        using (var verdicts = OpenWithHeader(path + ".new"))
        {
            foreach (var line in outcomes.SelectMany(VerdictLine.Of))
            {
                verdicts.Append(line, LedgerJson.Line.VerdictLine);
            }
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Ends the session: the files have reached the disk, and another writer may open the ledger.</summary>
    public void Dispose()
    {
        using (gate)
        using (session)
        {
            using (measurements)
            {
                observations?.Dispose();
            }
        }
    }

    private static LedgerWriter Open(string folder, RunIdentity identity, Action<LedgerWriter> open)
    {
        var writer = new LedgerWriter(folder, identity);
        try
        {
            open(writer);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private void Recall(LedgerReader reader, SessionProvenance provenance)
    {
        if (identity.DifferenceFrom(reader.Identity) is { } difference)
        {
            throw new LedgerException($"{folder} has another run: {difference}. Begin a new run in another folder.");
        }

        var sessions = RunHistory.Read(folder).Sessions;
        if (File.Exists(LedgerFolder.Measurements(folder)) && sessions.FirstOrDefault(s => s.Provenance.Machine != provenance.Machine) is { } elsewhere)
        {
            throw new LedgerException($"{folder} has times that were measured on another machine ({elsewhere.Provenance.Machine}), and times of two machines form no ladder. Resume it there, or begin a new run in another folder.");
        }

        if (sessions.FirstOrDefault(s => !s.Provenance.HasSameProgram(provenance)) is { } other)
        {
            throw new LedgerException($"{folder}: the source was changed after the session of {other.Provenance.Started:u}, so trials of both would not be of one program. Begin a new run in another folder.");
        }

        foreach (var (key, observation) in reader.Entries())
        {
            known.Add(key, observation);
        }
    }

    private void Start(SessionProvenance provenance)
    {
        session = SessionLog.Begin(folder, provenance);
        observations = OpenWithHeader(LedgerFolder.Observations(folder));
    }

    private JsonLinesAppender OpenWithHeader(string path)
    {
        var lines = JsonLinesAppender.Open(path);
        if (lines.IsEmpty)
        {
            lines.Append(identity, LedgerJson.Line.RunIdentity);
        }

        return lines;
    }

    private ObservationLine Line(ReplayKey key, Observation observation)
    {
        var line = ObservationLine.Of(new(key, observation));
        return key == identity.Key(key.ClaimId, key.Variant, line.On, observation.Cell, observation.Trial)
            ? line
            : throw new ArgumentException($"{key} is not the trial of this observation, cell {observation.Cell}, trial {observation.Trial}, in a run with seed {identity.Seed} and profile {identity.Profile}.", nameof(key));
    }
}
