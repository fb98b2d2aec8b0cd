using System.CommandLine;
using Harness.Cli.Output;
using Harness.Reports.Adapters;

namespace Harness.Cli.Commands;

/// <summary><c>harness lora inspect</c>: singular values and subspaces of trained adapters.</summary>
internal static class LoraInspectCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var adapter = new Argument<string>("ADAPTER") { Description = "A folder as peft writes it (adapter_config.json and adapter_model.safetensors), the .safetensors in it, or a .npz with NAME.A, NAME.B, NAME.scale." };
        var against = new Option<string?>("--against") { Description = "Another adapter: φ of the subspaces of both, module by module.", HelpName = "ADAPTER" };
        var weights = new Option<string?>("--base") { Description = "The model without adapter, .safetensors or its folder: how much ΔW amplifies what W has in its directions.", HelpName = "MODEL" };
        var tuned = new Option<string?>("--tuned") { Description = "The model after training in full: how close an update of rank r could come to it, and how close this one does. Needs --base.", HelpName = "MODEL" };
        var module = new Option<string?>("--module") { Description = "Only modules whose name contains this.", HelpName = "TEXT" };
        var format = Choice.Of("--format", OutputFormat.Table, "A table to read, or JSON for programs (see docs/cli.md).");
        var command = new ExemplifiedCommand(
            "inspect",
            "Shows rank, norm and singular values of each update ΔW = s·BA, and compares it with another adapter or with the model.",
            ("harness lora inspect my-adapter", "every adapted module"),
            ("harness lora inspect seed-1 --against seed-2 --module layers.0.", "do two runs find the same directions?"),
            ("harness lora inspect my-adapter --base llama --format json", "amplification factors, for programs"))
        {
            adapter, against, weights, tuned, module, format,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(tuned) is not null && parsed.GetValue(weights) is null)
            {
                throw new UsageException("--tuned is compared with the model before training; give it with --base.");
            }

            var inspections = Inspect(parsed.GetRequiredValue(adapter), parsed.GetValue(against), parsed.GetValue(weights), parsed.GetValue(tuned), parsed.GetValue(module));
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                Console.Out.WriteLine(Json.Text(AdapterInspectionJson.Of(inspections)));
            }
            else
            {
                AdapterInspectionTable.Write(Terminal.Out, inspections);
            }

            return ExitCode.Holds;
        });
        return command;
    }

    private static List<AdapterInspection> Inspect(string path, string? against, string? weights, string? tuned, string? part)
    {
        var (adapters, others) = (AdapterFiles.Read(path), against is null ? null : AdapterFiles.Read(against));
        var (before, after) = (weights is null ? null : BaseWeights.Open(weights), tuned is null ? null : BaseWeights.Open(tuned));
        var modules = adapters.Keys.Where(name => part is null || name.Contains(part, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        if (modules.Length == 0)
        {
            throw new UsageException($"No module of {path} has '{part}' in its name; there are {adapters.Count}, such as {adapters.Keys.Order(StringComparer.Ordinal).First()}.");
        }

        var inspections = new List<AdapterInspection>();
        ModuleProgress.Show(modules, module =>
        {
            var stored = adapters[module];
            var (rows, columns) = (stored.Adapter.Up.Rows, stored.Adapter.Down.Columns);
            var other = others?.GetValueOrDefault(module);
            if (other is not null && other.Adapter.Down.Columns != columns)
            {
                throw new UsageException($"{module} has {columns} inputs in {path} and {other.Adapter.Down.Columns} in {against}: the adapters are not of one model.");
            }

            inspections.Add(AdapterInspection.Of(module, stored, other, before?.Read(module, rows, columns, stored.IsTransposed), after?.Read(module, rows, columns, stored.IsTransposed)));
        });

        return others is null || inspections.Exists(i => i.Similarity is not null) ? inspections : throw new UsageException($"{path} and {against} have no module in common.");
    }
}
