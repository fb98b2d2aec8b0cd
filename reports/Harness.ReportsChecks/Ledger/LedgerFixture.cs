using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Reports.Ledger;
using NUnit.Framework;

namespace Harness.ReportsChecks.Ledger;

/// <summary>A run with known observations in a folder of its own.</summary>
public abstract class LedgerFixture
{
    private static readonly Processor Processor = new("a processor", 256, true, 2);

    /// <summary>The run.</summary>
    protected static RunIdentity Identity { get; } = new(RunIdentity.CurrentSchema, Profile.Gate, ulong.MaxValue, "0123abcd", "fedc3210", new("points.csv", "aa", "bb"));

    /// <summary>A session of an unmodified program.</summary>
    protected static SessionProvenance Session { get; } =
        new(new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), new("0123abcd", false, "10.0.100", "one build"), Processor, "an operating system", ".NET 10", 2);

    /// <summary>Trials of a claim, of its first mutant, and on data, with every kind of number.</summary>
    protected static IReadOnlyList<LedgerEntry> Entries { get; } =
    [
        Entry("s.first", 0, null, 0, 0, new Ball(0.1, 1e-17), Ball.Exactly(3), 0.5, double.Epsilon),
        Entry("s.first", 0, null, 0, 1, Ball.Unbounded(double.PositiveInfinity), Ball.Exactly(-0.0)),
        Entry("s.first", 1, null, 0, 0, Ball.Unbounded(double.NegativeInfinity), new Ball(double.MaxValue, double.PositiveInfinity), double.NaN),
        Entry("s.first", 0, "points.csv", 1, 0, Ball.Exactly(double.NaN), Ball.Exactly(1.0 / 3)),
        Entry("s.second", 0, null, 2, 0, Ball.Exactly(-1e-300), Ball.Exactly(12345678901234567890)),
    ];

    /// <summary>The run's folder; not there yet.</summary>
    protected string Folder { get; private set; } = "";

    [SetUp]
    public void CreateFolder() => Folder = Path.Combine(Directory.CreateTempSubdirectory("harness-ledger-").FullName, "run");

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    /// <summary>An entry of the run.</summary>
    protected static LedgerEntry Entry(string claim, int variant, string? data, int cell, int trial, Ball value, Ball bound, params double[] series) => new(
        new(claim, Identity.Profile, variant, data, cell, trial, Identity.Seed),
        new(cell, trial, cell < 2, Variables.None.With("n", 8 + cell).With("δ", 0.1 + trial).With("ω²/√m", 1e-9), value, bound, [.. series]));

    /// <summary>Appends entries in a session that ends.</summary>
    protected void Write(IEnumerable<LedgerEntry> entries, bool isResumed = false)
    {
        using var writer = isResumed ? LedgerWriter.Resume(Folder, Identity, Session) : LedgerWriter.Begin(Folder, Identity, Session);
        foreach (var (key, observation) in entries)
        {
            writer.Append(key, observation);
        }
    }

    /// <summary>The observations' file.</summary>
    protected string Observations => LedgerFolder.Observations(Folder);

    /// <summary>An entry with every bit of every number.</summary>
    protected static string Bits(LedgerEntry entry)
    {
        var o = entry.Observation;
        return $"{entry.Key} {o.Cell} {o.Trial} {o.IsCalibration} {string.Join(' ', o.Variables.Select(v => v.Key + Bits(v.Value)))} "
            + $"{Bits(o.Value.Midpoint)} {Bits(o.Value.Radius)} {Bits(o.Bound.Midpoint)} {Bits(o.Bound.Radius)} {string.Join(' ', o.Series.Select(Bits))}";
    }

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
