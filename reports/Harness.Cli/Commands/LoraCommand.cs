using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary><c>harness lora</c>: low-rank adapters.</summary>
internal static class LoraCommand
{
    /// <summary>The command with its parts.</summary>
    public static Command Create() => new ExemplifiedCommand(
        "lora",
        "Low-rank adapters: what they train and store, and what trained ones look like.",
        ("harness lora count --model gpt3-175b --rank 4 --targets q,v", "parameters and bytes of a published setting"))
    {
        LoraCountCommand.Create(), LoraInspectCommand.Create(),
    };
}
