using System.Globalization;
using Harness.Claims;

namespace Harness.Cli.Output;

/// <summary>A claim in the order in which a theorem is read: source, statement, hypotheses, observation, decision, mutants.</summary>
internal static class Explanation
{
    /// <summary>Writes the explanation.</summary>
    public static void Write(TextWriter writer, Claim claim)
    {
        var (source, experiment) = (claim.Source, claim.Experiment);
        writer.WriteLine(claim.Id);
        writer.WriteLine();
        writer.WriteLine($"  {claim.Statement}");
        writer.WriteLine();
        writer.WriteLine($"Source       {source.Item} of {source.Paper.Authors}, \"{source.Paper.Title}\", {source.Paper.Identifier}");
        writer.WriteLine($"Wording      {Words.Of(source.Provenance)}{(source.Derivation is { } heading ? $"; see docs/derivations.md, \"{heading}\"" : "")}");
        foreach (var entry in Claims.Catalogue.Entries.All.Where(e => source.Entries.Contains(e.Id)))
        {
            Paragraph(writer, "Answers", $"{entry.Id}: {entry.Statement}");
        }

        if (claim.Beyond is { } beyond)
        {
            Paragraph(writer, "Answers", $"no entry of the list: {beyond}");
        }

        writer.WriteLine($"Status       {Words.Of(claim.Status)}{(claim.Reason is { } reason ? $": {reason}" : "")}");
        writer.WriteLine();
        Paragraph(writer, "Hypotheses", experiment.Hypotheses);
        writer.WriteLine($"             {(experiment.TakesData ? $"also tried on real samples (--data){(experiment.NeedsClasses ? " that have classes" : "")}" : "generated instances only")}");
        WriteRanges(writer, experiment.Domain);
        if (source.Paper.Reach is { } reach)
        {
            Paragraph(writer, "Out of reach", reach);
        }
        writer.WriteLine();
        writer.WriteLine($"Observed     {claim.Quantity}");
        writer.WriteLine($"Against      {claim.Against}");
        if (claim.IsTimed)
        {
            Paragraph(writer, "Timed", "a time differs from run to run; what a run measures is in measurements.jsonl and measured-verdicts.jsonl, apart from all that is reproducible");
        }

        Paragraph(writer, "Decided by", $"{claim.Procedure.Name}: {claim.Procedure.InWords}");
        writer.WriteLine();
        writer.WriteLine("Refuted when");
        foreach (var mutant in claim.Mutants)
        {
            writer.WriteLine($"  {mutant.Name}{(mutant.ReusesObservations ? " (decided on the claim's own observations)" : $" ({mutant.Experiment.Hypotheses})")}");
        }
    }

    /// <summary>Words under each other in a column, however long the text is.</summary>
    private static void Paragraph(TextWriter writer, string title, string text)
    {
        const int Indent = 13, Width = 110;
        var line = title.PadRight(Indent);
        foreach (var word in text.Split(' '))
        {
            if (line.Length > Indent && line.Length + word.Length >= Width)
            {
                writer.WriteLine(line.TrimEnd());
                line = new string(' ', Indent);
            }

            line += word + " ";
        }

        writer.WriteLine(line.TrimEnd());
    }

    private static void WriteRanges(TextWriter writer, Domain domain)
    {
        foreach (var profile in Enum.GetValues<Profile>())
        {
            var cells = domain.Cells(profile).Count;
            var ranges = domain.Ranges.Select(r => Range(r.Symbol, r.From, r.To.In(profile)));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Words.Of(profile),-9}  {cells} cells × {domain.Trials.In(profile):0} trials: {string.Join(", ", ranges)}"));
        }
    }

    private static string Range(string symbol, double from, double to) => from == to
        ? string.Create(CultureInfo.InvariantCulture, $"{symbol} = {from:G4}")
        : string.Create(CultureInfo.InvariantCulture, $"{symbol} from {from:G4} to {to:G4}");
}
