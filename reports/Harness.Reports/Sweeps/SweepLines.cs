using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Claims;
using Harness.Core.Enclosures;
using Harness.Reports.Ledger;

namespace Harness.Reports.Sweeps;

/// <summary>The first line of a manifest, and of the ledger: what is swept, by which program. No time is in it: two plans of one spec have the same.</summary>
/// <param name="Schema">Version of the lines.</param>
/// <param name="Title">For people.</param>
/// <param name="Profile">The profile of every trial.</param>
/// <param name="Seeds">Seeds.</param>
/// <param name="Commit">Revision of the program that planned it.</param>
/// <param name="Claims">Fingerprint of the claims (<see cref="CatalogueFingerprint"/>): only a program in which it is the same may work on the sweep.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Panels">The grids.</param>
public sealed record SweepHeader(
    int Schema, string Title, Profile Profile, ImmutableArray<ulong> Seeds, string Commit, string Claims, int Cells, ImmutableArray<PanelLine> Panels)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentSchema = 1;
}

/// <summary>A grid of the header.</summary>
/// <param name="Name">For people.</param>
/// <param name="Claim">Id of its claim.</param>
/// <param name="Trials">Trials a cell.</param>
/// <param name="Axes">The variables that were given.</param>
/// <param name="Shows">What its map shows; left out for what suits the claim.</param>
public sealed record PanelLine(
    string Name, string Claim, int Trials, ImmutableArray<SweepAxis> Axes, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PanelQuantity? Shows = null);

/// <summary>A cell of a manifest.</summary>
internal sealed record CellLine(string Id, string Claim, OrderedDictionary<string, double> Variables, ulong Seed, int Trials, double Cost)
{
    public static CellLine Of(SweepCell cell) => new(cell.Id, cell.Claim.Id, new(cell.Variables), cell.Seed, cell.Trials, cell.Cost);

    /// <summary>The cell.</summary>
    /// <exception cref="JsonException">The claim is unknown, or the content is not what the id names.</exception>
    public SweepCell In(Profile profile, IReadOnlyDictionary<string, Claim> claims)
    {
        var claim = claims.GetValueOrDefault(Claim) ?? throw new JsonException($"there is no claim '{Claim}'");
        var cell = SweepCell.Of(claim, Variables.Aggregate(Harness.Claims.Variables.None, (all, v) => all.With(v.Key, v.Value)), profile, Seed, Trials);
        return cell.Id == Id ? cell : throw new JsonException($"the id '{Id}' is not that of the other fields, '{cell.Id}'");
    }
}

/// <summary>A shard of a manifest: consecutive cells that one task computes and one file holds.</summary>
/// <param name="Id">128 bits of the SHA-256 of its cells' ids, in hexadecimal.</param>
/// <param name="First">Index of its first cell.</param>
/// <param name="Cells">Number of its cells.</param>
/// <param name="Offset">Where its first line begins in the manifest, in bytes.</param>
/// <param name="Cost">Sum of its cells' costs.</param>
/// <param name="Seconds">Time that it should take on the machine that planned it, by the trials that were timed there.</param>
/// <param name="Memory">Bytes that the largest of its cells may need.</param>
public sealed record Shard(string Id, int First, int Cells, long Offset, double Cost, double Seconds, double Memory);

/// <summary>What a cell observed: a line of a shard's file.</summary>
internal sealed record ResultLine(string Cell, ImmutableArray<TrialLine> Trials);

/// <summary>A trial of a cell. Trajectories are not kept: a sweep is about many cells, and <c>harness sweep replay</c> shows one.</summary>
internal sealed record TrialLine(OrderedDictionary<string, double> Variables, double Value, double Radius, double Bound, double BoundRadius, bool Retry)
{
    public static TrialLine Of(Observation o) => new(new(o.Variables), o.Value.Midpoint, o.Value.Radius, o.Bound.Midpoint, o.Bound.Radius, o.IsRetry);

    public Observation Numbered(int trial) => new(
        0, trial, IsCalibration: false, Variables.Aggregate(Claims.Variables.None, (all, v) => all.With(v.Key, v.Value)), new Ball(Value, Radius), new Ball(Bound, BoundRadius), []) { IsRetry = Retry };
}

/// <summary>The last line of a shard's file: what was written before it.</summary>
/// <param name="Sha256">SHA-256 of every byte before this line, in hexadecimal.</param>
internal sealed record ShardEnd(string Sha256);

/// <summary>How the lines of a sweep become text and come back: as those of the ledger do.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SweepHeader))]
[JsonSerializable(typeof(CellLine))]
[JsonSerializable(typeof(Shard))]
[JsonSerializable(typeof(ResultLine))]
[JsonSerializable(typeof(ShardEnd))]
internal sealed partial class SweepJson : JsonSerializerContext
{
    /// <summary>The layout of every line.</summary>
    public static SweepJson Line { get; } = new(NewOptions());

    private static JsonSerializerOptions NewOptions()
    {
        var options = LedgerJson.NewOptions();
        options.Converters.Add(new JsonStringEnumConverter<PanelQuantity>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
