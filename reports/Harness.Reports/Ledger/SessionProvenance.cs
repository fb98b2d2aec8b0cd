using System.Runtime.InteropServices;

namespace Harness.Reports.Ledger;

/// <summary>Where and when a session worked on a run: everything that must not change a bit of its observations, and what one wants to know when it did.</summary>
/// <param name="Started">When it began, in UTC.</param>
/// <param name="Build">The program.</param>
/// <param name="Processor">The processor.</param>
/// <param name="OperatingSystem">The operating system with its version.</param>
/// <param name="Runtime">".NET 10.0.1".</param>
/// <param name="Threads">Trials at a time.</param>
public sealed record SessionProvenance(DateTimeOffset Started, BuildRevision Build, Processor Processor, string OperatingSystem, string Runtime, int Threads)
{
    /// <summary>The provenance of a session of this process that begins now.</summary>
    /// <param name="threads">Trials at a time.</param>
    public static SessionProvenance Capture(int threads) =>
        new(DateTimeOffset.UtcNow, BuildRevision.Current, Processor.Current, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, threads);

    /// <summary>The machine in one line.</summary>
    public string Machine => FormattableString.Invariant($"{Processor.Model}, {Processor.Cores} cores, {Processor.VectorBits}-bit vectors, {Runtime}, {OperatingSystem}");

    /// <summary>
    /// Whether trials of this session and of another one come from the same program. Unmodified source of one commit is the same program on every machine;
    /// otherwise only the same build is.
    /// </summary>
    internal bool HasSameProgram(SessionProvenance other) =>
        Build.Modules == other.Build.Modules || (Build.Commit == other.Build.Commit && Build.IsModified == false && other.Build.IsModified == false);
}
