using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Adapters;

namespace Harness.Cli.Commands;

/// <summary><c>harness lora count</c>: trained parameters and checkpoint sizes of adapters.</summary>
internal static class LoraCountCommand
{
    private const string Custom = "custom";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = $"A published model: {string.Join(", ", ModelShape.Published.Select(m => m.Name))}.", HelpName = "NAME" };
        Candidates.Replace(model.CompletionSources, ModelShape.Published.Select(m => m.Name));
        var layers = Numbers.OptionalCount("--layers", "Blocks of a model of your own.", "N");
        var hidden = Numbers.OptionalCount("--hidden", "Its d_model; keys and values have as many rows, the first feed-forward matrix four times as many.", "N");
        var rank = Numbers.Count("--rank", "r of every adapter.", 4);
        var bytes = Numbers.Count("--bytes", "Bytes of a stored number: 2 for half precision, 4 for single.", 2);
        var (targets, format) = (Targets(), Choice.Of("--format", OutputFormat.Table, "Lines to read, or JSON for programs (see docs/cli.md)."));
        var command = new ExemplifiedCommand(
            "count",
            "Counts what adapters train and store, for a published model or a shape.",
            ("harness lora count --model gpt3-175b --rank 4 --targets q,v", "the paper's 35 MB in place of 350 GB"),
            ("harness lora count --layers 24 --hidden 2048 --rank 8 --targets q,k,v,o", "any shape"))
        {
            model, layers, hidden, rank, targets, bytes, format,
        };
        command.SetAction(parsed =>
        {
            var shape = Shape(parsed.GetValue(model), parsed.GetValue(layers), parsed.GetValue(hidden));
            var count = new AdapterCount(shape, parsed.GetValue(rank), parsed.GetRequiredValue(targets), parsed.GetValue(bytes));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(Json.Text(AdapterCountJson.Of(count)));
            }
            else
            {
                AdapterCountText.Write(Console.Out, count);
            }

            return ExitCode.Holds;
        });
        return command;
    }

    private static ModelShape Shape(string? model, int? layers, int? hidden) => (model, layers, hidden) switch
    {
        ({ } name, null, null) => ModelShape.Published.FirstOrDefault(m => m.Name == name)
            ?? throw new UsageException($"There is no published model '{name}'.{NearestMatches.Question(name, ModelShape.Published.Select(m => m.Name))} Use one of {string.Join(", ", ModelShape.Published.Select(m => m.Name))}, or --layers and --hidden."),
        (null, { } l, { } h) => new(Custom, l, h, h, checked(4 * h), null, "given"),
        _ => throw new UsageException("Give either --model, or both --layers and --hidden."),
    };

    private static WordedOption<AdapterTarget[]> Targets() => new("--targets", "q,v")
    {
        Description = "The adapted matrices of every block: q, k, v, o of the attention, up and down of the feed-forward part.",
        HelpName = "q,v",
        DefaultValueFactory = _ => [AdapterTarget.Q, AdapterTarget.V],
        CustomParser = result =>
        {
            var words = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
            var targets = new AdapterTarget[words.Length];
            for (var k = 0; k < words.Length; k++)
            {
                if (!Enum.GetNames<AdapterTarget>().Contains(words[k], StringComparer.OrdinalIgnoreCase) || !Enum.TryParse(words[k], ignoreCase: true, out targets[k]) || targets.AsSpan(0, k).Contains(targets[k]))
                {
                    result.AddError($"--targets {result.Tokens[0].Value}: expected some of q, k, v, o, up, down, each at most once, such as q,v.");
                    return null;
                }
            }

            return targets;
        },
    };
}
