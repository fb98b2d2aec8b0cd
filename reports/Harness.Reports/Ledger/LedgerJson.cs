using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Claims;

namespace Harness.Reports.Ledger;

/// <summary>How the ledger's lines become text and come back: strict, lower camel case, mathematics unescaped.</summary>
/// <remarks>
/// A value or radius that is no finite number is the string "NaN", "Infinity" or "-Infinity", for JSON has no number for it. All others are the shortest
/// decimals that read back to the same bits.
/// </remarks>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RunIdentity))]
[JsonSerializable(typeof(ObservationLine))]
[JsonSerializable(typeof(VerdictLine))]
[JsonSerializable(typeof(SessionLine))]
internal sealed partial class LedgerJson : JsonSerializerContext
{
    /// <summary>The layout of every line.</summary>
    public static LedgerJson Line { get; } = new(NewOptions());

    /// <summary>The options of every file of JSON Lines that the program appends to. New for each context, which takes them for its own.</summary>
    internal static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<Profile>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<Verdict>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<Relation>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    };
}
