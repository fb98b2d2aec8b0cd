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
        var root = new RootCommand("Checks theorems about over-parameterised learning as executable claims: certified, calibrated or counted, and replayable bit for bit.")
        {
            VerifyCommand.Create(), ListCommand.Create(), ExplainCommand.Create(), ReplayCommand.Create(), ReportCommand.Create(), TrainCommand.Create(), CertifyCommand.Create(), DiagnoseCommand.Create(), PredictCommand.Create(), KernelCommand.Create(),
            SpanCommand.Create(), TransferCommand.Create(), LoraCommand.Create(), FuzzCommand.Create(), PerfCommand.Create(), SchemaCommand.Create(),
        };
        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return ExitCode.Usage;
        });
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples();
        }

        return root;
    }

    private static string Complaint(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var words = command is RootCommand ? command.Subcommands.Select(c => c.Name) : command.Options.Select(o => o.Name);
        var guess = parsed.UnmatchedTokens is [var unknown, ..] ? NearestMatches.Question(unknown, words) : "";
        return $"{parsed.Errors[0].Message}{guess} See '{(command is RootCommand ? "harness" : $"harness {command.Name}")} --help'.";
    }
}
