using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Harness.Cli.Commands;

namespace Harness.Cli;

/// <summary>The program: its subcommands, its help, and how everything that goes wrong ends in one line and an exit code.</summary>
internal static class HarnessCommand
{
    /// <summary>How long a run may take to close its ledger after Ctrl-C before the process is ended under it.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Runs the program.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return Failure.Report(new UsageException(Complaint(parsed)));
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = GracePeriod });
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }

    private static RootCommand Root()
    {
        var root = new ExemplifiedRoot(
            "Checks theorems about over-parameterised learning as executable claims: certified, calibrated or counted, and replayable bit for bit.",
            ("harness verify --profile gate", "every claim, quickly"),
            ("harness explain azls.gradient-lower-bound", "what a claim assumes, measures and decides"),
            ("harness train --rows 50 --snapshot digits.npz", "train a network"),
            ("harness certify digits.npz", "and prove what it reached"))
        {
            VerifyCommand.Create(), ListCommand.Create(), ExplainCommand.Create(), ReplayCommand.Create(), ReportCommand.Create(), TrainCommand.Create(), CertifyCommand.Create(), DiagnoseCommand.Create(), PredictCommand.Create(), KernelCommand.Create(),
            SpanCommand.Create(), TransferCommand.Create(), LoraCommand.Create(), SweepCommand.Create(), FuzzCommand.Create(), PerfCommand.Create(), SchemaCommand.Create(), CompletionCommand.Create(),
        };
        root.Subcommands.Add(DocsCommand.Create(root));
        var help = new HelpWithExamples();
        root.SetAction(parsed =>
        {
            help.Invoke(parsed);
            return ExitCode.Usage;
        });
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = help;
            if (!OperatingSystem.IsWindows())
            {
                // Elsewhere a word that begins with a slash is a file, and no shell should offer it as an option.
                option.Aliases.Remove("/?");
                option.Aliases.Remove("/h");
            }
        }

        return root;
    }

    private static string Complaint(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var words = command is RootCommand ? command.Subcommands.Select(c => c.Name) : command.Options.Select(o => o.Name);
        var guess = parsed.UnmatchedTokens is [var unknown, ..] ? NearestMatches.Question(unknown, words) : "";
        return $"{parsed.Errors[0].Message}{guess} See '{CommandPath.Of(command)} --help'.";
    }
}
