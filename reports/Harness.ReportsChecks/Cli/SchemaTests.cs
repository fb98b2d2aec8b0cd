using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Harness.ReportsChecks.Cli;

/// <summary>The published schema is the program's own, and a run's verdicts.json has what it requires.</summary>
public sealed class SchemaTests : CliFixture
{
    private static readonly string Published = Path.Combine(AppContext.BaseDirectory, "Scripts", "verdicts.schema.json");

    [Test]
    public void Schema_IsTheOneInTheDocumentation() => Assert.That(Run("schema").Output, Is.EqualTo(File.ReadAllText(Published)), "harness schema > docs/verdicts.schema.json");

    [Test]
    public void Verify_WritesVerdictsThatTheSchemaDescribes()
    {
        Assert.That(Run("verify", CheapClaim, "--profile", "gate", "--data", "none", "--out", "run").ExitCode, Is.Zero);
        var verdicts = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "run", "verdicts.json")))!;
        Assert.That(Complaints(JsonNode.Parse(File.ReadAllText(Published))!.AsObject(), verdicts, "$"), Is.Empty);
    }

    /// <summary>The part of JSON Schema that the exporter uses: types, required and known properties, items, enumerations.</summary>
    private static IEnumerable<string> Complaints(JsonObject schema, JsonNode? value, string place)
    {
        var kind = value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null", JsonValueKind.Object => "object", JsonValueKind.Array => "array", JsonValueKind.String => "string", JsonValueKind.Number => "number", _ => "boolean",
        };
        string[] types = schema["type"] switch { JsonArray many => [.. many.Select(t => (string)t!)], JsonValue one => [(string)one!], _ => [] };
        if (types.Length > 0 && !types.Contains(kind) && !(kind == "number" && types.Contains("integer")))
        {
            yield return $"{place}: {kind}, not {string.Join(" or ", types)}";
        }

        if (schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value)))
        {
            yield return $"{place}: {value} is none of {values.ToJsonString()}";
        }

        if (value is JsonObject members && schema["properties"] is JsonObject properties)
        {
            foreach (var missing in (schema["required"] as JsonArray ?? []).Select(r => (string)r!).Where(r => !members.ContainsKey(r)))
            {
                yield return $"{place}.{missing} is missing";
            }

            foreach (var (name, member) in members)
            {
                foreach (var complaint in properties[name] is JsonObject inner ? Complaints(inner, member, $"{place}.{name}") : [$"{place}.{name} is not described"])
                {
                    yield return complaint;
                }
            }
        }

        if (value is JsonArray elements && schema["items"] is JsonObject items)
        {
            foreach (var complaint in elements.SelectMany((element, i) => Complaints(items, element, $"{place}[{i}]")))
            {
                yield return complaint;
            }
        }
    }
}
