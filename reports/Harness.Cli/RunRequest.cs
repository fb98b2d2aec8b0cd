using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Claims;
using Harness.Core.Data;
using Harness.Cli.Output;
using Harness.Reports.Files;
using Harness.Reports.Report;

namespace Harness.Cli;

/// <summary>Where the samples of a run came from.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Rows">Samples taken, or null for all.</param>
/// <param name="Label">The column that is predicted, or null for the default.</param>
/// <param name="Summary">What the samples are like, so that a report can be written when the file is gone.</param>
internal sealed record DataRequest(string Path, int? Rows, string? Label, DataSummary Summary)
{
    /// <summary>The samples as one would ask for them.</summary>
    [JsonIgnore]
    public string InWords => $"{Path}{(Rows is { } rows ? $", {rows} rows" : "")}{(Label is null ? "" : $", label {Label}")}";

    /// <summary>Stands for the samples where recorded trials are read: all that these need of them is the name.</summary>
    [JsonIgnore]
    public DataSet Placeholder => new(Summary.Name, [], Summary.InputDimension, [], Summary.OutputDimension);
}

/// <summary>Where claims beside the catalogue's came from.</summary>
/// <param name="Path">Full path of the assembly.</param>
/// <param name="Summary">Name and fingerprint.</param>
internal sealed record AssemblyRequest(string Path, AssemblySummary Summary);

/// <summary>
/// What a run was asked for. It is kept in the run's folder, so that <c>verify --resume</c> and <c>report</c> need nothing but the folder.
/// </summary>
/// <param name="Claims">Ids of the claims.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Data">The samples, or null for none.</param>
/// <param name="Assembly">Where claims beside the catalogue's came from, or null where there are none.</param>
internal sealed record RunRequest(IReadOnlyList<string> Claims, Profile Profile, ulong Seed, DataRequest? Data, AssemblyRequest? Assembly = null)
{
    /// <summary>Name of the file in the run's folder.</summary>
    public const string FileName = "request.json";

    /// <summary>Whether a folder has a run.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads the request of a run.</summary>
    /// <exception cref="UsageException">There is none, or it is not one.</exception>
    public static RunRequest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return Json.Value<RunRequest>(File.ReadAllText(path)) ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{folder} is not the folder of a run: there is no {FileName} in it.");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{path}: not the request of a run: {exception.Message}");
        }
    }

    /// <summary>Writes the request, whole or not at all.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, FileName), Json.Text(this) + "\n");
    }
}
