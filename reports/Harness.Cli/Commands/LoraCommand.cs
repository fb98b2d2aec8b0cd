using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary><c>harness lora</c>: low-rank adapters.</summary>
internal static class LoraCommand
{
    /// <summary>The command with its parts.</summary>
    public static Command Create() => new("lora", "Low-rank adapters: what they train and store, and what trained ones look like.") { LoraCountCommand.Create(), LoraInspectCommand.Create() };
}
