using System.CommandLine;
using System.Text;
using Harness.Cli.Output;
using Harness.Reports.Files;

namespace Harness.Cli.Commands;

/// <summary><c>harness docs</c>, for those who change the commands: the reference of all of them in Markdown.</summary>
internal static class DocsCommand
{
    /// <summary>The command.</summary>
    /// <param name="root">The command that it belongs to.</param>
    public static Command Create(RootCommand root)
    {
        var file = new Argument<string?>("FILE") { Description = "A Markdown file with a place for the reference, which is written anew. Without it, the reference is printed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new ExemplifiedCommand(
            "docs",
            "Write the reference of all commands in Markdown.",
            ("harness docs docs/cli.md", "after a change of a command, in the folder of the checkout"))
        {
            file,
        };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var reference = CommandReference.Of(root);
            if (parsed.GetValue(file) is not { } path)
            {
                Console.Out.Write(reference);
                return ExitCode.Holds;
            }

            var text = File.Exists(path) ? File.ReadAllText(path) : throw new UsageException($"{path}: there is no such file.");
            var written = CommandReference.Within(path, text, reference);
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(written)));
            return ExitCode.Holds;
        });
        return command;
    }
}
