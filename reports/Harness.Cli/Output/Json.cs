using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Harness.Claims;
using Harness.Reports.Report;

namespace Harness.Cli.Output;

/// <summary>An element of the array that <c>list --format json</c> prints. Names and meaning are documented in docs/cli.md and stable.</summary>
internal sealed record ClaimJson(string Id, string Paper, IReadOnlyList<string> Entries, string Source, string Statement, string Procedure, string Status, string? Reason)
{
    /// <summary>The element of a claim.</summary>
    public static ClaimJson Of(Claim claim) => new(
        claim.Id, claim.Source.Paper.Key, claim.Source.Entries, claim.Source.Item, claim.Statement, claim.Procedure.Name, Words.Of(claim.Status), claim.Reason);
}

/// <summary>An element of the array that <c>list --entries --format json</c> prints.</summary>
internal sealed record EntryJson(string Entry, string Paper, string Item, string Statement, string Status, IReadOnlyList<string> Claims, string? Refused, string? Reason)
{
    /// <summary>The element of an entry.</summary>
    public static EntryJson Of(EntryCoverage covered) => new(
        covered.Entry.Id, covered.Entry.Paper.Key, covered.Entry.Item, covered.Entry.Statement, Words.Of(covered.Status),
        [.. covered.Claims.Select(c => c.Id)], covered.Refusal?.Statement, covered.Refusal?.Reason);
}

/// <summary>What <c>verify --format json</c> prints.</summary>
internal sealed record RunJson(string Profile, ulong Seed, string Commit, AssemblyJson? Assembly, IReadOnlyList<VerifiedClaimJson> Claims)
{
    /// <summary>The object of a run.</summary>
    public static RunJson Of(ReportModel model) => new(Words.Of(model.Run.Profile), model.Run.Seed, model.Run.Commit, AssemblyJson.Of(model.Assembly), [.. model.Claims.Select(VerifiedClaimJson.Of)]);
}

/// <summary>Where claims of the user came from, in <see cref="RunJson"/>.</summary>
internal sealed record AssemblyJson(string Name, string Sha256)
{
    /// <summary>The object of an assembly, or null where there is none.</summary>
    public static AssemblyJson? Of(AssemblySummary? assembly) => assembly is null ? null : new(assembly.Name, assembly.Sha256);
}

/// <summary>A claim in <see cref="RunJson"/>. A refused claim was not run: no verdict, no findings, no mutants.</summary>
internal sealed record VerifiedClaimJson(
    string Id,
    string Paper,
    IReadOnlyList<string> Entries,
    string Procedure,
    string Status,
    string? Verdict,
    bool Certified,
    string Sense,
    string Scope,
    double Seconds,
    double? Looseness,
    IReadOnlyList<ExponentJson> Exponents,
    IReadOnlyList<MutantJson> Mutants,
    IReadOnlyList<FindingJson> Findings)
{
    /// <summary>The element of a claim.</summary>
    public static VerifiedClaimJson Of(ClaimPage page)
    {
        var (claim, outcome) = (page.Claim, page.Outcome);
        return new(
            claim.Id,
            claim.Source.Paper.Key,
            claim.Source.Entries,
            claim.Procedure.Name,
            Words.Of(claim.Status),
            page.Verdict is { } verdict ? Words.Of(verdict) : null,
            page.Verdict is not null && outcome.IsCertified,
            outcome.Sense,
            page.Verdict is null ? $"not run: {claim.Reason}" : string.Join("; ", outcome.Findings.Select(f => $"{f.On}: {f.Scope}")),
            Math.Round(page.Seconds, 3),
            outcome.Findings.IsEmpty ? null : Finite(outcome.Findings[0].Decision.Looseness),
            outcome.Findings.IsEmpty ? [] : [.. outcome.Findings[0].Decision.Exponents.Select(ExponentJson.Of)],
            [.. outcome.Mutants.Select(m => MutantJson.Of(claim, m))],
            [.. outcome.Findings.Select(f => new FindingJson(f.On, Words.Of(f.Decision.Verdict), f.Decision.IsCertified, outcome.SenseOf(f), f.Decision.Because, f.Scope, Finite(f.Decision.Tightness?.Median), Finite(f.Decision.Tightness?.Largest)))]);
    }

    /// <summary>JSON has no infinity; a bound that says nothing has no looseness.</summary>
    internal static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}

/// <summary>A mutant in <see cref="VerifiedClaimJson"/>.</summary>
internal sealed record MutantJson(string Name, bool Refuted, int Trials, int? WorstCell, string Because)
{
    /// <summary>The element of a mutant.</summary>
    public static MutantJson Of(Claim claim, MutantOutcome mutant) =>
        new(mutant.Name, mutant.IsRefuted, mutant.Observations.Length, new Kill(claim, mutant).Worst?.Cell, mutant.Decision.Because);
}

/// <summary>Theory against practice in one variable, in <see cref="VerifiedClaimJson"/>.</summary>
internal sealed record ExponentJson(string Variable, double From, double To, Relation Relation, double Proved, double Measured, double? Lower, double? Upper, double Margin)
{
    /// <summary>The element of a variable.</summary>
    public static ExponentJson Of(ComparedExponent e) =>
        new(e.Symbol, e.From, e.To, e.Relation, e.Proved, e.Measured, VerifiedClaimJson.Finite(e.Lower), VerifiedClaimJson.Finite(e.Upper), e.Margin);
}

/// <summary>A finding in <see cref="VerifiedClaimJson"/>: on generated instances or on a data set.</summary>
internal sealed record FindingJson(string On, string Verdict, bool Certified, string Sense, string Because, string Scope, double? MedianRadius, double? LargestRadius);

/// <summary>How the records above become text: indented, lower camel case, mathematics unescaped.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        IncludeFields = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The text of a value.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Layout);

    /// <summary>The JSON schema of a type's text.</summary>
    public static string Schema<T>(string title)
    {
        var schema = Layout.GetJsonSchemaAsNode(typeof(T), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Layout);
    }

    /// <summary>The value of a text.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static T? Value<T>(string text) => JsonSerializer.Deserialize<T>(text, Layout);
}
